namespace Benchmarks.Torch.Losses;

/// <summary>log cosh(y - t), the one loss of their own that the test models have.</summary>
[TorchOf(typeof(LossAttribute<>))]
internal sealed class TorchCustomLoss : ITorchLoss
{
    public Tensor Evaluate(Tensor outputs, Tensor targets) => (outputs - targets).cosh().log().mean();
}
