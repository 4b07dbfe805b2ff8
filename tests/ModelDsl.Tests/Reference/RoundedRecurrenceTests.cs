using static ModelDsl.Tests.Reference.RoundedReference;

namespace ModelDsl.Tests.Reference;

/// <summary>An LSTM, stored as BFloat16.</summary>
[Model(Precision = Precision.BFloat16)]
[Input(4, 3, Sequence = true), Lstm(3, Unroll = Unrolling.Never), Dense(2), MeanSquaredError]
internal sealed partial class BFloat16Lstm;

/// <summary>The same stored as Float16, with each step written down.</summary>
[Model(Precision = Precision.Float16)]
[Input(4, 3, Sequence = true), Lstm(3, Unroll = Unrolling.Always), Dense(2), MeanSquaredError]
internal sealed partial class Float16Lstm;

/// <summary>A GRU, stored as BFloat16.</summary>
[Model(Precision = Precision.BFloat16)]
[Input(4, 3, Sequence = true), Gru(3, Unroll = Unrolling.Never), Dense(2), MeanSquaredError]
internal sealed partial class BFloat16Gru;

/// <summary>The same stored as Float16, with each step written down.</summary>
[Model(Precision = Precision.Float16)]
[Input(4, 3, Sequence = true), Gru(3, Unroll = Unrolling.Always), Dense(2), MeanSquaredError]
internal sealed partial class Float16Gru;

/// <summary>A simple recurrent layer, stored as BFloat16.</summary>
[Model(Precision = Precision.BFloat16)]
[Input(4, 3, Sequence = true), SimpleRnn(3, Unroll = Unrolling.Never), Dense(2), MeanSquaredError]
internal sealed partial class BFloat16SimpleRnn;

/// <summary>The same stored as Float16, with each step written down.</summary>
[Model(Precision = Precision.Float16)]
[Input(4, 3, Sequence = true), SimpleRnn(3, Unroll = Unrolling.Always), Dense(2), MeanSquaredError]
internal sealed partial class Float16SimpleRnn;

/// <summary>
/// What recurrent layers round: their weights, the products of their input, what the backward pass reads of the gates,
/// their outputs, and the gradients of all these. States have 32 bits from step to step.
/// </summary>
public sealed class RoundedRecurrenceTests
{
    private const int Steps = 4;
    private const int Units = 3;
    private const int Outputs = 2;

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Lstm_of_BFloat16_rounds_what_it_hands_on_and_no_state(int batch) =>
        Check<LstmCell>(new BFloat16Lstm(seed: 3), batch, scale: 1);

    [Theory]
    [InlineData(1, 1024f)]
    [InlineData(3, 1f / 64)]
    public void Lstm_of_Float16_rounds_the_same_values_with_scaled_gradients(int batch, float scale) =>
        Check<LstmCell>(new Float16Lstm(seed: 3) { LossScale = scale }, batch, scale);

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Gru_of_BFloat16_rounds_what_it_hands_on_and_no_state(int batch) =>
        Check<GruCell>(new BFloat16Gru(seed: 3), batch, scale: 1);

    [Theory]
    [InlineData(1, 1024f)]
    [InlineData(3, 1f / 64)]
    public void Gru_of_Float16_rounds_the_same_values_with_scaled_gradients(int batch, float scale) =>
        Check<GruCell>(new Float16Gru(seed: 3) { LossScale = scale }, batch, scale);

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void SimpleRnn_of_BFloat16_rounds_what_it_hands_on_and_no_state(int batch) =>
        Check<SimpleRnnCell>(new BFloat16SimpleRnn(seed: 3), batch, scale: 1);

    [Theory]
    [InlineData(1, 1024f)]
    [InlineData(3, 1f / 64)]
    public void SimpleRnn_of_Float16_rounds_the_same_values_with_scaled_gradients(int batch, float scale) =>
        Check<SimpleRnnCell>(new Float16SimpleRnn(seed: 3) { LossScale = scale }, batch, scale);

    private static void Check<TCell>(IModel model, int size, double scale)
        where TCell : ICell =>
        RoundedReference.Check(
            model, size, (batch, whole, rounded, round) => Compute<TCell>(batch, whole, rounded, round, scale));

