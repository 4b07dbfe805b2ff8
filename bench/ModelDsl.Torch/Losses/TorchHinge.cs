namespace Benchmarks.Torch.Losses;

internal sealed class TorchHinge(TorchLayerContext context) : ITorchLoss<HingeAttribute>
{
    private readonly bool _isBinary = context.Shape[^1] == 1;

    public Tensor Evaluate(Tensor outputs, Tensor targets) =>
        _isBinary ? BinaryMargin(outputs.flatten(0, -2), targets) : F.multi_margin_loss(outputs.flatten(0, -2), targets);

    /// <summary>libtorch has no function for it: max(0, 1 - t·y) with t = -1 or 1 for the labels 0 and 1.</summary>
    private static Tensor BinaryMargin(Tensor outputs, Tensor labels) =>
        (1 - (((2 * labels) - 1).to(ScalarType.Float32).unsqueeze(1) * outputs)).relu().mean();
}
