namespace ModelDsl.Tests.Reference.Losses;

internal sealed class ReferenceHinge(ReferenceContext context) : IReferenceLoss<HingeAttribute>
{
    private readonly int _classes = context.Shape[^1];

    public double Evaluate(double[] outputs, Batch batch) => Enumerable.Range(0, outputs.Length / _classes)
        .Average(row => _classes == 1 ? Binary(outputs, batch, row) : MultiClass(outputs, batch, row));

    private static double Binary(double[] outputs, Batch batch, int row)
    {
        double target = batch.Labels is { } labels ? (2 * labels[row]) - 1 : batch.Values![row];
        return Math.Max(0, 1 - (target * outputs[row]));
    }

    private double MultiClass(double[] outputs, Batch batch, int row)
    {
        int label = batch.Labels![row];
        double[] y = outputs[(row * _classes)..((row + 1) * _classes)];
        return Enumerable.Range(0, _classes).Where(j => j != label).Sum(j => Math.Max(0, 1 - y[label] + y[j])) / _classes;
    }
}
