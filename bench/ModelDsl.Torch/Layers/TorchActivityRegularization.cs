namespace Benchmarks.Torch.Layers;

internal sealed class TorchActivityRegularization : ITorchLayer<ActivityRegularizationAttribute>
{
    private readonly ActivityRegularizationAttribute _attribute;
    private readonly TorchLayerContext _context;

    public TorchActivityRegularization(ActivityRegularizationAttribute attribute, TorchLayerContext context)
    {
        context.NameOf(attribute, "activityRegularization");
        (_attribute, _context) = (attribute, context);
        context.HasPenalties = true;
    }

    public Tensor Forward(Tensor input)
    {
        Tensor penalty = ((_attribute.L1 * input.abs().sum()) + (_attribute.L2 * input.square().sum())) / input.shape[0];
        _context.ActivityPenalty = _context.ActivityPenalty is { } others ? others + penalty : penalty;
        return input;
    }
}
