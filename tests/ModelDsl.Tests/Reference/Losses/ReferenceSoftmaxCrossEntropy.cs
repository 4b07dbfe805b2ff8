namespace ModelDsl.Tests.Reference.Losses;

internal sealed class ReferenceSoftmaxCrossEntropy(ReferenceContext context) : IReferenceLoss<SoftmaxCrossEntropyAttribute>
{
    private readonly int _classes = context.Count;

    public double Evaluate(double[] outputs, Batch batch) => Enumerable.Range(0, batch.Size).Average(sample =>
    {
        double[] logits = outputs[(sample * _classes)..((sample + 1) * _classes)];
        double largest = logits.Max();
        double logSum = largest + Math.Log(logits.Sum(y => Math.Exp(y - largest)));
        return Enumerable.Range(0, _classes).Sum(j => Target(batch, sample, j) * (logSum - logits[j]));
    });

    private double Target(Batch batch, int sample, int j) =>
        batch.Labels is { } labels ? (labels[sample] == j ? 1 : 0) : batch.Values![(sample * _classes) + j];
}
