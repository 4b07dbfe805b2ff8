namespace ModelDsl.Tests.Reference.Layers;

internal sealed class ReferenceGroupNorm : IReferenceLayer<GroupNormAttribute>
{
    private readonly GroupNormAttribute _attribute;
    private readonly int _rows;
    private readonly int _columns;
    private readonly ArraySegment<double> _weight;
    private readonly ArraySegment<double> _bias;

    public ReferenceGroupNorm(GroupNormAttribute attribute, ReferenceContext context)
    {
        _attribute = attribute;
        _columns = context.Shape[^1];
        _rows = context.Count / _columns;
        string name = context.NameOf(attribute, "groupNorm");
        _weight = context.Parameter($"{name}.weight", _columns);
        _bias = context.Parameter($"{name}.bias", _columns);
    }

    public double[] Forward(double[] input, int batch)
    {
        double[] result = new double[input.Length];
        int width = _columns / _attribute.Groups;
        var groups = Enumerable.Range(0, input.Length).GroupBy(i => (i / (_rows * _columns), i % _columns / width));
        foreach (int[] members in groups.Select(group => group.ToArray()))
        {
            double mean = members.Average(i => input[i]);
            double variance = members.Average(i => (input[i] - mean) * (input[i] - mean));
            foreach (int i in members)
            {
                double normal = (input[i] - mean) / Math.Sqrt(variance + _attribute.Epsilon);
                result[i] = (normal * _weight[i % _columns]) + _bias[i % _columns];
            }
        }

        return result;
    }
}
