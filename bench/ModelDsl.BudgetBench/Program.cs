// What a memory budget costs: training steps of ResNet-20 in all the memory it likes, in half of it, and in the least.
// The models take turns; all must have the same losses and gradients, to the last bit.
using System.Diagnostics;
using System.Globalization;
using Benchmarks.Bench.Measurement;
using ModelDsl;
using ModelDsl.BudgetBench;

const int Batch = 64;
const int Rounds = 31;
int threads = args is ["--threads", var given]
    ? int.Parse(given, CultureInfo.InvariantCulture)
    : WorkerPool.ThreadCount;
WorkerPool.ThreadCount = threads;

Random random = new(1);
float[] images = [.. Enumerable.Range(0, Batch * 32 * 32 * 3).Select(_ => random.NextSingle())];
int[] labels = [.. Enumerable.Range(0, Batch).Select(_ => random.Next(10))];

// Once without being counted: what threads and types have once.
foreach (Func<IModel> create in Creators)
{
    create().ComputeGradients(images, labels);
}

List<(IModel Model, double Bytes, List<double> Times)> models = [];
foreach (Func<IModel> create in Creators)
{
    long before = GC.GetAllocatedBytesForCurrentThread();
    IModel model = create();
    model.ComputeGradients(images, labels);
    models.Add((model, GC.GetAllocatedBytesForCurrentThread() - before, []));
}

for (int round = 0; round < Rounds; round++)
{
    float? loss = null;
    foreach ((IModel model, _, List<double> times) in models)
    {
        long start = Stopwatch.GetTimestamp();
        float own = model.ComputeGradients(images, labels);
        times.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        loss ??= own;
        if (own != loss || !model.Gradients.SequenceEqual(models[0].Model.Gradients))
        {
            throw new InvalidOperationException($"expected the bits of {models[0].Model.Description.Name}");
        }
    }
}

double whole = models[0].Times.Min();
Console.WriteLine(
    $"| {threads} threads | held by the model | between the layers | median of a step | fastest step | more time |");
Console.WriteLine("|---|--:|--:|--:|--:|--:|");
foreach ((IModel model, double bytes, List<double> times) in models)
{
    Spread time = Spread.Of(times);
    double arena = sizeof(float) * (double)Batch * model.Description.TrainingFloatsPerSample;
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {model.Description.Name} | {bytes / 1e6:0.0} MB | {arena / 1e6:0.0} MB "
            + $"| {time.Median * 1e3:0.0} ms ± {time.Relative:P0} | {times.Min() * 1e3:0.0} ms "
            + $"| {(times.Min() / whole) - 1:P0} |"));
}

/// <summary>The program.</summary>
internal static partial class Program
{
    private static readonly Func<IModel>[] Creators =
        [() => new ResNet20(seed: 1), () => new ResNet20Half(seed: 1), () => new ResNet20Least(seed: 1)];
}
