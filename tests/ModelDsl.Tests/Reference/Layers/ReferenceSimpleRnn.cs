namespace ModelDsl.Tests.Reference.Layers;

internal sealed class ReferenceSimpleRnn(SimpleRnnAttribute attribute, ReferenceContext context)
    : IReferenceLayer<SimpleRnnAttribute>
{
    private readonly ReferenceRecurrence _recurrence = new(
        context.NameOf(attribute, "simpleRnn"), context, gates: 1, attribute.Units, attribute.ReturnSequences,
        attribute.GoBackwards, attribute.UseBias, twoBiases: false);

    public double[] Forward(double[] input, int batch) => _recurrence.Forward(input, (x, product, _, _) =>
        [.. x.Zip(product, (left, right) => attribute.Activation == RecurrentActivation.Relu
            ? Math.Max(0, left + right)
            : Math.Tanh(left + right))]);
}
