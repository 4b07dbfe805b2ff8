using ModelDsl.Tests.Reference.Methods;

namespace ModelDsl.Tests.Reference.Losses;

/// <summary>
/// The mean of what a block's method gives for each sample; else log cosh(y - t), the one loss of elements of their own
/// that the test models have.
/// </summary>
[ReferenceOf(typeof(LossAttribute<>))]
internal sealed class ReferenceCustomLoss : IReferenceLoss
{
    private readonly ReferenceGraph? _graph;

    public ReferenceCustomLoss(LossAttribute attribute, ReferenceContext context)
    {
        Type type = attribute.GetType().GetGenericArguments()[0];
        if (MethodTwins.ForwardOf(type) is { } forward)
        {
            string scope = context.NextName("loss") + ".";
            _graph = context.InBlock(type, scope, () => new ReferenceGraph(forward, context, isLoss: true));
        }
    }

    public double Evaluate(double[] outputs, Batch batch)
    {
        if (_graph is null)
        {
            return outputs.Zip(batch.Values!, (y, t) => Math.Log(Math.Cosh(y - t))).Average();
        }

        _graph.Targets = batch.Labels is { Length: > 0 } labels ? [.. labels.Select(label => (double)label)]
            : [.. (batch.Values ?? []).Select(value => (double)value)];
        return _graph.Forward(outputs, batch.Size).Average();
    }
}
