namespace ModelDsl.Tests.Reference.Layers;

internal sealed class ReferenceGru(GruAttribute attribute, ReferenceContext context) : IReferenceLayer<GruAttribute>
{
    private readonly ReferenceRecurrence _recurrence = new(
        context.NameOf(attribute, "gru"), context, gates: 3, attribute.Units, attribute.ReturnSequences,
        attribute.GoBackwards, attribute.UseBias, twoBiases: true);

    public double[] Forward(double[] input, int batch) => _recurrence.Forward(input, (x, product, before, _) =>
    {
        int units = attribute.Units;
        double[] hidden = new double[units];
        for (int i = 0; i < units; i++)
        {
            double reset = Sigmoid(x[i] + product[i]);
            double update = Sigmoid(x[units + i] + product[units + i]);
            double candidate = Math.Tanh(x[(2 * units) + i] + (reset * product[(2 * units) + i]));
            hidden[i] = ((1 - update) * candidate) + (update * before[i]);
        }

        return hidden;
    });

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
