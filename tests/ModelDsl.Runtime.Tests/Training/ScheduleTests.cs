namespace ModelDsl.Runtime.Tests.Training;

public sealed class ScheduleTests
{
    [Fact]
    public void Cosine_with_restarts_begins_anew_with_each_cycle()
    {
        LearningRateSchedule equal = LearningRateSchedule.CosineWithRestarts(0.1f, 10, final: 0.02f);
        LearningRateSchedule growing = LearningRateSchedule.CosineWithRestarts(0.1f, 10, cycleFactor: 2, final: 0.02f);
        LearningRateSchedule cosine = LearningRateSchedule.Cosine(0.1f, 10, 0.02f);
        for (int step = 0; step < 100; step++)
        {
            Assert.Equal(cosine.RateAt(step % 10), equal.RateAt(step));
            (int start, int length) = step switch { < 10 => (0, 10), < 30 => (10, 20), < 70 => (30, 40), _ => (70, 80) };
            Assert.Equal(
                0.02f + ((0.1f - 0.02f) * 0.5 * (1 + Math.Cos(Math.PI * (step - start) / length))), growing.RateAt(step), 1e-7);
        }

        // Steps of any size are found without counting cycle by cycle.
        Assert.Equal(equal.RateAt(3), equal.RateAt(long.MaxValue / 100 * 10 + 3));
        Assert.InRange(growing.RateAt(long.MaxValue / 4), 0.02f, 0.1f);
    }

    [Fact]
    public void After_a_warm_up_as_long_as_its_scale_the_inverse_square_root_is_that_of_the_transformer()
    {
        // Vaswani et al. (2017): width^-0.5 · min(step^-0.5, step · warmUp^-1.5), with the step from 1 on.
        const int WarmUp = 40;
        double peak = Math.Pow(WarmUp, -0.5);
        LearningRateSchedule schedule =
            LearningRateSchedule.InverseSquareRoot((float)peak, WarmUp).WithWarmUp(WarmUp, startFactor: 0f);
        for (int step = 0; step < 100; step++)
        {
            Assert.Equal(Math.Min(1 / Math.Sqrt(Math.Max(step, 1)), step * Math.Pow(WarmUp, -1.5)), schedule.RateAt(step), 1e-6);
        }
    }

    [Fact]
    public void Schedules_follow_each_other_each_from_its_own_beginning()
    {
        LearningRateSchedule schedule = LearningRateSchedule.Constant(1f)
            .Then(3, LearningRateSchedule.Step(0.5f, every: 2, factor: 0.5f))
            .Then(8, LearningRateSchedule.From(step => 10 + step));
        Assert.Equal(
            [1f, 1f, 1f, 0.5f, 0.5f, 0.25f, 0.25f, 0.125f, 10f, 11f],
            Enumerable.Range(0, 10).Select(step => schedule.RateAt(step)));
    }

    [Fact]
    public void A_warm_up_ends_where_the_schedule_begins()
    {
        LearningRateSchedule schedule = LearningRateSchedule.Cosine(0.8f, 10).WithWarmUp(4, startFactor: 0.5f);
        Assert.Equal([0.4f, 0.5f, 0.6f, 0.7f, 0.8f], Enumerable.Range(0, 5).Select(step => schedule.RateAt(step)));
        Assert.Equal(0f, schedule.RateAt(14));
        Assert.Equal(0f, schedule.RateAt(1000));
    }

    [Fact]
    public void Every_schedule_stays_where_it_ends()
    {
        Assert.Equal(0.2f, LearningRateSchedule.Polynomial(1f, 5, 3f, final: 0.2f).RateAt(long.MaxValue));
        Assert.Equal(0.2f, LearningRateSchedule.Cosine(1f, 5, final: 0.2f).RateAt(long.MaxValue));
        LearningRateSchedule cycle = LearningRateSchedule.OneCycle(1f, 10);
        Assert.Equal(1f / 25f / 1e4f, cycle.RateAt(9), 1e-9f);
        Assert.Equal(cycle.RateAt(9), cycle.RateAt(long.MaxValue));
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(0.05f)]
    [InlineData(0.1f)]
    [InlineData(0.5f)]
    [InlineData(1f)]
    public void One_cycle_is_finite_for_every_part_that_rises(float rising)
    {
        for (int steps = 2; steps < 25; steps++)
        {
            LearningRateSchedule schedule = LearningRateSchedule.OneCycle(1f, steps, rising);
            Assert.All(Enumerable.Range(0, steps + 3), step => Assert.InRange(schedule.RateAt(step), 0f, 1f));
        }
    }

    [Fact]
    public void The_rate_depends_on_the_step_alone() => Gen.Long[0, 100_000].Array[1, 20].Sample(steps =>
    {
        LearningRateSchedule schedule = LearningRateSchedule.CosineWithRestarts(0.1f, 7, 2).WithWarmUp(5);
        float[] forward = [.. steps.Select(schedule.RateAt)];
        Assert.Equal(forward, steps.Reverse().Select(schedule.RateAt).Reverse());
    }, iter: 50);

