namespace ModelDsl.Tests.Reference.Layers;

/// <summary>Attention of one sequence to another, between projections.</summary>
[ReferenceOf(typeof(CrossAttentionAttribute<>))]
[ReferenceOf(typeof(CrossAttentionAttribute<,>))]
internal sealed class ReferenceCrossAttention : IReferenceLayer
{
    private readonly ReferenceBlock[] _blocks;
    private readonly Attend _attend;

    public ReferenceCrossAttention(LayerAttribute attribute, ReferenceContext context)
    {
        string name = context.NameOf(attribute, "crossAttention");
        int[] input = context.Shape;
        _blocks = ReferenceBlock.AllOf(attribute, context, name);
        int[] queries = _blocks.Length == 1 ? input : _blocks[0].Shape;
        dynamic arguments = attribute;
        _attend = new Attend(
            (int)arguments.Heads, (bool)arguments.UseBias, context, name, queries, _blocks[^1].Shape);
        context.Shape = queries;
    }

    public double[] Forward(double[] input, int batch)
    {
        double[] queries = _blocks.Length == 1 ? input : _blocks[0].Run(input, batch);
        return _attend.Run(queries, _blocks[^1].Run(input, batch), batch);
    }

    /// <summary>The attention itself, of two sequences.</summary>
    internal sealed class Attend
    {
        private readonly ReferenceContext _context;
        private readonly int _heads;
        private readonly int _steps;
        private readonly int _width;
        private readonly int _memorySteps;
        private readonly int _memoryWidth;
        private readonly Dictionary<string, ArraySegment<double>> _weights = [];
        private readonly Dictionary<string, ArraySegment<double>> _biases = [];

        public Attend(
            int heads, bool useBias, ReferenceContext context, string name, int[] queries, int[] memory)
        {
            (_context, _heads) = (context, heads);
            (_steps, _width, _memorySteps, _memoryWidth) = (queries[0], queries[1], memory[0], memory[1]);
            foreach (string part in new[] { "query", "key", "value", "output" })
            {
                int inputs = part is "key" or "value" ? _memoryWidth : _width;
                _weights[part] = context.Parameter($"{name}.{part}Weight", _width, inputs);
                if (useBias)
                {
                    _biases[part] = context.Parameter($"{name}.{part}Bias", _width);
                }
            }
        }

        public double[] Run(double[] queries, double[] memory, int batch) =>
        [
            .. Enumerable.Range(0, batch).SelectMany(sample => Run(
                Part(queries, sample, _steps * _width), Part(memory, sample, _memorySteps * _memoryWidth), sample, batch)),
        ];

        private static double[] Part(double[] values, int sample, int count) =>
            values[(sample * count)..((sample + 1) * count)];

        // For each step and head: the values of all keys that are no padding, weighted by the softmax of
        // query·key / √size.
        private double[] Run(double[] queries, double[] memory, int sample, int batch)
        {
            bool hasPadding = _context.IsPadding.Length == batch * _memorySteps;
            double[] q = Project("query", queries), k = Project("key", memory), v = Project("value", memory);
            double[] result = new double[q.Length];
            int size = _width / _heads;
            for (int step = 0; step < _steps; step++)
            {
                for (int start = 0; start < _width; start += size)
                {
                    int row = step * _width;
                    double[] scores =
                    [
                        .. Enumerable.Range(0, _memorySteps).Select(key =>
                            hasPadding && _context.IsPadding[(sample * _memorySteps) + key]
                                ? double.NegativeInfinity
                                : Enumerable.Range(start, size).Sum(i => q[row + i] * k[(key * _width) + i])
                                    / Math.Sqrt(size)),
                    ];
                    double largest = scores.Max();
                    double[] powers =
                        [.. scores.Select(score => double.IsNegativeInfinity(score) ? 0 : Math.Exp(score - largest))];
                    double sum = powers.Sum();
                    for (int i = start; i < start + size; i++)
                    {
                        result[row + i] = sum == 0 ? 0 : powers.Select((x, key) => x / sum * v[(key * _width) + i]).Sum();
                    }
                }
            }

            return Project("output", result);
        }

        private double[] Project(string part, double[] rows)
        {
            ArraySegment<double> weight = _weights[part];
            int inputs = weight.Count / _width;
            double[] result = new double[rows.Length / inputs * _width];
            for (int i = 0; i < result.Length; i++)
            {
                (int row, int output) = (i / _width, i % _width);
                result[i] = _biases.TryGetValue(part, out ArraySegment<double> bias) ? bias[output] : 0;
                for (int column = 0; column < inputs; column++)
                {
                    result[i] += rows[(row * inputs) + column] * weight[(output * inputs) + column];
                }
            }

            return result;
        }
    }
}
