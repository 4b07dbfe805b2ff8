namespace Benchmarks.Torch.Losses;

// libtorch has no function for it.
internal sealed class TorchElementwiseHinge(ElementwiseHingeAttribute attribute) : ITorchLoss<ElementwiseHingeAttribute>
{
    public Tensor Evaluate(Tensor outputs, Tensor targets)
    {
        Tensor margins = (1 - (targets * outputs)).relu();
        return (attribute.Squared ? margins.square() : margins).mean();
    }
}