    private static (double[] Outputs, Dictionary<string, double[]> Gradients) Compute<TCell>(
        Batch batch,
        Func<string, double[]> whole,
        Func<string, double[]> rounded,
        Func<double, double> round,
        double scale)
        where TCell : ICell
    {
        string name = TCell.Name;
        int gates = TCell.Gates * Units;
        int rows = batch.Size * Steps;
        double[] x = [.. batch.Samples.Select(value => (double)value)];
        double[] recurrent = rounded($"{name}.recurrentWeight"), weight = rounded("dense1.weight");
        double[] recurrentBias = TCell.HasTwoBiases ? whole($"{name}.recurrentBias") : new double[gates];
        double[] projected = Each(Dense(x, rounded($"{name}.weight"), whole($"{name}.bias"), rows), round);
        double[] before = new double[rows * Units], hidden = new double[rows * Units];
        var steps = new Step[rows];
        for (int row = 0; row < rows; row++)
        {
            Step? last = row % Steps == 0 ? null : steps[row - 1];
            double[] old = last is null ? new double[Units] : last.Hidden;
            steps[row] = TCell.Forward(
                projected[(row * gates)..((row + 1) * gates)],
                Dense(old, recurrent, recurrentBias, rows: 1),
                old,
                last?.State ?? new double[Units]);
            old.CopyTo(before, row * Units);
            steps[row].Hidden.CopyTo(hidden, row * Units);
        }

        double[] handedOn = Each(hidden, round);
        double[] outputs = Dense(handedOn, weight, whole("dense1.bias"), rows);
        double[] outputGradient =
            [.. outputs.Select((output, i) => scale * 2 * (output - batch.Values![i]) / (rows * Outputs))];
        double[] hiddenGradient = Each(Times(outputGradient, weight, Outputs, rows), round);
        double[] projectedGradient = new double[rows * gates], productGradient = new double[rows * gates];
        double[] carry = [], stateCarry = [];
        for (int row = rows - 1; row >= 0; row--)
        {
            if ((row + 1) % Steps == 0)
            {
                (carry, stateCarry) = (new double[Units], new double[Units]);
            }

            double[] arrived =
                [.. hiddenGradient[(row * Units)..((row + 1) * Units)].Zip(carry, (output, next) => output + next)];
            (double[] toProjected, double[] toProduct, double[] direct) = TCell.Backward(
                steps[row] with { Kept = Each(steps[row].Kept, round) },
                before[(row * Units)..((row + 1) * Units)],
                arrived,
                stateCarry);
            carry = [.. Times(toProduct, recurrent, gates, rows: 1).Zip(direct, (product, other) => product + other)];
            Each(toProjected, round).CopyTo(projectedGradient, row * gates);
            Each(toProduct, round).CopyTo(productGradient, row * gates);
        }

        var gradients = new Dictionary<string, double[]>
        {
            [$"{name}.weight"] = Product(projectedGradient, x, gates, rows),
            [$"{name}.bias"] = Product(projectedGradient, Ones(rows), gates, rows),
            [$"{name}.recurrentWeight"] = Product(productGradient, before, gates, rows),
            ["dense1.weight"] = Product(outputGradient, handedOn, Outputs, rows),
            ["dense1.bias"] = Product(outputGradient, Ones(rows), Outputs, rows),
        };
        if (TCell.HasTwoBiases)
        {
            gradients.Add($"{name}.recurrentBias", Product(productGradient, Ones(rows), gates, rows));
        }

        return (outputs, gradients.ToDictionary(entry => entry.Key, entry => Each(entry.Value, sum => sum / scale)));
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    /// <summary>What a step of one sample leaves.</summary>
    /// <param name="Hidden">Its output.</param>
    /// <param name="State">What it hands to the next step besides.</param>
    /// <param name="Kept">What it keeps for the backward pass and nobody else.</param>
    private sealed record Step(double[] Hidden, double[] State, double[] Kept);

    private interface ICell
    {
        static abstract string Name { get; }

        static abstract int Gates { get; }

        static virtual bool HasTwoBiases => false;

        /// <summary>A step, from the products of the input and of the output before.</summary>
        static abstract Step Forward(double[] projected, double[] product, double[] before, double[] state);

        /// <summary>
        /// The gradients of both products, and of the output before beside its product; changes that of the state.
        /// </summary>
        static abstract (double[] Projected, double[] Product, double[] Direct) Backward(
            Step step, double[] before, double[] gradient, double[] stateGradient);
    }

    private sealed class LstmCell : ICell
    {
        public static string Name => "lstm1";

        public static int Gates => 4;

        // The state is that of this step and of the one before: c, and behind it the c that it was made of.
        public static Step Forward(double[] projected, double[] product, double[] before, double[] state)
        {
            double[] kept = new double[4 * Units], hidden = new double[Units], cells = new double[2 * Units];
            for (int i = 0; i < Units; i++)
            {
                double Sum(int gate) => projected[(gate * Units) + i] + product[(gate * Units) + i];
                double input = kept[i] = Sigmoid(Sum(0));
                double forget = kept[Units + i] = Sigmoid(Sum(1));
                double candidate = kept[(2 * Units) + i] = Math.Tanh(Sum(2));
                double outward = kept[(3 * Units) + i] = Sigmoid(Sum(3));
                cells[Units + i] = state[i];
                cells[i] = (forget * state[i]) + (input * candidate);
                hidden[i] = outward * Math.Tanh(cells[i]);
            }

            return new Step(hidden, cells, kept);
        }

        public static (double[] Projected, double[] Product, double[] Direct) Backward(
            Step step, double[] before, double[] gradient, double[] stateGradient)
        {
            double[] gates = new double[4 * Units];
            for (int i = 0; i < Units; i++)
            {
                double input = step.Kept[i], forget = step.Kept[Units + i];
                double candidate = step.Kept[(2 * Units) + i], outward = step.Kept[(3 * Units) + i];
                double squashed = Math.Tanh(step.State[i]);
                double state = stateGradient[i] + (gradient[i] * outward * (1 - (squashed * squashed)));
                gates[i] = state * candidate * input * (1 - input);
                gates[Units + i] = state * step.State[Units + i] * forget * (1 - forget);
                gates[(2 * Units) + i] = state * input * (1 - (candidate * candidate));
                gates[(3 * Units) + i] = gradient[i] * squashed * outward * (1 - outward);
                stateGradient[i] = state * forget;
            }

            return (gates, gates, new double[Units]);
        }
    }

    private sealed class GruCell : ICell
    {
        public static string Name => "gru1";

        public static int Gates => 3;

        public static bool HasTwoBiases => true;

        public static Step Forward(double[] projected, double[] product, double[] before, double[] state)
        {
            double[] kept = new double[4 * Units], hidden = new double[Units];
            for (int i = 0; i < Units; i++)
            {
                double reset = kept[i] = Sigmoid(projected[i] + product[i]);
                double update = kept[Units + i] = Sigmoid(projected[Units + i] + product[Units + i]);
                double inner = kept[(3 * Units) + i] = product[(2 * Units) + i];
                double candidate = kept[(2 * Units) + i] = Math.Tanh(projected[(2 * Units) + i] + (reset * inner));
                hidden[i] = ((1 - update) * candidate) + (update * before[i]);
            }

            return new Step(hidden, state, kept);
        }

        public static (double[] Projected, double[] Product, double[] Direct) Backward(
            Step step, double[] before, double[] gradient, double[] stateGradient)
        {
            double[] projected = new double[3 * Units], product = new double[3 * Units], direct = new double[Units];
            for (int i = 0; i < Units; i++)
            {
                double reset = step.Kept[i], update = step.Kept[Units + i];
                double candidate = step.Kept[(2 * Units) + i], inner = step.Kept[(3 * Units) + i];
                double ofCandidate = gradient[i] * (1 - update) * (1 - (candidate * candidate));
                projected[i] = product[i] = ofCandidate * inner * reset * (1 - reset);
                projected[Units + i] = product[Units + i] =
                    gradient[i] * (before[i] - candidate) * update * (1 - update);
                projected[(2 * Units) + i] = ofCandidate;
                product[(2 * Units) + i] = ofCandidate * reset;
                direct[i] = gradient[i] * update;
            }

            return (projected, product, direct);
        }
    }

    private sealed class SimpleRnnCell : ICell
    {
        public static string Name => "simpleRnn1";

        public static int Gates => 1;

        public static Step Forward(double[] projected, double[] product, double[] before, double[] state)
        {
            double[] hidden = [.. projected.Zip(product, (x, h) => Math.Tanh(x + h))];
            return new Step(hidden, state, hidden);
        }

        public static (double[] Projected, double[] Product, double[] Direct) Backward(
            Step step, double[] before, double[] gradient, double[] stateGradient)
        {
            double[] result = [.. gradient.Zip(step.Kept, (value, output) => value * (1 - (output * output)))];
            return (result, result, new double[Units]);
        }
    }
}
