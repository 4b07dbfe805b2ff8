namespace ModelDsl.Tests.Reference.Losses;

internal sealed class ReferenceSoftmaxCrossEntropy(ReferenceContext context) : IReferenceLoss<SoftmaxCrossEntropyAttribute>
{
    private readonly int _classes = context.Shape[^1];

    public double Evaluate(double[] outputs, Batch batch) => Enumerable.Range(0, outputs.Length / _classes).Average(row =>
    {
        double[] logits = outputs[(row * _classes)..((row + 1) * _classes)];
        double largest = logits.Max();
        double logSum = largest + Math.Log(logits.Sum(y => Math.Exp(y - largest)));
        return Enumerable.Range(0, _classes).Sum(j => Target(batch, row, j) * (logSum - logits[j]));
    });

    private double Target(Batch batch, int row, int j) =>
        batch.Labels is { } labels ? (labels[row] == j ? 1 : 0) : batch.Values![(row * _classes) + j];
}