    [Fact]
    public void Arguments_out_of_range_are_refused_by_name()
    {
        AssertRefused("rate", () => LearningRateSchedule.Constant(-1f));
        AssertRefused("every", () => LearningRateSchedule.Step(1f, 0));
        AssertRefused("factor", () => LearningRateSchedule.Exponential(1f, float.NaN));
        AssertRefused("steps", () => LearningRateSchedule.Polynomial(1f, 0));
        AssertRefused("power", () => LearningRateSchedule.Polynomial(1f, 1, -1f));
        AssertRefused("final", () => LearningRateSchedule.Cosine(1f, 1, float.PositiveInfinity));
        AssertRefused("cycle", () => LearningRateSchedule.CosineWithRestarts(1f, 0));
        AssertRefused("cycleFactor", () => LearningRateSchedule.CosineWithRestarts(1f, 1, 0));
        AssertRefused("steps", () => LearningRateSchedule.OneCycle(1f, 1));
        AssertRefused("rising", () => LearningRateSchedule.OneCycle(1f, 10, 1.1f));
        AssertRefused("startDivisor", () => LearningRateSchedule.OneCycle(1f, 10, startDivisor: 0f));
        AssertRefused("endDivisor", () => LearningRateSchedule.OneCycle(1f, 10, endDivisor: float.NaN));
        AssertRefused("scale", () => LearningRateSchedule.InverseSquareRoot(1f, 0));
        AssertRefused("startFactor", () => LearningRateSchedule.Constant(1f).WithWarmUp(3, 1.5f));
        AssertRefused("steps", () => LearningRateSchedule.Constant(1f).WithWarmUp(0));
        AssertRefused("steps", () => LearningRateSchedule.Constant(1f).Then(0, LearningRateSchedule.Constant(1f)));
        AssertRefused("step", () => LearningRateSchedule.Constant(1f).RateAt(-1));
        Assert.Throws<ArgumentNullException>(() => LearningRateSchedule.From(null!));
        Assert.Throws<ArgumentNullException>(() => LearningRateSchedule.Constant(1f).Then(1, null!));
    }

    [Fact]
    public void A_plateau_is_counted_for_figures_of_both_directions_and_signs()
    {
        // Minus the log-likelihood may be negative: what stands still is a plateau there too.
        var negative = new ReduceOnPlateau(1f) { Patience = 1 };
        Assert.Equal([false, false, true], new[] { -5.0, -5.0, -5.0 }.Select(figure => negative.Report(figure)));
        var accuracy = new ReduceOnPlateau(1f) { Patience = 0, IsThresholdAbsolute = true, Threshold = 0.1f };
        Assert.Equal(
            [false, false, true, false, true],
            new[] { 0.5, 0.7, 0.75, 0.9, double.NaN }.Select(figure => accuracy.Report(figure, higherIsBetter: true)));
        Assert.Equal(0.01f, accuracy.LearningRate, 1e-7f);
    }

    [Fact]
    public void A_restored_plateau_continues_alike()
    {
        var random = new System.Random(1);
        double[] metrics = [.. Enumerable.Range(0, 60).Select(_ => random.NextDouble())];
        ReduceOnPlateau through = Create(), first = Create(), second = Create();
        foreach (double metric in metrics)
        {
            through.Report(metric);
        }

        foreach (double metric in metrics[..23])
        {
            first.Report(metric);
        }

        second.State = first.State;
        foreach (double metric in metrics[23..])
        {
            second.Report(metric);
        }

        Assert.Equal(through.State, second.State);
        Assert.True(through.LearningRate < 0.1f);
        Assert.Throws<ArgumentOutOfRangeException>(() => second.State = second.State with { BadReports = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => second.State = second.State with { LearningRate = float.NaN });

        ReduceOnPlateau Create() => new(0.1f) { Patience = 4, Cooldown = 3, Factor = 0.7f };
    }

    [Fact]
    public void Settings_of_a_plateau_out_of_range_are_refused()
    {
        AssertRefused("learningRate", () => new ReduceOnPlateau(-1f));
        AssertRefused("Factor", () => new ReduceOnPlateau(1f) { Factor = 1f });
        AssertRefused("Patience", () => new ReduceOnPlateau(1f) { Patience = -1 });
        AssertRefused("Cooldown", () => new ReduceOnPlateau(1f) { Cooldown = -1 });
        AssertRefused("Threshold", () => new ReduceOnPlateau(1f) { Threshold = -1f });
        AssertRefused("MinLearningRate", () => new ReduceOnPlateau(1f) { MinLearningRate = float.NaN });
    }

    private static void AssertRefused(string name, Func<object> action) =>
        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(action).ParamName);
}
