namespace ModelDsl.Tests.Reference.Layers;

internal sealed class ReferenceToSequence : IReferenceLayer<ToSequenceAttribute>
{
    public ReferenceToSequence(ReferenceContext context)
    {
        int columns = context.Shape.Length == 1 ? 1 : context.Shape[^1];
        context.Shape = [context.Count / columns, columns];
    }

    public double[] Forward(double[] input, int batch) => input;
}
