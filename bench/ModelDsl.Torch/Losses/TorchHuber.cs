namespace Benchmarks.Torch.Losses;

internal sealed class TorchHuber(HuberAttribute attribute) : ITorchLoss<HuberAttribute>
{
    public Tensor Evaluate(Tensor outputs, Tensor targets) => F.huber_loss(outputs, targets, attribute.Delta);
}
