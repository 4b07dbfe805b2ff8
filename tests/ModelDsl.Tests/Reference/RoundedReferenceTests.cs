using static ModelDsl.Tests.Reference.RoundedReference;

namespace ModelDsl.Tests.Reference;

/// <summary>Two hidden layers, stored as BFloat16.</summary>
[Model(Precision = Precision.BFloat16), Input(6), Dense(9), Tanh, Dense(7), Relu, Dense(3), MeanSquaredError]
internal sealed partial class BFloat16TwoLayers;

/// <summary>Two hidden layers, stored as Float16.</summary>
[Model(Precision = Precision.Float16), Input(6), Dense(9), Tanh, Dense(7), Relu, Dense(3), MeanSquaredError]
internal sealed partial class Float16TwoLayers;

/// <summary>What dense layers round: weights, what a layer hands to the next, and the gradients of that.</summary>
public sealed class RoundedReferenceTests
{
    private const int Inputs = 6;
    private const int First = 9;
    private const int Second = 7;
    private const int Outputs = 3;

    [Theory]
    [InlineData(1)]
    [InlineData(13)]
    public void BFloat16_rounds_weights_what_layers_hand_on_and_its_gradients(int batch) =>
        Check(new BFloat16TwoLayers(seed: 3), batch, scale: 1);

    [Theory]
    [InlineData(1, 1024f)]
    [InlineData(13, 1024f)]
    [InlineData(13, 1f / 64)]
    public void Float16_rounds_the_same_values_with_scaled_gradients(int batch, float scale) =>
        Check(new Float16TwoLayers(seed: 3) { LossScale = scale }, batch, scale);

    [Fact]
    public void Gradients_of_Float16_vanish_without_a_scale_and_do_not_with_one()
    {
        var model = new Float16TwoLayers(seed: 3);
        Batch batch = Batch.Draw(model.Description, 64, seed: 1).First();
        model.ComputeGradients(batch.Samples, batch.Targets);
        for (int i = 0; i < batch.Values!.Length; i++)
        {
            batch.Values[i] = model.Outputs[i] + 1e-6f;
        }

        Assert.Equal(0f, LargestGradient(1f));
        Assert.True(LargestGradient(65_536f) > 0f);

        float LargestGradient(float scale)
        {
            model.LossScale = scale;
            model.ComputeGradients(batch.Samples, batch.Targets);
            return model.Gradients[..(Inputs * First)].ToArray().Max(Math.Abs);
        }
    }

    private static void Check(IModel model, int size, double scale) =>
        RoundedReference.Check(
            model, size, (batch, whole, rounded, round) => Compute(batch, whole, rounded, round, scale));

    private static (double[] Outputs, Dictionary<string, double[]> Gradients) Compute(
        Batch batch,
        Func<string, double[]> whole,
        Func<string, double[]> rounded,
        Func<double, double> round,
        double scale)
    {
        int rows = batch.Size;
        double[] ones = Ones(rows);
        double[] x = [.. batch.Samples.Select(value => (double)value)];
        double[] weight1 = rounded("dense1.weight"), weight2 = rounded("dense2.weight");
        double[] weight3 = rounded("dense3.weight");
        double[] hidden1 = Each(Dense(x, weight1, whole("dense1.bias"), rows), value => round(Math.Tanh(value)));
        double[] hidden2 = Each(
            Dense(hidden1, weight2, whole("dense2.bias"), rows), value => round(Math.Max(value, 0)));
        double[] outputs = Dense(hidden2, weight3, whole("dense3.bias"), rows);

        double[] gradient3 =
            [.. outputs.Select((output, i) => scale * 2 * (output - batch.Values![i]) / (rows * Outputs))];
        double[] gradient2 = Times(gradient3, weight3, Outputs, rows);
        gradient2 = [.. gradient2.Select((value, i) => round(hidden2[i] > 0 ? value : 0))];
        double[] gradient1 = Times(gradient2, weight2, Second, rows);
        gradient1 = [.. gradient1.Select((value, i) => round(value * (1 - (hidden1[i] * hidden1[i]))))];
        var gradients = new Dictionary<string, double[]>
        {
            ["dense1.weight"] = Product(gradient1, x, First, rows),
            ["dense1.bias"] = Product(gradient1, ones, First, rows),
            ["dense2.weight"] = Product(gradient2, hidden1, Second, rows),
            ["dense2.bias"] = Product(gradient2, ones, Second, rows),
            ["dense3.weight"] = Product(gradient3, hidden2, Outputs, rows),
            ["dense3.bias"] = Product(gradient3, ones, Outputs, rows),
        };
        return (outputs, gradients.ToDictionary(entry => entry.Key, entry => Each(entry.Value, value => value / scale)));
    }
}
