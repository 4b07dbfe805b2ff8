namespace ModelDsl.Tests.Reference.Layers;

internal sealed class ReferenceLocalResponseNorm(LocalResponseNormAttribute attribute, ReferenceContext context)
    : IReferenceLayer<LocalResponseNormAttribute>
{
    private readonly int _columns = context.Shape[^1];

    public double[] Forward(double[] input, int batch) =>
        [.. input.Select((x, i) => x * Math.Pow(Scale(input, i), -attribute.Beta))];

    private double Scale(double[] input, int index)
    {
        int column = index % _columns, row = index - column;
        int first = Math.Max(0, column - (attribute.Size / 2));
        int last = Math.Min(_columns - 1, column + ((attribute.Size - 1) / 2));
        double squares = Enumerable.Range(first, last - first + 1).Sum(c => input[row + c] * input[row + c]);
        return attribute.K + (attribute.Alpha / attribute.Size * squares);
    }
}
