namespace ModelDsl.Runtime.Tests.Training;

public sealed class TrainingStatisticsTests
{
    [Fact]
    public void Values_have_mean_deviation_norm_largest_and_zeros()
    {
        ValueStatistics values = ValueStatistics.Of([0, 3, -4, 1]);
        Assert.Equal((4, 0.25), (values.Largest, values.ZeroShare));
        Assert.Equal(Math.Sqrt(26), values.Norm, 1e-15);
        Assert.Equal(0, values.Mean);
        Assert.Equal(Math.Sqrt(6.5), values.StandardDeviation, 1e-15);

        // Its square is 0 as a float.
        Assert.Equal(1e-30f, ValueStatistics.Of([1e-30f]).Norm, 1e-36);
        Assert.True(double.IsNaN(ValueStatistics.Of([1, float.NaN]).Norm));
        Assert.True(double.IsNaN(ValueStatistics.Of([]).Mean));
    }

    [Fact]
    public void Every_so_many_steps_each_tensor_is_looked_at()
    {
        var model = new LinearModel(new Shape(1), 1, LossKind.MeanSquaredError);
        var statistics = new TrainingStatistics(every: 2);
        Dataset data = Dataset.FromValues(new Shape(1), [1f, 2f, 3f, 4f, 5f], [2f, 4f, 6f, 8f, 10f]);
        new Trainer<LinearModel>(model, new Sgd { LearningRate = 0f }).Fit(data, batchSize: 1, observer: statistics);

        Assert.Equal(
            [(2, "dense1.weight"), (2, "dense1.bias"), (4, "dense1.weight"), (4, "dense1.bias")],
            statistics.All.Select(seen => (seen.Step, seen.Tensor)));
        Assert.Equal(Math.Abs(model.Parameters[0]), statistics.All[0].Parameters.Norm, 1e-12);
        Assert.NotEqual(0, statistics.All[0].Gradients.Norm);
    }

    [Fact]
    public void The_table_shows_the_last_step_and_the_csv_all()
    {
        var model = new LinearModel(new Shape(1), 1, LossKind.MeanSquaredError);
        model.Parameters[0] = 2;
        model.Gradients[16] = -0.5f;
        var statistics = new TrainingStatistics();
        Assert.Equal("", statistics.ToTable());
        statistics.Add(model, 3);
        statistics.Add(model, 7);

        Assert.Equal(3, statistics.ToTable().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        string[] lines = statistics.ToCsv().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(5, lines.Length);
        Assert.Equal("3,dense1.weight,2,0,2,2,0,0,0,0,0,1", lines[1]);
        Assert.Equal("7,dense1.bias,0,0,0,0,1,-0.5,0,0.5,0.5,0", lines[4]);
    }
}
