namespace Benchmarks.Bench.Data;

/// <summary>The real digits, read once.</summary>
internal sealed class MnistFolder(string? path)
{
    private readonly Lazy<MnistData> _data = new(() => Mnist.Load(
        path ?? Path.Combine(BenchFolder.Path, "..", "samples", "Mnist", "data")));

    /// <summary>The 60,000 digits to train on.</summary>
    public Dataset Train => _data.Value.Train;
}
