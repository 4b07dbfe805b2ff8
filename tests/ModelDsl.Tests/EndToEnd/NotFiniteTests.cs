namespace ModelDsl.Tests.EndToEnd;

/// <summary>A batch that is no good leaves a model as it was.</summary>
public sealed class NotFiniteTests
{
    [Fact]
    public void Gradient_that_is_not_a_number_stops_the_training_before_the_step_though_the_loss_is_finite()
    {
        // √0 is 0, and its slope there is 1/0; times a gradient of 0 that is not a number.
        var model = new SquareRoots(seed: 1);
        float[] before = model.Parameters.ToArray();
        var trainer = new Trainer<SquareRoots>(model, new Adam());
        Dataset dataset = Dataset.FromValues(new Shape(2), [0f, 0f], [1f]);
        float loss = new SquareRoots(seed: 1).ComputeLoss([0f, 0f], new float[] { 1f });
        Assert.True(float.IsFinite(loss));
        NotFiniteNumberException exception = Assert.ThrowsAny<NotFiniteNumberException>(() => trainer.Fit(dataset));
        Assert.Matches(
            @"^SquareRoots: the loss is \S+, but a gradient of dense1\.(weight|bias) became (NaN|-?Infinity|-?∞) in epoch 1, batch 1 of 1 "
                + @"\(step 1\); look for what has no finite slope there, such as a square root at 0; or for gradients that explode",
            exception.Message);
        Assert.Equal(before, model.Parameters);
        Assert.Equal(0, model.TrainingStep);
    }

    [Theory]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NaN)]
    public void Statistics_survive_a_batch_that_is_not_finite_and_training_goes_on(float bad)
    {
        const int Count = 8;
        float[] samples = [.. Enumerable.Range(0, Count * 60).Select(i => MathF.Sin(i))];
        Dataset dataset = Dataset.FromLabels(new Shape(5, 6, 2), samples, [0, 1, 2, 0, 1, 2, 0, 1]);
        var model = new BatchNormAfterConvolution(seed: 1);
        var trainer = new Trainer<BatchNormAfterConvolution>(model, new Adam());
        trainer.Fit(dataset, batchSize: 4);
        float[] before = model.Parameters.ToArray();
        long step = model.TrainingStep;
        float good = samples[7];
        samples[7] = bad;
        NotFiniteNumberException exception =
            Assert.ThrowsAny<NotFiniteNumberException>(() => trainer.Fit(dataset, batchSize: Count));
        Assert.Contains("epoch 2, batch 1 of 1", exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, model.Parameters);
        Assert.Equal(step, model.TrainingStep);
        samples[7] = good;
        Assert.True(double.IsFinite(trainer.Fit(dataset, batchSize: 4, validation: dataset).Last.ValidationLoss!.Value));
    }

    [Theory]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NaN)]
    public void Statistics_survive_a_batch_that_is_not_finite_in_a_loop_of_ones_own(float bad)
    {
        const int Count = 8;
        float[] samples = [.. Enumerable.Range(0, Count * 60).Select(i => MathF.Sin(i))];
        int[] labels = [0, 1, 2, 0, 1, 2, 0, 1];
        var model = new BatchNormAfterConvolution(seed: 1);
        model.ComputeGradients(samples, labels);
        float[] before = model.Parameters.ToArray();
        float good = samples[7];
        samples[7] = bad;
        model.ComputeGradients(samples, labels);
        Assert.Equal(before, model.Parameters);
        samples[7] = good;
        model.ComputeGradients(samples, labels);
        Assert.NotEqual(before, model.Parameters.ToArray());
        Assert.True(float.IsFinite(model.ComputeLoss(samples, labels)));
    }

    [Fact]
    public void Statistics_survive_a_label_out_of_range()
    {
        float[] samples = [.. Enumerable.Range(0, 4 * 60).Select(i => MathF.Sin(i))];
        int[] labels = [0, 1, 2, 0];
        Dataset dataset = Dataset.FromLabels(new Shape(5, 6, 2), samples, labels);
        var model = new BatchNormAfterConvolution(seed: 1);
        float[] before = model.Parameters.ToArray();
        labels[3] = 17;
        Assert.Throws<ArgumentException>(
            () => new Trainer<BatchNormAfterConvolution>(model, new Sgd()).Fit(dataset, batchSize: 4));
        Assert.Equal(before, model.Parameters);
    }

    [Fact]
    public void Frozen_tensors_and_statistics_are_told_apart()
    {
        Assert.Equal(
            ["batchNorm1.runningMean", "batchNorm1.runningVariance", "batchNorm2.runningMean", "batchNorm2.runningVariance"],
            BatchNormOnVectors.Architecture.Parameters.Where(parameter => parameter.IsStatistic).Select(parameter => parameter.Name));
        Assert.DoesNotContain(BatchNormFrozen.Architecture.Parameters, parameter => parameter.IsStatistic);
    }
}
