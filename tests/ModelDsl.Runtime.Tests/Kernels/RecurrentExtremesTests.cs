namespace ModelDsl.Runtime.Tests.Kernels;

/// <summary>The recurrent kernels with huge inputs, inputs that are no numbers, and long sequences.</summary>
public sealed class RecurrentExtremesTests
{
    public static TheoryData<int, int> Kinds
    {
        get
        {
            TheoryData<int, int> data = [];
            foreach (int units in (int[])[1, 5, 16, 33])
            {
                data.Add((int)RecurrentKind.Lstm, units);
                data.Add((int)RecurrentKind.Gru, units);
                data.Add((int)RecurrentKind.SimpleRnn, units);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_NaN_reaches_its_sample_from_its_step_on_and_no_other(int kind, int units)
    {
        const int Batch = 7, Steps = 5, Sample = 3, Step = 2;
        var shape = new RecurrentShape(Steps, units);
        using var clean = new RecurrentRun((RecurrentKind)kind, Batch, shape);
        using var run = new RecurrentRun((RecurrentKind)kind, Batch, shape);
        int width = run.GateCount * units;
        run.Projected[(((Sample * Steps) + Step) * width) + (units / 2)] = float.NaN;
        clean.Train(Steps);
        run.Train(Steps);
        for (int row = 0; row < Batch * Steps; row++)
        {
            (int sample, int step) = Math.DivRem(row, Steps);
            for (int unit = 0; unit < units; unit++)
            {
                int place = (row * units) + unit;
                bool isReached = sample == Sample && (step > Step || (step == Step && unit == units / 2));
                if (isReached)
                {
                    Assert.True(
                        float.IsNaN(run.Result[place]),
                        $"{run.Result[place]} in sample {sample}, step {step}, unit {unit}");
                }
                else
                {
                    Assert.Equal(clean.Result[place], run.Result[place]);
                }
            }

            if (sample != Sample)
            {
                Assert.Equal(
                    clean.ProjectedGradient.Slice(row * width, width).AsSpan().ToArray(),
                    run.ProjectedGradient.Slice(row * width, width).AsSpan().ToArray());
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Huge_and_infinite_inputs_saturate_and_take_no_gradient(int kind, int units)
    {
        foreach (float input in new[] { 1e30f, -1e30f, float.PositiveInfinity, float.NegativeInfinity })
        {
            const int Batch = 3, Steps = 4;
            using var run = new RecurrentRun((RecurrentKind)kind, Batch, new RecurrentShape(Steps, units));
            run.Projected.AsSpan().Fill(input);
            run.Train(Steps);
            Check(training: true);
            Assert.All(run.ProjectedGradient.AsSpan().ToArray(), value => Assert.Equal(0f, value));
            run.Predict();
            Check(training: false);

            void Check(bool training)
            {
                for (int i = 0; i < run.Result.Length; i++)
                {
                    int step = i / units % Steps;
                    double expected = (RecurrentKind)kind switch
                    {
                        RecurrentKind.Lstm => input > 0 ? Math.Tanh(step + 1) : 0,
                        RecurrentKind.Gru => input > 0 ? 0 : -1,
                        _ => Math.Sign(input),
                    };
                    Assert.True(
                        Math.Abs(expected - run.Result[i]) < 1e-6,
                        $"{run.Result[i]} at step {step}, training: {training}");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Thousands_of_steps_stay_finite_and_close_to_double_precision(int kind, int units)
    {
        const int Batch = 2, Steps = 2000;
        using var run = new RecurrentRun((RecurrentKind)kind, Batch, new RecurrentShape(Steps, units));
        foreach (ref float weight in run.Weight.AsSpan())
        {
            weight *= 0.3f / MathF.Sqrt(units);
        }

        run.Train(Steps);
        Func<double[], double[], double, double, (double Hidden, double State)> next = (RecurrentKind)kind switch
        {
            RecurrentKind.Lstm => (x, products, _, cell) => NextOfLstm(x, products, cell),
            RecurrentKind.Gru => (x, products, before, _) => NextOfGru(x, products, before),
            _ => (x, products, _, _) => (Math.Tanh(x[0] + products[0]), 0),
        };
        double[] expected = new NaiveRecurrence(Batch, Steps, units, reverse: false)
            .Forward(run.Projected, run.Weight, run.GateCount, next);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(
                Math.Abs(expected[i] - run.Result[i]) < 1e-5, $"expected {expected[i]}, got {run.Result[i]} at {i}");
        }

        Assert.All(run.ProjectedGradient.AsSpan().ToArray(), value => Assert.True(float.IsFinite(value)));

        static (double Hidden, double State) NextOfLstm(double[] x, double[] products, double cell)
        {
            double state = (Gate(x, products, 1) * cell) + (Gate(x, products, 0) * Math.Tanh(x[2] + products[2]));
            return (Gate(x, products, 3) * Math.Tanh(state), state);
        }

        static (double Hidden, double State) NextOfGru(double[] x, double[] products, double before)
        {
            double update = Gate(x, products, 1);
            double candidate = Math.Tanh(x[2] + (Gate(x, products, 0) * products[2]));
            return (((1 - update) * candidate) + (update * before), 0);
        }

        static double Gate(double[] x, double[] products, int gate) =>
            NaiveRecurrence.Sigmoid(x[gate] + products[gate]);
    }
}
