namespace ModelDsl.Runtime.Tests.Training;

public sealed class WeightAverageTests
{
    [Theory]
    [InlineData(0.9f, true)]
    [InlineData(0.9f, false)]
    [InlineData(1f, true)]
    [InlineData(0f, true)]
    public void The_average_weights_updates_by_their_age(float decay, bool biasCorrection)
    {
        LinearModel model = OptimizerCases.CreateModel();
        var average = new WeightAverage(model) { Decay = decay, BiasCorrection = biasCorrection };
        var seen = new List<float>();
        for (int step = 1; step <= 50; step++)
        {
            model.Parameters[3] = MathF.Sin(step);
            seen.Add(model.Parameters[3]);
            average.Update();
            double expected = biasCorrection
                ? seen.Select((value, i) => value * Weight(step - 1 - i)).Sum() / seen.Select((_, i) => Weight(step - 1 - i)).Sum()
                : seen.Skip(1).Aggregate((double)seen[0], (mean, value) => (decay * mean) + ((1.0 - decay) * value));
            using (average.Apply())
            {
                Assert.Equal(expected, model.Parameters[3], 1e-6);
            }

            Assert.Equal(MathF.Sin(step), model.Parameters[3]);
        }

        Assert.Equal(50, average.UpdateCount);
        double Weight(int age) => Math.Pow(decay, age);
    }

    [Fact]
    public void Weights_that_stay_are_their_own_average_to_the_bit()
    {
        LinearModel model = OptimizerCases.CreateModel();
        var average = new WeightAverage(model);
        float[] before = model.Parameters.ToArray();
        for (int step = 0; step < 10; step++)
        {
            average.Update();
        }

        using (average.Apply())
        {
            Assert.Equal(before, model.Parameters.ToArray());
        }
    }

    [Fact]
    public void Before_the_first_update_it_is_the_weights_as_they_were()
    {
        LinearModel model = OptimizerCases.CreateModel();
        float[] initial = model.Parameters.ToArray();
        var average = new WeightAverage(model);
        model.Parameters.Fill(1f);
        AppliedAverage applied = average.Apply();
        Assert.True(average.IsApplied);
        Assert.Equal(initial, model.Parameters.ToArray());
        applied.Dispose();
        applied.Dispose();
        Assert.All(model.Parameters.ToArray(), value => Assert.Equal(1f, value));
        Assert.False(average.IsApplied);
    }

    [Fact]
    public void While_it_is_applied_nothing_else_is_done_with_it()
    {
        LinearModel model = OptimizerCases.CreateModel();
        var average = new WeightAverage(model);
        OptimizerState state = average.GetState();
        using AppliedAverage applied = average.Apply();
        foreach (Action action in new Action[]
            { average.Update, () => average.Apply(), () => average.GetState(), () => average.SetState(state) })
        {
            var exception = Assert.Throws<InvalidOperationException>(action);
            Assert.StartsWith("expected the Linear's own weights, but it has their average", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_restored_average_continues_with_the_same_bits()
    {
        LinearModel model = OptimizerCases.CreateModel();
        var through = new WeightAverage(model) { Decay = 0.9f };
        WeightAverage? resumed = null;
        var optimizer = new Adam { LearningRate = 0.1f };
        for (int step = 1; step <= 20; step++)
        {
            OptimizerCases.Run(optimizer, model, step, count: 1);
            through.Update();
            resumed?.Update();
            if (step == 7)
            {
                OptimizerState state = through.GetState();
                resumed = new WeightAverage(model) { Decay = 0.9f };
                resumed.SetState(state);
            }
        }

        Assert.Equal(through.GetState().Tensors[0].Values.ToArray(), resumed!.GetState().Tensors[0].Values.ToArray());
        Assert.Equal(20, resumed.UpdateCount);
    }

    [Fact]
    public void State_that_does_not_fit_is_refused()
    {
        var average = new WeightAverage(OptimizerCases.CreateModel());
        OptimizerState state = average.GetState();
        foreach (OptimizerState wrong in new[]
            {
                state with { Kind = "Adam" },
                state with { StepCount = -1 },
                state with { Tensors = [] },
                state with { Tensors = default },
                state with { Tensors = [state.Tensors[0] with { Name = "mean" }] },
                state with { Tensors = [state.Tensors[0] with { Values = new float[3] }] },
            })
        {
            var exception = Assert.Throws<ArgumentException>(() => average.SetState(wrong));
            Assert.StartsWith("expected the state of a WeightAverage of 112 values, got ", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_decay_out_of_range_is_refused()
    {
        LinearModel model = OptimizerCases.CreateModel();
        Assert.Throws<ArgumentOutOfRangeException>(() => new WeightAverage(model) { Decay = 1.1f });
        Assert.Throws<ArgumentOutOfRangeException>(() => new WeightAverage(model) { Decay = float.NaN });
    }

    [Fact]
    public void Updates_and_exchanges_allocate_nothing()
    {
        LinearModel model = OptimizerCases.CreateModel();
        var average = new WeightAverage(model);
        Work();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Work();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Work()
        {
            average.Update();
            average.Apply().Dispose();
        }
    }
}
