namespace Benchmarks.Torch.Losses;

internal sealed class TorchMeanSquaredError : ITorchLoss<MeanSquaredErrorAttribute>
{
    public Tensor Evaluate(Tensor outputs, Tensor targets) => F.mse_loss(outputs, targets);
}
