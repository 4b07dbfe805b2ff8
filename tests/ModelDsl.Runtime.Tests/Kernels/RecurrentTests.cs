namespace ModelDsl.Runtime.Tests.Kernels;

/// <summary>
/// The recurrent kernels around the edges of vectors, panels and tiles, between guard pages. Their gradients are checked on
/// whole models.
/// </summary>
[Collection(nameof(ThreadSettings))]
public sealed class RecurrentTests
{
    private const double Tolerance = 1e-5;

    public static TheoryData<int, int, int, bool, bool> Shapes
    {
        get
        {
            TheoryData<int, int, int, bool, bool> data = [];
            foreach (int units in (int[])[1, 5, 8, 15, 16, 17, 33])
            {
                data.Add(1, 3, units, false, false);
                data.Add(5, 4, units, true, false);
                data.Add(2, 1, units, false, true);
                data.Add(17, 2, units, true, true);
            }

            data.Add(61, 2, 3, false, false);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Lstm_matches_the_definition(int batch, int steps, int units, bool reverse, bool lastOnly)
    {
        double[] expected = new NaiveRecurrence(batch, steps, units, reverse).Forward(
            Projected(batch, steps, units, 4), Weight(units, 4), 4, (x, products, _, cell) =>
            {
                double Gate(int gate) => x[gate] + products[gate];
                double state = (NaiveRecurrence.Sigmoid(Gate(1)) * cell) + (NaiveRecurrence.Sigmoid(Gate(0)) * Math.Tanh(Gate(2)));
                return (NaiveRecurrence.Sigmoid(Gate(3)) * Math.Tanh(state), state);
            });
        AssertForward(expected, new RecurrentRun(RecurrentKind.Lstm, batch, Shape(steps, units, reverse, lastOnly)));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Gru_matches_the_definition(int batch, int steps, int units, bool reverse, bool lastOnly)
    {
        double[] expected = new NaiveRecurrence(batch, steps, units, reverse).Forward(
            Projected(batch, steps, units, 3), Weight(units, 3), 3, (x, products, before, _) =>
            {
                double reset = NaiveRecurrence.Sigmoid(x[0] + products[0]), update = NaiveRecurrence.Sigmoid(x[1] + products[1]);
                double candidate = Math.Tanh(x[2] + (reset * products[2]));
                return (((1 - update) * candidate) + (update * before), 0);
            });
        AssertForward(expected, new RecurrentRun(RecurrentKind.Gru, batch, Shape(steps, units, reverse, lastOnly)));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void SimpleRnn_matches_the_definition(int batch, int steps, int units, bool reverse, bool lastOnly)
    {
        double[] expected = new NaiveRecurrence(batch, steps, units, reverse).Forward(
            Projected(batch, steps, units, 1), Weight(units, 1), 1, (x, products, _, _) => (Math.Tanh(x[0] + products[0]), 0));
        AssertForward(expected, new RecurrentRun(RecurrentKind.SimpleRnn, batch, Shape(steps, units, reverse, lastOnly)));
    }

    [Fact]
    public void One_call_for_each_step_gives_the_same_bits_as_one_for_all() =>
        Gen.Select(
            Gen.Int[0, 2], Gen.Int[1, 20], Gen.Int[1, 6], Gen.Int[1, 40], Gen.Bool, Gen.Bool, Gen.Bool).Sample(
            (kind, batch, steps, units, reverse, lastOnly, isMasked) =>
            {
                RecurrentShape shape = Shape(steps, units, reverse, lastOnly);
                Func<int, bool>? isPadding = isMasked ? IsPadding : null;
                using var looped = new RecurrentRun((RecurrentKind)kind, batch, shape, isPadding);
                using var unrolled = new RecurrentRun((RecurrentKind)kind, batch, shape, isPadding);
                looped.Train(stepsAtOnce: steps);
                unrolled.Train(stepsAtOnce: 1);
                looped.AssertSameBits(unrolled);
            },
            iter: 60,
            threads: 1);

    [Theory]
    [InlineData(1, 128)]
    [InlineData(7, 97)]
    [InlineData(40, 160)]
    [InlineData(64, 300)]
    public void A_row_by_itself_has_the_bits_of_the_same_row_beside_another(int depth, int lanes)
    {
        var work = new RowWork(depth, lanes);
        VectorWidth.Run(ref work);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    public void Results_are_the_same_to_the_last_bit_for_every_thread_count(int kind, bool isMasked)
    {
        RecurrentShape shape = Shape(steps: 7, units: 70, reverse: false, lastOnly: false);
        Func<int, bool>? isPadding = isMasked ? IsPadding : null;
        using var expected = new RecurrentRun((RecurrentKind)kind, batch: 67, shape, isPadding);
        ThreadSettings.ForEachCount([1], _ => expected.Train(stepsAtOnce: 7));
        ThreadSettings.ForEachCount([2, 3, 4], _ =>
        {
            using var actual = new RecurrentRun((RecurrentKind)kind, batch: 67, shape, isPadding);
            actual.Train(stepsAtOnce: 7);
            expected.AssertSameBits(actual);
        });
    }

    [Fact]
    public void Mask_that_is_too_short_is_refused()
    {
        using KernelMemory memory = new();
        FloatSpan some = memory.Zeros(64);
        ArgumentException error = Assert.Throws<ArgumentException>(() => SimpleRnn.Forward(
            some, some, default, default, some, 2, new RecurrentShape(3, 1), 0, 3, new Tanh(), memory.Zeros(5)));
        Assert.Contains("mask", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_that_are_none_of_the_sequence_are_refused()
    {
        using var run = new RecurrentRun(RecurrentKind.Lstm, batch: 1, new RecurrentShape(3, 2));
        ArgumentException error = Assert.Throws<ArgumentException>(() => run.Train(stepsAtOnce: 4));
        Assert.Contains("expected a range of the steps 0 to 3, got 0 to 4", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Shape_without_units_is_refused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Lstm.Forward(
            default, default, default, default, default, default, batch: 1, new RecurrentShape(3, 0), firstStep: 0, endStep: 3));
        Assert.Contains("expected at least one step and one unit, got 3 and 0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weight_that_is_too_short_is_refused() =>
        Assert.Throws<ArgumentException>(() => RecurrentWeight.PackForward(default, default, rows: 4, units: 2));

    // Steps anywhere, all of some samples and none of others.
    private static bool IsPadding(int row) => row * 7 % 5 < 2 || row is > 3 and < 7;

    private static RecurrentShape Shape(int steps, int units, bool reverse, bool lastOnly) =>
        new(steps, units) { Reverse = reverse, LastOnly = lastOnly };

    private static FloatSpan Projected(int batch, int steps, int units, int gates) =>
        Fill.Random(new AlignedMemory(batch * steps * units * gates).FloatSpan, RecurrentRun.ProjectedSeed);

    private static FloatSpan Weight(int units, int gates) =>
        Fill.Random(new AlignedMemory(units * units * gates).FloatSpan, RecurrentRun.WeightSeed);

    private static void AssertForward(double[] all, RecurrentRun run)
    {
        using (run)
        {
            RecurrentShape shape = run.Shape;
            int last = shape.Reverse ? 0 : shape.Steps - 1;
            double[] expected = shape.LastOnly
                ? [.. all.Chunk(shape.Steps * shape.Units).SelectMany(sample => sample[(last * shape.Units)..((last + 1) * shape.Units)])]
                : all;
            run.Train(stepsAtOnce: shape.Steps);
            AssertClose(expected, run.Result);
            run.Predict();
            AssertClose(expected, run.Result);
        }
    }

    private static void AssertClose(double[] expected, FloatSpan actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], Tolerance);
        }
    }

    private readonly struct RowWork(int depth, int lanes) : IVectorWork
    {
        public unsafe void Invoke<TVector>()
            where TVector : struct, ISimdVector<TVector>
        {
            using var memory = new KernelMemory();
            int width = BlockSizes.RoundUp(lanes, RecurrentWeight.Grain);
            FloatSpan rows = memory.Random(2 * depth, 1), weight = memory.Random(lanes * depth, 2);
            FloatSpan packed = memory.Zeros(width * depth);
            RecurrentWeight.PackForward(weight, packed, lanes, depth);
            foreach (bool accumulate in (bool[])[false, true])
            {
                FloatSpan both = memory.Random(2 * width, 3), one = memory.Random(2 * width, 3).Slice(width, width);
                RecurrentProduct.Multiply<TVector>(
                    rows.Pointer, depth, 2, depth, packed.Pointer, lanes, both.Pointer, width, accumulate);
                RecurrentProduct.Multiply<TVector>(
                    rows.Pointer + depth, depth, 1, depth, packed.Pointer, lanes, one.Pointer, width, accumulate);
                Bits.Equal(both.Slice(width, lanes), one.Slice(0, lanes));
            }
        }
    }
}
