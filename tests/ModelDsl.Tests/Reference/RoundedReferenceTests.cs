namespace ModelDsl.Tests.Reference;

/// <summary>Two hidden layers, stored as BFloat16.</summary>
[Model(Precision = Precision.BFloat16), Input(6), Dense(9), Tanh, Dense(7), Relu, Dense(3), MeanSquaredError]
internal sealed partial class BFloat16TwoLayers;

/// <summary>Two hidden layers, stored as Float16.</summary>
[Model(Precision = Precision.Float16), Input(6), Dense(9), Tanh, Dense(7), Relu, Dense(3), MeanSquaredError]
internal sealed partial class Float16TwoLayers;

/// <summary>
/// Outputs and gradients of mixed precision against double precision that rounds where the documentation says, and
/// nowhere else: weights, what a layer hands to the next, and the gradients of that. So no more than the error of
/// single precision is left.
/// </summary>
public sealed class RoundedReferenceTests
{
    private const double Tolerance = 2e-5;
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

    // With the first batch of which no value may be rounded either way.
    private static void Check(IModel model, int size, double scale)
    {
        Precision precision = model.Description.Precision;
        for (int seed = 1; ; seed++)
        {
            Assert.InRange(seed, 1, 1_000);
            Batch batch = Batch.Draw(model.Description, size, seed).First();
            bool isOpen = false;
            (double[] outputs, Dictionary<string, double[]> gradients) = Compute(model, batch, Round, scale);
            if (isOpen)
            {
                continue;
            }

            model.ComputeGradients(batch.Samples, batch.Targets);
            AssertClose(outputs, model.Outputs);
            foreach (ParameterDescription parameter in model.Description.Parameters)
            {
                AssertClose(gradients[parameter.Name], model.Gradients.Slice(parameter.Offset, parameter.Shape.Count));
            }

            return;

            double Round(double value)
            {
                isOpen |= Rounding.IsOpen(precision, value);
                return Rounding.Of(precision, value);
            }
        }
    }

    private static (double[] Outputs, Dictionary<string, double[]> Gradients) Compute(
        IModel model, Batch batch, Func<double, double> round, double scale)
    {
        int rows = batch.Size;
        double[] x = [.. batch.Samples.Select(value => (double)value)];
        double[] weight1 = Rounded("dense1.weight"), weight2 = Rounded("dense2.weight"), weight3 = Rounded(
            "dense3.weight");
        double[] hidden1 = Each(Dense(x, weight1, Whole("dense1.bias"), rows), value => round(Math.Tanh(value)));
        double[] hidden2 = Each(
            Dense(hidden1, weight2, Whole("dense2.bias"), rows), value => round(Math.Max(value, 0)));
        double[] outputs = Dense(hidden2, weight3, Whole("dense3.bias"), rows);

        double[] gradient3 =
            [.. outputs.Select((output, i) => scale * 2 * (output - batch.Values![i]) / (rows * Outputs))];
        double[] gradient2 = Times(gradient3, weight3, Outputs, rows);
        gradient2 = [.. gradient2.Select((value, i) => round(hidden2[i] > 0 ? value : 0))];
        double[] gradient1 = Times(gradient2, weight2, Second, rows);
        gradient1 = [.. gradient1.Select((value, i) => round(value * (1 - (hidden1[i] * hidden1[i]))))];
        var gradients = new Dictionary<string, double[]>
        {
            ["dense1.weight"] = Product(gradient1, x, First, rows),
            ["dense1.bias"] = Product(gradient1, Ones(), First, rows),
            ["dense2.weight"] = Product(gradient2, hidden1, Second, rows),
            ["dense2.bias"] = Product(gradient2, Ones(), Second, rows),
            ["dense3.weight"] = Product(gradient3, hidden2, Outputs, rows),
            ["dense3.bias"] = Product(gradient3, Ones(), Outputs, rows),
        };
        return (outputs, gradients.ToDictionary(entry => entry.Key, entry => Each(entry.Value, value => value / scale)));

        double[] Ones() => [.. Enumerable.Repeat(1.0, rows)];

        // What the model rounds is exactly this, however near the middle it lies.
        double[] Rounded(string name) =>
            Each(Whole(name), value => Rounding.Of(model.Description.Precision, value));

        double[] Whole(string name)
        {
            ParameterDescription parameter = model.Description.Parameters.Single(parameter => parameter.Name == name);
            return [.. model.Parameters.Slice(parameter.Offset, parameter.Shape.Count).ToArray().Select(value => (double)value)];
        }
    }

    private static double[] Each(double[] values, Func<double, double> function) => [.. values.Select(function)];

    // input · weightᵀ + bias.
    private static double[] Dense(double[] input, double[] weight, double[] bias, int rows)
    {
        int columns = input.Length / rows;
        double[] result = new double[rows * bias.Length];
        for (int i = 0; i < result.Length; i++)
        {
            (int row, int output) = Math.DivRem(i, bias.Length);
            result[i] = bias[output] + Enumerable.Range(0, columns)
                .Sum(k => input[(row * columns) + k] * weight[(output * columns) + k]);
        }

        return result;
    }

    // gradient · weight.
    private static double[] Times(double[] gradient, double[] weight, int outputs, int rows)
    {
        int columns = weight.Length / outputs;
        double[] result = new double[rows * columns];
        for (int i = 0; i < result.Length; i++)
        {
            (int row, int column) = Math.DivRem(i, columns);
            result[i] = Enumerable.Range(0, outputs)
                .Sum(k => gradient[(row * outputs) + k] * weight[(k * columns) + column]);
        }

        return result;
    }

    // gradientᵀ · input.
    private static double[] Product(double[] gradient, double[] input, int outputs, int rows)
    {
        int columns = input.Length / rows;
        double[] result = new double[outputs * columns];
        for (int i = 0; i < result.Length; i++)
        {
            (int output, int column) = Math.DivRem(i, columns);
            result[i] = Enumerable.Range(0, rows)
                .Sum(row => gradient[(row * outputs) + output] * input[(row * columns) + column]);
        }

        return result;
    }

    private static void AssertClose(double[] expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = expected.Max(Math.Abs) + 1e-6;
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], Tolerance * scale);
        }
    }
}
