using System.Runtime.InteropServices;
using ModelDsl.Compositions;
using ModelDsl.Tests.EndToEnd;

namespace ModelDsl.Tests.Privacy;

/// <summary>
/// The clipped gradients of every test model that is allowed to clip, against gradients of single samples that the
/// ordinary training step computes, clipped and added up in double precision.
/// </summary>
[Collection(SharedThreads.Name)]
public sealed class ClippedGradientTests
{
    private const ulong Seed = 7;
    private const int Size = 5;
    private const double Tolerance = 1e-4;

    public static TheoryData<string> Models => ClippingModels.Names;

    [Fact]
    public void Models_are_found() => Assert.InRange(Models.Count, 150, int.MaxValue);

    [Theory]
    [MemberData(nameof(Models))]
    public void Sum_of_clipped_gradients_and_norms_are_those_of_single_samples(string name)
    {
        IClippingModel model = Create(name);
        foreach (Batch batch in Batch.Draw(model.Description, Size, seed: 31))
        {
            (double[][] gradients, double[] losses) = SingleSamples(model, batch);
            double[] norms = [.. gradients.Select(gradient => Math.Sqrt(gradient.Sum(value => value * value)))];
            double[] sorted = [.. norms.Order()];

            // Some samples are clipped, others are not; then none is; then all are.
            double median = Math.Max(sorted[Size / 2], 1e-3);
            double tiny = 1e-3 * Math.Max(sorted[0], 1e-6);
            foreach (float maxNorm in (float[])[(float)median, 1e12f, (float)tiny])
            {
                double[] factors = [.. norms.Select(norm => Math.Min(1, maxNorm / norm))];
                double[] expected =
                [
                    .. gradients[0].Select((_, i) =>
                        gradients.Select((gradient, sample) => gradient[i] * factors[sample]).Sum()),
                ];
                long step = model.TrainingStep;
                float loss = model.ComputeClippedGradients(batch.Samples, batch.Targets, maxNorm);
                Assert.Equal(step + 1, model.TrainingStep);
                model.TrainingStep = step;
                Assert.Equal(losses.Average(), loss, Tolerance * (Math.Abs(losses.Average()) + 1e-3));
                AssertClose(norms, model.SampleNorms);
                AssertClose(expected, model.Gradients);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Outputs_and_losses_of_heads_are_those_of_the_ordinary_step(string name)
    {
        IClippingModel model = Create(name);
        Batch batch = Batch.Draw(model.Description, Size, seed: 43).First();
        float loss = model.ComputeClippedGradients(batch.Samples, batch.Targets, maxNorm: 1f);
        float[] outputs = model.Outputs.ToArray();
        float[] heads = model.HeadLosses.ToArray();
        float penalty = model.Penalty;
        model.TrainingStep--;
        float ordinary = model.ComputeGradients(batch.Samples, batch.Targets);
        Assert.True(model.Outputs.SequenceEqual(outputs));
        Assert.Equal(model.Penalty, penalty, 1e-5f * (1 + penalty));
        if (model.Description is { IgnoredLabel: null, ClassWeights.IsEmpty: true }
            && model.Description.Heads.All(head => head is { IgnoredLabel: null, ClassWeights.IsEmpty: true }))
        {
            Assert.Equal(ordinary, loss, Tolerance * (1 + Math.Abs(ordinary)));
            AssertClose([.. model.HeadLosses.ToArray().Select(value => (double)value)], heads);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Number_of_threads_changes_no_bit(string name) => Assert.Equal(
        Run(ClippingModels.Create(name, Seed), threads: 1), Run(ClippingModels.Create(name, Seed), threads: 2));

    [Fact]
    public void Layout_of_memory_changes_no_bit()
    {
        Assert.Equal(
            Run(ClippingModels.Create(nameof(ClippedConvnet), Seed), threads: 1), Run(new ClippedConvnet(Seed), threads: 1));
        Assert.Equal(
            Run(ClippingModels.Create(nameof(ClippedOneByOne), Seed), threads: 1), Run(new ClippedOneByOne(Seed), threads: 1));
    }

    [Fact]
    public void Norm_that_is_not_positive_is_refused()
    {
        IClippingModel model = ClippingModels.Create("SmallMlp", Seed);
        Batch batch = Batch.Draw(model.Description, 2, seed: 1).First();
        foreach (float wrong in (float[])[0f, -1f, float.NaN, float.PositiveInfinity])
        {
            var exception = Assert.Throws<ArgumentOutOfRangeException>(
                () => model.ComputeClippedGradients(batch.Samples, batch.Targets, wrong));
            Assert.Contains("expected a positive norm", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Targets_of_other_numbers_are_refused()
    {
        IClippingModel model = ClippingModels.Create("SmallMlp", Seed);
        float[] samples = new float[3 * model.Description.InputShape.Count];
        foreach (int wrong in (int[])[2, 4, 6])
        {
            Assert.Throws<ArgumentException>(() => model.ComputeClippedGradients(samples, new int[wrong], 1f));
        }

        model.ComputeClippedGradients(samples, new int[3], 1f);
    }

    [Fact]
    public void Copy_for_inference_clips_nothing()
    {
        IClippingModel model = ClippingModels.Create("SmallMlp", Seed);
        var copy = (IClippingModel)TestModelCatalog.ForInference(model);
        Batch batch = Batch.Draw(model.Description, 2, seed: 1).First();
        Assert.Throws<InvalidOperationException>(() => copy.ComputeClippedGradients(batch.Samples, batch.Targets, 1f));
    }

    [Theory]
    [InlineData("SmallMlp")]
    [InlineData("SmallLeNet")]
    [InlineData("LstmUnrolled")]
    public void Clipping_allocates_nothing_after_the_first_batch(string name)
    {
        IClippingModel model = ClippingModels.Create(name, Seed);
        Batch batch = Batch.Draw(model.Description, 8, seed: 1).First();
        Work();
        Work();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Work();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Work() => model.ComputeClippedGradients(batch.Samples, batch.Targets, 1f);
    }

    // Dropout draws a sample's mask by its place, so the gradient of one is what it adds to those before it.
    private static (double[][] Gradients, double[] Losses) SingleSamples(IClippingModel model, Batch batch)
    {
        model.DropoutSeed = Seed;
        bool isRandom = model.DropoutSeed != 0;
        long step = model.TrainingStep;
        double[][] gradients = new double[Size][];
        double[] losses = new double[Size];
        double[] before = new double[model.Gradients.Length];
        double lossBefore = 0;
        for (int sample = 0; sample < Size; sample++)
        {
            int first = isRandom ? 0 : sample;
            int count = sample + 1 - first;
            double loss = count * (double)model.ComputeGradients(
                Part(batch.Samples, first, count),
                new Targets(Part(batch.Labels, first, count), Part(batch.Values, first, count)));
            double[] gradient = [.. model.Gradients.ToArray().Select(value => count * (double)value)];
            model.TrainingStep = step;
            gradients[sample] = [.. gradient.Select((value, i) => value - (isRandom ? before[i] : 0))];
            losses[sample] = loss - (isRandom ? lossBefore : 0);
            (before, lossBefore) = (gradient, loss);
        }

        return (gradients, losses);

        ReadOnlySpan<T> Part<T>(T[]? all, int first, int count) =>
            all is null ? default : all.AsSpan(first * (all.Length / Size), count * (all.Length / Size));
    }

    private static uint[] Run(IClippingModel model, int threads)
    {
        int before = WorkerPool.ThreadCount;
        try
        {
            WorkerPool.ThreadCount = threads;
            CompiledCompositions.Draw(model, 5);
            var bits = new List<uint>();
            foreach (int size in (int[])[3, 7, 1])
            {
                Batch batch = Batch.Draw(model.Description, size, seed: size).First();
                Keep([model.ComputeClippedGradients(batch.Samples, batch.Targets, maxNorm: 0.5f)]);
                Keep(model.Gradients);
                Keep(model.SampleNorms);
                Keep(model.Outputs);
            }

            Assert.All(bits, value => Assert.True(float.IsFinite(BitConverter.UInt32BitsToSingle(value))));
            return [.. bits];

            void Keep(ReadOnlySpan<float> values) => bits.AddRange(MemoryMarshal.Cast<float, uint>(values));
        }
        finally
        {
            WorkerPool.ThreadCount = before;
        }
    }

    private static void AssertClose(double[] expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = expected.Length == 0 ? 0 : expected.Max(Math.Abs);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], Tolerance * (scale + 1e-6));
        }
    }

    private static IClippingModel Create(string name)
    {
        IClippingModel model = ClippingModels.Create(name, Seed);
        CompiledCompositions.Draw(model, 5);
        return model;
    }
}
