namespace ModelDsl.Runtime.Tests.Training;

public sealed class LearningRateRangeTestTests
{
    [Fact]
    public void Loss_falls_and_then_grows_and_the_suggestion_lies_where_it_falls()
    {
        LearningRateRange range = LearningRateRangeTest.Run(CreateModel(), new Sgd(), Data(), 1e-5f, 100f, steps: 200);
        Assert.InRange(range.Points.Length, 20, 199);
        Assert.Equal(1e-5f, range.Points[0].LearningRate);
        LearningRatePoint best = range.Points.MinBy(point => point.SmoothedLoss);
        Assert.True(best.SmoothedLoss < 0.8 * range.Points[0].Loss);
        Assert.NotNull(range.Suggestion);
        Assert.InRange(range.Suggestion.Value, 1e-3f, best.LearningRate);
        for (int i = 1; i < range.Points.Length; i++)
        {
            Assert.Equal(Math.Pow(1e7, 1.0 / 199), range.Points[i].LearningRate / range.Points[i - 1].LearningRate, 1e-4);
        }
    }

    [Fact]
    public void Model_and_optimizer_are_as_they_were()
    {
        LinearModel tested = CreateModel(), plain = CreateModel();
        var optimizer = new Adam { LearningRate = 0.02f };
        var other = new Adam { LearningRate = 0.02f };
        OptimizerCases.Run(optimizer, tested, first: 1, count: 3);
        OptimizerCases.Run(other, plain, first: 1, count: 3);
        LearningRateRangeTest.Run(tested, optimizer, Data(), to: 1000f, batchSize: 7);
        Assert.Equal(plain.TrainingStep, tested.TrainingStep);
        Assert.Equal(0.02f, optimizer.LearningRate);
        Assert.Equal(3, optimizer.StepCount);
        OptimizerCases.Run(optimizer, tested, first: 4, count: 3);
        OptimizerCases.Run(other, plain, first: 4, count: 3);
        Assert.Equal(plain.Parameters.ToArray(), tested.Parameters.ToArray());
    }

    [Fact]
    public void Cancellation_leaves_the_model_as_it_was()
    {
        using var source = new CancellationTokenSource();
        int calls = 0;
        LinearModel model = new(new Shape(4), 2, LossKind.MeanSquaredError, seed: 1)
        {
            OnTrained = _ =>
            {
                if (++calls == 5)
                {
                    source.Cancel();
                }
            },
        };
        float[] before = model.Parameters.ToArray();
        Assert.Throws<OperationCanceledException>(
            () => LearningRateRangeTest.Run(model, new Sgd(), Data(), cancellationToken: source.Token));
        Assert.Equal(5, calls);
        Assert.Equal(before, model.Parameters.ToArray());
        Assert.Equal(0, model.TrainingStep);
    }

    [Fact]
    public void The_same_seed_measures_the_same()
    {
        LearningRateRange first = LearningRateRangeTest.Run(CreateModel(), new Sgd(), Data(), batchSize: 8, seed: 4);
        LearningRateRange second = LearningRateRangeTest.Run(CreateModel(), new Sgd(), Data(), batchSize: 8, seed: 4);
        LearningRateRange third = LearningRateRangeTest.Run(CreateModel(), new Sgd(), Data(), batchSize: 8, seed: 5);
        Assert.Equal(first.Points.ToArray(), second.Points.ToArray());
        Assert.NotEqual(first.Points.ToArray(), third.Points.ToArray());
    }

    [Fact]
    public void A_loss_that_is_not_finite_ends_the_test_without_a_point()
    {
        LinearModel model = CreateModel();
        model.Parameters.Fill(1e30f);
        LearningRateRange range = LearningRateRangeTest.Run(model, new Sgd(), Data());
        Assert.Empty(range.Points);
        Assert.Null(range.Suggestion);
        Assert.All(model.Parameters.ToArray(), value => Assert.Equal(1e30f, value));
    }

    [Fact]
    public void Arguments_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateRangeTest.Run(CreateModel(), new Sgd(), Data(), from: 0f));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateRangeTest.Run(CreateModel(), new Sgd(), Data(), 1f, 1f));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => LearningRateRangeTest.Run(CreateModel(), new Sgd(), Data(), to: float.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateRangeTest.Run(CreateModel(), new Sgd(), Data(), steps: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateRangeTest.Run(CreateModel(), new Sgd(), Data(), batchSize: 0));
    }

    private static LinearModel CreateModel() => new(new Shape(4), 2, LossKind.MeanSquaredError, seed: 1);

    private static Dataset Data()
    {
        float[] samples = new float[100 * 4], values = new float[100 * 2];
        new Philox(3).FillUniform(samples, -1f, 1f);
        for (int i = 0; i < 100; i++)
        {
            values[2 * i] = 3 * samples[4 * i];
            values[(2 * i) + 1] = samples[(4 * i) + 1] - samples[(4 * i) + 2];
        }

        return Dataset.FromValues(new Shape(4), samples, values);
    }
}
