namespace Benchmarks.Torch.Losses;

/// <summary>libtorch has no function for it.</summary>
internal sealed class TorchContrastive(ContrastiveAttribute attribute) : ITorchLoss<ContrastiveAttribute>
{
    public Tensor Evaluate(Tensor outputs, Tensor targets)
    {
        Tensor distance = (outputs.select(1, 0) - outputs.select(1, 1)).square().sum(-1).sqrt();
        Tensor alike = targets.to(ScalarType.Float32);
        Tensor apart = (attribute.Margin - distance).relu();
        return ((alike * distance.square()) + ((1 - alike) * apart.square())).mean() / 2;
    }
}
