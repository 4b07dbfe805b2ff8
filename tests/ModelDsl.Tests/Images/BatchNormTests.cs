namespace ModelDsl.Tests.Images;

public sealed class BatchNormTests
{
    [Fact]
    public void Training_step_moves_running_statistics_towards_those_of_the_batch()
    {
        var model = new BatchNormOnVectors(seed: 1);
        Random random = new(2);
        const int Size = 6;
        const int Columns = 7;
        float[] samples = [.. Enumerable.Range(0, Size * Columns).Select(_ => (4 * random.NextSingle()) + 1)];
        model.ComputeGradients(samples, new float[Size * 5]);
        for (int column = 0; column < Columns; column++)
        {
            double[] values = [.. Enumerable.Range(0, Size).Select(row => (double)samples[(row * Columns) + column])];
            double mean = values.Average();
            double variance = values.Sum(value => (value - mean) * (value - mean)) / (Size - 1);
            Assert.Equal(0.1 * mean, model.BatchNorm1RunningMean[column], 1e-6);
            Assert.Equal(0.9 + (0.1 * variance), model.BatchNorm1RunningVariance[column], 1e-6);
        }
    }

    [Fact]
    public void Prediction_leaves_running_statistics_as_they_are()
    {
        var model = new BatchNormOnVectors(seed: 1);
        float[] before = model.Parameters.ToArray();
        model.Predict([1f, 2f, 3f, 4f, 5f, 6f, 7f]);
        Assert.Equal(before, model.Parameters.ToArray());
    }

    [Fact]
    public void Frozen_layer_leaves_its_running_statistics_as_they_are_in_training()
    {
        var model = new BatchNormFrozen(seed: 1);
        float[] before = model.Parameters[model.Description.TrainableLength..].ToArray();
        model.ComputeGradients(new float[2 * 4 * 4 * 3], new float[2 * 2 * 2 * 2]);
        Assert.Equal(before, model.Parameters[model.Description.TrainableLength..].ToArray());
    }

    [Fact]
    public void Statistics_of_large_distant_values_keep_their_digits()
    {
        // The variance of 1000 ± 0.01 vanishes where the square of the mean is taken from the mean of the squares.
        var model = new BatchNormOnVectors(seed: 1);
        float[] samples = [.. Enumerable.Range(0, 1000 * 7).Select(i => 1000f + ((i / 7 % 2 == 0) ? 0.0078125f : -0.0078125f))];
        model.ComputeGradients(samples, new float[1000 * 5]);
        Assert.Equal(0.9 + (0.1 * 6.103515625e-5 * 1000 / 999), model.BatchNorm1RunningVariance[0], 1e-7);
    }

    [Fact]
    public void Statistics_are_saved_and_loaded()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            var model = new BatchNormOnVectors(seed: 1);
            model.ComputeGradients([1f, 2f, 3f, 4f, 5f, 6f, 7f, 7f, 6f, 5f, 4f, 3f, 2f, 1f], new float[10]);
            model.Save(path);
            Assert.Equal(model.Parameters.ToArray(), BatchNormOnVectors.Load(path).Parameters.ToArray());
        }
        finally
        {
            File.Delete(path);
        }
    }
}
