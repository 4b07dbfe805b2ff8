namespace Benchmarks.Torch.Losses;

internal sealed class TorchTriplet(TripletAttribute attribute) : ITorchLoss<TripletAttribute>
{
    public Tensor Evaluate(Tensor outputs, Tensor targets) => F.triplet_margin_loss(
        outputs.select(1, 0), outputs.select(1, 1), outputs.select(1, 2), attribute.Margin);
}
