namespace Benchmarks.Torch.Losses;

internal sealed class TorchBinaryCrossEntropy(BinaryCrossEntropyAttribute attribute) : ITorchLoss<BinaryCrossEntropyAttribute>
{
    public Tensor Evaluate(Tensor outputs, Tensor targets) => F.binary_cross_entropy_with_logits(
        outputs, targets, pos_weights: attribute.PositiveWeights.Length == 0 ? null : tensor(attribute.PositiveWeights));
}
