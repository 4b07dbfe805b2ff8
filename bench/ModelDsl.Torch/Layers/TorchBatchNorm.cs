namespace Benchmarks.Torch.Layers;

internal sealed class TorchBatchNorm : ITorchLayer<BatchNormAttribute>
{
    private readonly BatchNormAttribute _attribute;
    private readonly TorchLayerContext _context;
    private readonly bool _isFrozen;
    private readonly Parameter _weight;
    private readonly Parameter _bias;
    private readonly Tensor _runningMean;
    private readonly Tensor _runningVariance;

    public TorchBatchNorm(BatchNormAttribute attribute, TorchLayerContext context)
    {
        _attribute = attribute;
        _context = context;
        _isFrozen = attribute.Frozen || context.IsFrozen;
        long channels = context.Shape[^1];
        string name = context.NameOf(attribute, "batchNorm");
        _weight = context.AddParameter(attribute, $"{name}.weight", channels);
        _bias = context.AddParameter(attribute, $"{name}.bias", channels);
        _runningMean = context.AddState($"{name}.runningMean", channels);
        _runningVariance = context.AddState($"{name}.runningVariance", channels);
    }

    public Tensor Forward(Tensor input)
    {
        // libtorch's channels come right after the batch.
        Tensor planes = input.movedim([-1], [1]);
        bool training = _context.Training && !_isFrozen;
        return F.batch_norm(
            planes, _runningMean, _runningVariance, _weight, _bias, training, _attribute.Momentum, _attribute.Epsilon).movedim([1], [-1]);
    }
}
