namespace ModelDsl.Tests.Reference.Losses;

internal sealed class ReferenceHinge(ReferenceContext context) : IReferenceLoss<HingeAttribute>
{
    private readonly int _classes = context.Count;

    public double Evaluate(double[] outputs, Batch batch) => Enumerable.Range(0, batch.Size)
        .Average(sample => _classes == 1 ? Binary(outputs, batch, sample) : MultiClass(outputs, batch, sample));

    private static double Binary(double[] outputs, Batch batch, int sample)
    {
        double target = batch.Labels is { } labels ? (2 * labels[sample]) - 1 : batch.Values![sample];
        return Math.Max(0, 1 - (target * outputs[sample]));
    }

    private double MultiClass(double[] outputs, Batch batch, int sample)
    {
        int label = batch.Labels![sample];
        double[] y = outputs[(sample * _classes)..((sample + 1) * _classes)];
        return Enumerable.Range(0, _classes).Where(j => j != label).Sum(j => Math.Max(0, 1 - y[label] + y[j])) / _classes;
    }
}
