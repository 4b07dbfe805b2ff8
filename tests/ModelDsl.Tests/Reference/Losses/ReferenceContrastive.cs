namespace ModelDsl.Tests.Reference.Losses;

internal sealed class ReferenceContrastive(ContrastiveAttribute attribute, ReferenceContext context)
    : IReferenceLoss<ContrastiveAttribute>
{
    private readonly int _width = context.Shape[^1];

    public double Evaluate(double[] outputs, Batch batch) => Enumerable.Range(0, batch.Size).Average(pair =>
    {
        double distance = Math.Sqrt(Enumerable.Range(pair * 2 * _width, _width).Sum(i => Math.Pow(outputs[i] - outputs[i + _width], 2)));
        double apart = batch.Labels![pair] == 1 ? distance : Math.Max(0, attribute.Margin - distance);
        return apart * apart / 2;
    });
}
