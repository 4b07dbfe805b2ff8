namespace Benchmarks.Torch.Losses;

internal sealed class TorchMeanAbsoluteError : ITorchLoss<MeanAbsoluteErrorAttribute>
{
    public Tensor Evaluate(Tensor outputs, Tensor targets) => F.l1_loss(outputs, targets);
}
