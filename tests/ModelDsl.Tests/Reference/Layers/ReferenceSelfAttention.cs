using System.Numerics;

namespace ModelDsl.Tests.Reference.Layers;

internal sealed class ReferenceSelfAttention : IReferenceLayer<SelfAttentionAttribute>
{
    private readonly SelfAttentionAttribute _attribute;
    private readonly ReferenceContext _context;
    private readonly int _steps;
    private readonly int _width;
    private readonly ArraySegment<double> _qkvWeight;
    private readonly ArraySegment<double> _outputWeight;
    private readonly ArraySegment<double>? _qkvBias;
    private readonly ArraySegment<double>? _outputBias;

    public ReferenceSelfAttention(SelfAttentionAttribute attribute, ReferenceContext context)
    {
        string name = context.NameOf(attribute, "selfAttention");
        _attribute = attribute;
        _context = context;
        (_steps, _width) = (context.Shape[0], context.Shape[1]);
        _qkvWeight = context.Parameter($"{name}.qkvWeight", 3 * _width, _width);
        _outputWeight = context.Parameter($"{name}.outputWeight", _width, _width);
        if (attribute.UseBias)
        {
            _qkvBias = context.Parameter($"{name}.qkvBias", 3 * _width);
            _outputBias = context.Parameter($"{name}.outputBias", _width);
        }
    }

    public double[] Forward(double[] input, int batch) =>
        [.. input.Chunk(_steps * _width).SelectMany((sample, number) => Project(Attend(number * _steps, Turn(Project(sample, _qkvWeight, _qkvBias))), _outputWeight, _outputBias))];

    /// <summary>For each step and head: the values of all visible steps, weighted by the softmax of query·key / √size.</summary>
    private double[] Attend(int firstStep, double[] qkv)
    {
        int size = _width / _attribute.Heads;
        double At(int part, int step, int column) => qkv[(step * 3 * _width) + (part * _width) + column];
        double[] result = new double[_steps * _width];
        for (int step = 0; step < _steps; step++)
        {
            int visible = _attribute.Causal ? step + 1 : _steps;
            for (int start = 0; start < _width; start += size)
            {
                double[] powers = [.. Enumerable.Range(0, visible).Select(other => _context.IsPadding[firstStep + other] ? 0 : Math.Exp(
                    Enumerable.Range(start, size).Sum(i => At(0, step, i) * At(1, other, i)) / Math.Sqrt(size)))];
                double sum = powers.Sum();
                for (int i = start; i < start + size; i++)
                {
                    result[(step * _width) + i] = sum == 0 ? 0 : powers.Select((power, other) => power / sum * At(2, other, i)).Sum();
                }
            }
        }

        return result;
    }

    /// <summary>As complex numbers: the pair (i, size/2 + i) of each query and key times e^(i·step·base^(-2i/size)).</summary>
    private double[] Turn(double[] qkv)
    {
        double[] result = [.. qkv];
        int size = _width / _attribute.Heads;
        for (int start = 0; _attribute.Rotary && start < qkv.Length; start += size)
        {
            int step = start / (3 * _width);
            bool isValue = start % (3 * _width) >= 2 * _width;
            for (int i = 0; i < size / 2 && !isValue; i++)
            {
                var turned = new Complex(qkv[start + i], qkv[start + (size / 2) + i])
                    * Complex.FromPolarCoordinates(1, step * Math.Pow(_attribute.RotaryBase, -2.0 * i / size));
                (result[start + i], result[start + (size / 2) + i]) = (turned.Real, turned.Imaginary);
            }
        }

        return result;
    }

    private double[] Project(double[] rows, ArraySegment<double> weight, ArraySegment<double>? bias)
    {
        int outputs = weight.Count / _width;
        double[] result = new double[rows.Length / _width * outputs];
        for (int i = 0; i < result.Length; i++)
        {
            (int row, int output) = (i / outputs, i % outputs);
            result[i] = bias is { } added ? added[output] : 0;
            for (int column = 0; column < _width; column++)
            {
                result[i] += rows[(row * _width) + column] * weight[(output * _width) + column];
            }
        }

        return result;
    }
}
