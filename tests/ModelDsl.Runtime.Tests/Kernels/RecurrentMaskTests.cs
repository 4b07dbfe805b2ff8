namespace ModelDsl.Runtime.Tests.Kernels;

/// <summary>
/// The recurrent kernels over steps of padding, whose inputs are no numbers, between guard pages. The gradients of
/// steps between others are checked on whole models.
/// </summary>
public sealed class RecurrentMaskTests
{
    public static TheoryData<int, int, bool, bool> Cases
    {
        get
        {
            TheoryData<int, int, bool, bool> data = [];
            foreach (int kind in (int[])[(int)RecurrentKind.SimpleRnn, (int)RecurrentKind.Gru, (int)RecurrentKind.Lstm])
            {
                foreach (int units in (int[])[1, 5, 16, 33])
                {
                    data.Add(kind, units, false, false);
                    data.Add(kind, units, true, false);
                    data.Add(kind, units, false, true);
                    data.Add(kind, units, true, true);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_step_of_padding_keeps_the_states_of_the_one_before(int kind, int units, bool reverse, bool lastOnly)
    {
        const int Batch = 5, Steps = 6;
        var shape = new RecurrentShape(Steps, units) { Reverse = reverse, LastOnly = lastOnly };
        static bool IsPadding(int row) => row % 3 == 1 || row is 0 or (>= 12 and < 18) or 23;
        using var run = new RecurrentRun((RecurrentKind)kind, Batch, shape, IsPadding);
        double[] all = new NaiveRecurrence(Batch, Steps, units, reverse, IsPadding)
            .Forward(run.Projected, run.Weight, run.GateCount, NaiveRecurrence.Next((RecurrentKind)kind));
        int last = reverse ? 0 : Steps - 1;
        double[] expected = lastOnly
            ? [.. all.Chunk(Steps * units).SelectMany(sample => sample[(last * units)..((last + 1) * units)])]
            : all;
        run.Train(Steps);
        AssertClose(expected, run.Result);
        run.Predict();
        AssertClose(expected, run.Result);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_is_filled_up_has_the_outputs_and_gradients_of_the_shorter_sequence(
        int kind, int units, bool reverse, bool lastOnly)
    {
        const int Batch = 4, Words = 3, Steps = 5;
        var shape = new RecurrentShape(Steps, units) { Reverse = reverse, LastOnly = lastOnly };
        using var filled = new RecurrentRun((RecurrentKind)kind, Batch, shape, row => row % Steps >= Words);
        using var shorter = new RecurrentRun((RecurrentKind)kind, Batch, shape with { Steps = Words });
        int width = filled.GateCount * units;
        for (int sample = 0; sample < Batch; sample++)
        {
            OfWords(shorter.Projected, width).CopyTo(Filled(filled.Projected, width));
            if (!lastOnly)
            {
                // Who leaves padding out as well has no gradient for it.
                filled.ResultGradient.Slice(((sample * Steps) + Words) * units, (Steps - Words) * units)
                    .AsSpan().Clear();
                OfWords(shorter.ResultGradient, units).CopyTo(Filled(filled.ResultGradient, units));
            }

            Span<float> OfWords(FloatSpan values, int columns) =>
                values.Slice(sample * Words * columns, Words * columns).AsSpan();

            Span<float> Filled(FloatSpan values, int columns) =>
                values.Slice(sample * Steps * columns, Words * columns).AsSpan();
        }

        filled.Train(Steps);
        shorter.Train(Words);
        for (int sample = 0; sample < Batch; sample++)
        {
            AssertSame(shorter.Result, filled.Result, lastOnly ? 1 : Words, lastOnly ? 1 : Steps, units);
            AssertSame(shorter.ProjectedGradient, filled.ProjectedGradient, Words, Steps, width);
            AssertSame(shorter.ProductGradient, filled.ProductGradient, Words, Steps, width);
            AssertZero(filled.ProjectedGradient);
            AssertZero(filled.ProductGradient);

            void AssertSame(FloatSpan expected, FloatSpan actual, int words, int steps, int columns) => Assert.Equal(
                expected.Slice(sample * words * columns, words * columns).AsSpan().ToArray(),
                actual.Slice(sample * steps * columns, words * columns).AsSpan().ToArray());

            void AssertZero(FloatSpan gradient) => Assert.All(
                gradient.Slice(((sample * Steps) + Words) * width, (Steps - Words) * width).AsSpan().ToArray(),
                value => Assert.Equal(0f, value));
        }
    }

    private static void AssertClose(double[] expected, FloatSpan actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-5);
        }
    }
}
