namespace ModelDsl.Tests.Reference.Layers;

/// <summary>Normalises by the batch's moments in training, by the running ones at inference or where it is frozen.</summary>
internal sealed class ReferenceBatchNorm : IReferenceLayer<BatchNormAttribute>
{
    private readonly BatchNormAttribute _attribute;
    private readonly ReferenceContext _context;
    private readonly bool _isFrozen;
    private readonly int _columns;
    private readonly ArraySegment<double> _weight;
    private readonly ArraySegment<double> _bias;
    private readonly ArraySegment<double> _runningMean;
    private readonly ArraySegment<double> _runningVariance;

    public ReferenceBatchNorm(BatchNormAttribute attribute, ReferenceContext context)
    {
        _attribute = attribute;
        _context = context;
        _isFrozen = context.IsFrozen;
        _columns = context.Shape[^1];
        string name = context.NameOf(attribute, "batchNorm");
        _weight = context.Parameter($"{name}.weight", _columns);
        _bias = context.Parameter($"{name}.bias", _columns);
        _runningMean = context.Parameter($"{name}.runningMean", _columns);
        _runningVariance = context.Parameter($"{name}.runningVariance", _columns);
    }

    public double[] Forward(double[] input, int batch)
    {
        double[] result = new double[input.Length];
        for (int column = 0; column < _columns; column++)
        {
            double[] values = [.. input.Where((_, i) => i % _columns == column)];
            double mean = _runningMean[column];
            double variance = _runningVariance[column];
            if (_context.Draw is not null && !_isFrozen)
            {
                mean = values.Average();
                variance = values.Average(value => (value - mean) * (value - mean));
            }

            for (int row = 0; row < values.Length; row++)
            {
                result[(row * _columns) + column] =
                    ((values[row] - mean) / Math.Sqrt(variance + _attribute.Epsilon) * _weight[column]) + _bias[column];
            }
        }

        return result;
    }
}
