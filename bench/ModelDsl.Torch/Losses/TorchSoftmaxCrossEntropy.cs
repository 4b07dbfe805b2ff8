namespace Benchmarks.Torch.Losses;

internal sealed class TorchSoftmaxCrossEntropy(SoftmaxCrossEntropyAttribute attribute) : ITorchLoss<SoftmaxCrossEntropyAttribute>
{
    public Tensor Evaluate(Tensor outputs, Tensor targets) => F.cross_entropy(
        outputs.flatten(0, -2),
        targets.is_floating_point() ? targets.flatten(0, -2) : targets,
        weight: attribute.ClassWeights.Length == 0 ? null : tensor(attribute.ClassWeights),
        ignore_index: attribute.IgnoredLabel,
        label_smoothing: attribute.LabelSmoothing);
}
