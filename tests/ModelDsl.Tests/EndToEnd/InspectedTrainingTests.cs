namespace ModelDsl.Tests.EndToEnd;

/// <summary>What is seen of a training whose model keeps the outputs of its layers.</summary>
public sealed class InspectedTrainingTests
{
    private static readonly Dataset Data =
        Dataset.FromLabels(new Shape(2), [1f, 0f, 0f, 1f, 1f, 1f, 0f, 0f], [0, 1, 1, 0]);

    [Fact]
    public void Every_layer_that_computes_is_described_in_order_those_of_blocks_before_the_block()
    {
        Assert.Equal(
            [
                "dense1", "relu1", "dropout1",
                "repeat1.0.dense1", "repeat1.0.relu1",
                "repeat1.1.dense1", "repeat1.1.relu1",
                "repeat1.2.dense1", "repeat1.2.relu1",
                "dense2",
            ],
            Inspected.Architecture.Activations.Select(activation => activation.Layer));
        Assert.Equal("Dense(3)", Inspected.Architecture.Activations[0].Declaration);
        Assert.Equal(new Shape(3), Inspected.Architecture.Activations[4].Shape);
    }

    [Fact]
    public void Outputs_are_there_after_a_training_step_until_another_batch()
    {
        var model = new Inspected(seed: 1);
        AssertNone();
        float[] samples = [1, 2, 3, 4];
        model.ComputeGradients(samples, new int[] { 0, 1 });
        Assert.True(model.HasActivations);
        Assert.Equal(model.Outputs, model.GetActivation(9));
        float[] relu = model.GetActivation(1).ToArray(), dropped = model.GetActivation(2).ToArray();
        for (int i = 0; i < relu.Length; i++)
        {
            Assert.Equal(Math.Max(0f, model.GetActivation(0)[i]), relu[i]);
            Assert.True(dropped[i] == 0f || dropped[i] == 2 * relu[i]);
            Assert.Equal(Math.Max(0f, model.GetActivation(3)[i]), model.GetActivation(4)[i]);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => model.GetActivation(-1).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.GetActivation(10).Length);
        model.Predict(samples);
        AssertNone();

        void AssertNone()
        {
            Assert.False(model.HasActivations);
            Assert.Contains(
                "expected the outputs of the layers of Inspected to be read after a training step",
                Assert.Throws<InvalidOperationException>(() => model.GetActivation(0).Length).Message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_step_that_keeps_them_allocates_nothing_after_the_first()
    {
        var model = new Inspected(seed: 1);
        float[] samples = [1, 2, 3, 4];
        int[] labels = [0, 1];
        Work();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Work();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Work()
        {
            model.ComputeGradients(samples, labels);
            _ = model.GetActivation(3)[0];
        }
    }

    [Fact]
    public void Dead_units_are_seen_in_table_csv_and_plot()
    {
        // Of three units one is always 0, and one for some samples only.
        var model = new Inspected(seed: 1);
        model.Dense1Weight.Clear();
        model.Dense1Weight[2] = 1f;
        float[] biases = [-1f, 0f, 1f];
        biases.CopyTo(model.Dense1Bias);
        var statistics = new TrainingStatistics(every: 2);
        new Trainer<Inspected>(model, new Sgd { LearningRate = 0f })
            .Fit(Data, new FitOptions { Epochs = 2, BatchSize = 4, Shuffle = false, Observers = [statistics] });

        Assert.Equal(10, statistics.Activations.Count);
        ActivationStatistics relu = statistics.Activations[1];
        Assert.Equal((2, "relu1", 1 / 3.0), (relu.Step, relu.Layer, relu.DeadShare));
        Assert.Equal(0.5, relu.Values.ZeroShare, 1e-12);
        Assert.Equal(0.5, relu.Values.Mean, 1e-12);
        string[] lines = statistics.ActivationsToCsv().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("step,layer,mean,std,norm,max,zeros,dead", lines[0]);
        Assert.Equal(11, lines.Length);
        Assert.StartsWith("2,relu1,0.5,0.5,", lines[2], StringComparison.Ordinal);
        Assert.Matches(@"\nrelu1 .* 50\.0% +33\.3%\n", statistics.ToTable());
        string svg = statistics.ToSvg();
        Assert.Contains(">share of dead units<", svg, StringComparison.Ordinal);
        Assert.Contains(">repeat1.2.relu1<", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Outputs_that_another_batch_has_taken_the_memory_of_are_left_out()
    {
        var statistics = new TrainingStatistics();
        new Trainer<Inspected>(new Inspected(seed: 1), new Sgd())
            .Fit(Data, new FitOptions { BatchSize = 2, Observers = [new Predicting(), statistics] });
        Assert.Equal(2 * Inspected.Architecture.Parameters.Length, statistics.All.Count);
        Assert.Empty(statistics.Activations);
    }

    [Theory]
    [InlineData(1e38f, "dense1")]
    [InlineData(1f, "repeat1.1.dense1")]
    public void The_first_layer_whose_output_is_not_finite_is_named(float first, string layer)
    {
        // So many samples that dropout leaves something of one.
        float[] samples = [.. Enumerable.Repeat(9f, 40)];
        var model = new Inspected(seed: 1);
        model.Dense1Weight.Fill(first);
        Fill("repeat1.1.dense1.weight", float.MaxValue);
        Fill("repeat1.0.dense1.weight", 100f);
        TrainingDivergedException exception = Assert.Throws<TrainingDivergedException>(
            () => new Trainer<Inspected>(model, new Sgd())
                .Fit(Dataset.FromLabels(new Shape(2), samples, new int[20], classCount: 2), batchSize: 20));
        Assert.Equal(layer, exception.Layer);
        Assert.Contains(
            $"; the first output of a layer that is not finite is that of {layer} (Dense(3)): Infinity in epoch 1",
            exception.Message.Replace("∞", "Infinity", StringComparison.Ordinal),
            StringComparison.Ordinal);

        void Fill(string tensor, float number)
        {
            ParameterDescription parameter = model.Description.Parameters.Single(parameter => parameter.Name == tensor);
            model.Parameters.Slice(parameter.Offset, parameter.Shape.Count).Fill(number);
        }
    }

    private sealed class Predicting : ITrainingObserver
    {
        private TrainingRun? _run;

        public void OnStarted(TrainingRun run) => _run = run;

        public void OnBatchCompleted(in BatchResult result) => _run!.Model.ComputeLoss([1f, 0f], new int[] { 1 });
    }
}
