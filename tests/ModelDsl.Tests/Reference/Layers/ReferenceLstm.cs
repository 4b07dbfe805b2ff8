namespace ModelDsl.Tests.Reference.Layers;

internal sealed class ReferenceLstm(LstmAttribute attribute, ReferenceContext context) : IReferenceLayer<LstmAttribute>
{
    private readonly ReferenceRecurrence _recurrence = new(
        context.NameOf(attribute, "lstm"), context, gates: 4, attribute.Units, attribute.ReturnSequences,
        attribute.GoBackwards, attribute.UseBias, twoBiases: false);

    public double[] Forward(double[] input, int batch) => _recurrence.Forward(input, (x, product, _, cells) =>
    {
        int units = attribute.Units;
        double[] hidden = new double[units];
        for (int i = 0; i < units; i++)
        {
            double Gate(int gate) => x[(gate * units) + i] + product[(gate * units) + i];
            cells[i] = (Sigmoid(Gate(1)) * cells[i]) + (Sigmoid(Gate(0)) * Math.Tanh(Gate(2)));
            hidden[i] = Sigmoid(Gate(3)) * Math.Tanh(cells[i]);
        }

        return hidden;
    });

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
