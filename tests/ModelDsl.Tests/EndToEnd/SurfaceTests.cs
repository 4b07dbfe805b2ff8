namespace ModelDsl.Tests.EndToEnd;

/// <summary>What a compiled model says to wrong arguments, and that its members agree with each other.</summary>
public class SurfaceTests
{
    private const string Shape = "784 values per sample (28x28)";

    private readonly MnistMlp _model = new(seed: 1);

    [Theory]
    [InlineData(0, $"expected {Shape}, got 0")]
    [InlineData(783, $"expected {Shape}, got 783")]
    [InlineData(785, "expected a multiple of 784 values, 784 per sample (28x28), got 785: 1 samples and 1 values more")]
    public void Samples_of_a_wrong_length_are_told(int length, string message)
    {
        float[] samples = new float[length];
        Assert.StartsWith(message, Throws(() => _model.Predict(samples)), StringComparison.Ordinal);
        Assert.StartsWith(message, Throws(() => _model.ComputeLoss(samples, new int[1])), StringComparison.Ordinal);
        Assert.StartsWith(message, Throws(() => _model.ComputeGradients(samples, new int[1])), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { 3 }, "expected 2 labels (one for each sample), got 1")]
    [InlineData(new int[0], "expected 2 labels (one for each sample), got 0")]
    [InlineData(new[] { 3, 10 }, "expected labels from 0 to 9, got 10 for sample 1")]
    [InlineData(new[] { -1, 3 }, "expected labels from 0 to 9, got -1 for sample 0")]
    public void Wrong_labels_are_told(int[] labels, string message)
    {
        float[] samples = new float[2 * 784];
        Assert.StartsWith(message, Throws(() => _model.ComputeLoss(samples, labels)), StringComparison.Ordinal);
        Assert.StartsWith(message, Throws(() => _model.ComputeGradients(samples, labels)), StringComparison.Ordinal);
        Assert.Equal(0, _model.TrainingStep);
    }

    [Fact]
    public void Target_values_of_a_wrong_count_or_kind_are_told()
    {
        Assert.StartsWith(
            "expected 2 target values (2 samples x 1 outputs), got 3",
            Throws(() => new HousePrice().ComputeGradients([1f, 2f], new float[3])),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "expected values of the output's shape as targets of the mean squared error, got class labels",
            Throws(() => new HousePrice().ComputeGradients([1f], new int[1])),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Input_buffer_of_no_samples_is_refused(int count) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _model.GetInputBuffer(count).Length);

    [Fact]
    public void Samples_in_the_input_buffer_give_what_samples_elsewhere_give()
    {
        Batch batch = Batch.Draw(_model.Description, 3, seed: 1).First();
        float[] expected = _model.Predict(batch.Samples).ToArray();
        Span<float> buffer = _model.GetInputBuffer(3);
        batch.Samples.CopyTo(buffer);
        Assert.Equal(expected, _model.Predict(buffer).ToArray());
    }

    [Fact]
    public void Batch_gives_what_its_samples_give_one_by_one()
    {
        Batch batch = Batch.Draw(_model.Description, 5, seed: 1).First();
        float[] together = _model.Predict(batch.Samples).ToArray();
        for (int sample = 0; sample < 5; sample++)
        {
            float[] alone = _model.Predict(batch.Samples.AsSpan(sample * 784, 784)).ToArray();
            Assert.All(alone.Zip(together.Skip(sample * 10)), pair => Assert.Equal(pair.Second, pair.First, 1e-5f));
        }
    }

    [Fact]
    public void Prediction_draws_no_dropout_and_counts_no_step()
    {
        Batch batch = Batch.Draw(_model.Description, 2, seed: 1).First();
        float[] first = _model.Predict(batch.Samples).ToArray();
        Assert.Equal(first, _model.Predict(batch.Samples).ToArray());
        Assert.Equal(_model.ComputeLoss(batch.Samples, batch.Targets), _model.ComputeLoss(batch.Samples, batch.Targets));
        Assert.Equal(0, _model.TrainingStep);
    }

    [Fact]
    public void Saved_and_loaded_model_predicts_the_same_bits()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".safetensors");
        try
        {
            _model.Save(path);
            Batch batch = Batch.Draw(_model.Description, 3, seed: 1).First();
            Assert.Equal(_model.Predict(batch.Samples).ToArray(), MnistMlp.Load(path).Predict(batch.Samples).ToArray());
            var exception = Assert.Throws<InvalidDataException>(() => SmallMlp.Load(path));
            Assert.Contains("dense1.weight", exception.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Members_of_tensors_are_views_of_the_parameters()
    {
        _model.Dense2Bias[3] = 42f;
        ParameterDescription bias = MnistMlp.Architecture.Parameters.Single(parameter => parameter.Name == "dense2.bias");
        Assert.Equal(42f, _model.Parameters[bias.Offset + 3]);
    }

    private static string Throws(Action action) => Assert.Throws<ArgumentException>(action).Message;
}
