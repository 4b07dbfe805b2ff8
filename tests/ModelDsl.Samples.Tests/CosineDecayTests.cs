namespace ModelDsl.Samples.Tests;

public sealed class CosineDecayTests
{
    [Theory]
    [InlineData(1, 1, 0.4267767)]
    [InlineData(1, 2, 0.25)]
    [InlineData(2, 1, 0.0732233)]
    [InlineData(2, 2, 0)]
    public void The_learning_rate_falls_along_half_a_cosine_to_zero(int epoch, int batch, double expected)
    {
        var optimizer = new Sgd { LearningRate = 0.5f };
        var decay = new CosineDecay(optimizer, new Recorder());

        decay.OnBatchCompleted(Batch(epoch, batch));

        Assert.Equal(expected, optimizer.LearningRate, tolerance: 1e-6);
    }

    [Fact]
    public void What_else_watches_the_training_sees_all_of_it()
    {
        var recorder = new Recorder();
        var decay = new CosineDecay(new Sgd(), recorder);

        decay.OnEpochStarted(1, 2, 2);
        decay.OnBatchCompleted(Batch(1, 1));
        decay.OnEpochCompleted(new EpochResult(1, 0.5, null, null, null, TimeSpan.Zero, TimeSpan.Zero, 1));

        Assert.Equal(["epoch 1 of 2 with 2 batches", "batch 1", "loss 0.5"], recorder.Seen);
    }

    private static BatchResult Batch(int epoch, int batch) => new(epoch, Epochs: 2, batch, Batches: 2, 10, 0.1, null);

    private sealed class Recorder : ITrainingObserver
    {
        public List<string> Seen { get; } = [];

        public void OnEpochStarted(int epoch, int epochs, int batches) =>
            Seen.Add($"epoch {epoch} of {epochs} with {batches} batches");

        public void OnBatchCompleted(in BatchResult result) => Seen.Add($"batch {result.Batch}");

        public void OnEpochCompleted(EpochResult result) => Seen.Add(FormattableString.Invariant($"loss {result.Loss}"));
    }
}
