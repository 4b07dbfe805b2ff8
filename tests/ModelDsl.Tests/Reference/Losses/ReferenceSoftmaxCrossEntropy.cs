namespace ModelDsl.Tests.Reference.Losses;

internal sealed class ReferenceSoftmaxCrossEntropy(SoftmaxCrossEntropyAttribute attribute, ReferenceContext context)
    : IReferenceLoss<SoftmaxCrossEntropyAttribute>
{
    private readonly int _classes = context.Shape[^1];

    public double Evaluate(double[] outputs, Batch batch)
    {
        double sum = 0, divisor = 0;
        for (int row = 0; row < outputs.Length / _classes; row++)
        {
            int? label = batch.Labels?[row];
            if (label == attribute.IgnoredLabel)
            {
                continue;
            }

            double[] logits = outputs[(row * _classes)..((row + 1) * _classes)];
            double largest = logits.Max();
            double logSum = largest + Math.Log(logits.Sum(y => Math.Exp(y - largest)));
            sum += Enumerable.Range(0, _classes).Sum(j => ClassWeight(j) * Target(batch, row, j) * (logSum - logits[j]));
            divisor += label is { } known ? ClassWeight(known) : 1;
        }

        return divisor == 0 ? 0 : sum / divisor;
    }

    private double ClassWeight(int j) => attribute.ClassWeights.Length == 0 ? 1 : attribute.ClassWeights[j];

    private double Target(Batch batch, int row, int j)
    {
        double target = batch.Labels is { } labels ? (labels[row] == j ? 1 : 0) : batch.Values![(row * _classes) + j];
        return ((1 - (double)attribute.LabelSmoothing) * target) + ((double)attribute.LabelSmoothing / _classes);
    }
}
