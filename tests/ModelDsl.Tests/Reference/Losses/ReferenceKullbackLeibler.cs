namespace ModelDsl.Tests.Reference.Losses;

internal sealed class ReferenceKullbackLeibler(KullbackLeiblerAttribute attribute, ReferenceContext context)
    : IReferenceLoss<KullbackLeiblerAttribute>
{
    private readonly int _columns = context.Shape[^1];

    public double Evaluate(double[] outputs, Batch batch) => outputs.Zip(batch.Values!, (y, t) =>
        t == 0 ? 0 : t * (Math.Log(t) - (attribute.FromProbabilities ? Math.Log(y) : y))).Sum() / (outputs.Length / _columns);
}
