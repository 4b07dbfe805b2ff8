namespace ModelDsl.Runtime.Tests.Kernels;

/// <summary>
/// The recurrent kernels from given states to states that are read, between guard pages: outputs, last states and the
/// gradients of the initial ones, against the definition and its central differences.
/// </summary>
[Collection(nameof(ThreadSettings))]
public sealed class RecurrentStateTests
{
    private const int Batch = 5;
    private const int Steps = 4;

    public static TheoryData<int, int, bool, bool, bool> Cases
    {
        get
        {
            TheoryData<int, int, bool, bool, bool> data = [];
            foreach (int kind in (int[])[(int)RecurrentKind.SimpleRnn, (int)RecurrentKind.Gru, (int)RecurrentKind.Lstm])
            {
                foreach (int units in (int[])[1, 5, 16, 33])
                {
                    data.Add(kind, units, false, false, false);
                    data.Add(kind, units, true, false, true);
                    data.Add(kind, units, false, true, true);
                    data.Add(kind, units, true, true, false);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Outputs_and_last_states_follow_from_the_initial_ones(
        int kind, int units, bool reverse, bool lastOnly, bool isMasked)
    {
        using RecurrentRun run = Run(kind, units, reverse, lastOnly, isMasked);
        NaiveRecurrence naive = Naive(run, isMasked, DoublesOf(run.InitialHidden), DoublesOf(run.InitialCell));
        double[] expected = Outputs(naive, run);
        run.Train(Steps);
        AssertClose(expected, run.Result);
        if ((RecurrentKind)kind == RecurrentKind.Lstm)
        {
            int last = run.Shape.StepAt(Steps - 1).Position;
            for (int sample = 0; sample < Batch; sample++)
            {
                AssertClose(
                    naive.LastStates[(sample * units)..((sample + 1) * units)],
                    run.Cells.Slice(((sample * Steps) + last) * units, units));
            }
        }

        run.Predict();
        AssertClose(expected, run.Result);
        if ((RecurrentKind)kind == RecurrentKind.Lstm)
        {
            AssertClose(naive.LastStates, run.Cells);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradients_match_central_differences(int kind, int units, bool reverse, bool lastOnly, bool isMasked)
    {
        using RecurrentRun run = Run(kind, units, reverse, lastOnly, isMasked);
        run.Train(stepsAtOnce: 1);
        double[] hidden = DoublesOf(run.InitialHidden), cells = DoublesOf(run.InitialCell);
        double[] projected = DoublesOf(run.Projected);
        Check(hidden, run.InitialHiddenGradient);
        Check(projected, run.ProjectedGradient);
        if ((RecurrentKind)kind == RecurrentKind.Lstm)
        {
            Check(cells, run.InitialCellGradient);
        }

        void Check(double[] values, FloatSpan gradient)
        {
            const double H = 1e-5;
            for (int i = 0; i < values.Length; i += 1 + (values.Length / 40))
            {
                double value = values[i];
                values[i] = value + H;
                double above = Sum();
                values[i] = value - H;
                double below = Sum();
                values[i] = value;
                if (!double.IsNaN(value))
                {
                    double expected = (above - below) / (2 * H);
                    Assert.Equal(expected, gradient[i], 2e-5 * Math.Max(1, Math.Abs(expected)));
                }
            }
        }

        // What has the gradients that the run was given.
        double Sum()
        {
            NaiveRecurrence naive = Naive(run, isMasked, hidden, cells);
            double[] all = naive.Forward(projected, run.Weight, run.GateCount, NaiveRecurrence.Next(run.Kind));
            return Dot(Taken(all, run.Shape), run.ResultGradient)
                + Dot(Taken(all, run.Shape with { LastOnly = true }), run.LastHiddenGradient)
                + ((RecurrentKind)kind == RecurrentKind.Lstm ? Dot(naive.LastStates, run.LastCellGradient) : 0);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void One_call_for_each_step_and_any_number_of_threads_give_the_same_bits(
        int kind, int units, bool reverse, bool lastOnly, bool isMasked)
    {
        using RecurrentRun looped = Run(kind, units, reverse, lastOnly, isMasked);
        ThreadSettings.ForEachCount([1], _ => looped.Train(Steps));
        ThreadSettings.ForEachCount([1, 3], _ =>
        {
            using RecurrentRun unrolled = Run(kind, units, reverse, lastOnly, isMasked);
            unrolled.Train(stepsAtOnce: 1);
            looped.AssertSameBits(unrolled);
        });
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void State_that_is_too_short_is_refused(int state)
    {
        using KernelMemory memory = new();
        FloatSpan some = memory.Zeros(64), few = memory.Zeros(1);
        ArgumentException error = Assert.Throws<ArgumentException>(() => SimpleRnn.Backward(
            some, some, some, some, some, 2, new RecurrentShape(3, 1), 0, 3, new Tanh(),
            lastHiddenGradient: state == 2 ? few : default, initialHiddenGradient: state == 3 ? few : default));
        Assert.Contains(state == 2 ? "last" : "initial", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<ArgumentException>(() => SimpleRnn.Forward(
            some, some, default, default, some, 2, new RecurrentShape(3, 1), 0, 3, new Tanh(), initialHidden: few));
        Assert.Contains("initialHidden", error.Message, StringComparison.Ordinal);
    }

    private static bool IsPadding(int row) => row % 3 == 1 || row is 0 or 19 or (>= 8 and < 12);

    private static RecurrentRun Run(int kind, int units, bool reverse, bool lastOnly, bool isMasked) => new(
        (RecurrentKind)kind, Batch, new RecurrentShape(Steps, units) { Reverse = reverse, LastOnly = lastOnly },
        isMasked ? IsPadding : null, hasStates: true);

    private static NaiveRecurrence Naive(RecurrentRun run, bool isMasked, double[] hidden, double[] states) =>
        new(Batch, Steps, run.Shape.Units, run.Shape.Reverse, isMasked ? IsPadding : null)
        {
            InitialHidden = hidden,
            InitialStates = states,
        };

    private static double[] Outputs(NaiveRecurrence naive, RecurrentRun run) => Taken(
        naive.Forward(run.Projected, run.Weight, run.GateCount, NaiveRecurrence.Next(run.Kind)), run.Shape);

    private static double[] Taken(double[] all, RecurrentShape shape)
    {
        int last = shape.StepAt(shape.Steps - 1).Position * shape.Units;
        return shape.LastOnly
            ? [.. all.Chunk(shape.Steps * shape.Units).SelectMany(sample => sample[last..(last + shape.Units)])]
            : all;
    }

    private static double[] DoublesOf(FloatSpan values) => [.. values.AsSpan().ToArray().Select(x => (double)x)];

    private static double Dot(double[] values, FloatSpan gradient) => values.Select((x, i) => x * gradient[i]).Sum();

    private static void AssertClose(double[] expected, FloatSpan actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-5);
        }
    }
}
