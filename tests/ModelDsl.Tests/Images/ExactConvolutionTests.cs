using ModelDsl.Tests.EndToEnd;

namespace ModelDsl.Tests.Images;

/// <summary>
/// Models of [Model(Convolution = ConvolutionMethod.Exact)] beside the same models by Winograd's method.
/// </summary>
[Collection(SharedThreads.Name)]
public sealed class ExactConvolutionTests
{
    private const int Size = 12, Channels = 8, Outputs = 16;

    /// <summary>The pixels whose windows read the pixel in row 4 and column 6.</summary>
    private static readonly int[] Neighbours =
        [.. Enumerable.Range(0, 9).Select(tap => ((3 + (tap / 3)) * Size) + 5 + (tap % 3))];

    /// <summary>How outputs are computed: predictions, those of a packed copy, and training's forward passes.</summary>
    public static TheoryData<string> Passes => [.. Forwards.Keys];

    private static Dictionary<string, Func<IDifferentiableModel, float[], float[]>> Forwards { get; } = new()
    {
        ["Predict"] = (model, samples) => model.Predict(samples).ToArray(),
        ["ForInference"] = (model, samples) => TestModelCatalog.ForInference(model).Predict(samples).ToArray(),
        ["Forward"] = (model, samples) => model.Forward(samples).ToArray(),
        ["ComputeGradients"] = (model, samples) =>
        {
            int outputs = samples.Length / model.Description.InputShape.Count * model.Description.OutputShape.Count;
            model.ComputeGradients(samples, new float[outputs]);
            return model.Outputs.ToArray();
        },
    };

    [Theory]
    [MemberData(nameof(Passes))]
    public void NaN_in_a_pixel_reaches_the_nine_results_whose_windows_read_it(string pass)
    {
        int[] exact = PixelsOf(float.IsNaN, Spoiled(new ExactConvolution(seed: 1), float.NaN, pass));
        Assert.Equal(Neighbours, exact);

        int[] fast = PixelsOf(float.IsNaN, Spoiled(new FastConvolution(seed: 1), float.NaN, pass));
        Assert.InRange(fast.Length, Neighbours.Length + 1, 64);
    }

    [Theory]
    [MemberData(nameof(Passes))]
    public void Infinity_in_a_pixel_stays_one_in_the_nine_results_whose_windows_read_it(string pass)
    {
        float[] outputs = Spoiled(new ExactConvolution(seed: 1), float.PositiveInfinity, pass);
        Assert.Equal(Neighbours, PixelsOf(float.IsInfinity, outputs));
        Assert.DoesNotContain(outputs, float.IsNaN);
    }

    [Theory]
    [MemberData(nameof(Passes))]
    public void Integers_stay_integers_and_what_cancels_is_0(string pass)
    {
        float[] samples = Integers(3 * 8 * 8 * 8, 2);
        float[] exact = Forwards[pass](WithIntegers(new ExactNetwork(seed: 1)), samples);
        float[] fast = Forwards[pass](WithIntegers(new FastNetwork(seed: 1)), samples);
        Assert.Equal(fast.Select(value => MathF.Round(value)), exact);
        Assert.NotEqual(fast, exact);
        Assert.Contains(0f, exact);
    }

    [Fact]
    public void Gradients_over_integers_are_integers()
    {
        IDifferentiableModel exact = WithIntegers(new ExactNetwork(seed: 1));
        IDifferentiableModel fast = WithIntegers(new FastNetwork(seed: 1));
        float[] samples = Integers(3 * 8 * 8 * 8, 2);
        foreach (IDifferentiableModel model in (IDifferentiableModel[])[exact, fast])
        {
            model.Backward(Integers(model.Forward(samples).Length, 3));
        }

        Assert.Equal(fast.InputGradient.ToArray().Select(value => MathF.Round(value)), exact.InputGradient.ToArray());
        Assert.Equal(fast.Gradients.ToArray().Select(value => MathF.Round(value)), exact.Gradients.ToArray());
        Assert.NotEqual(fast.InputGradient.ToArray(), exact.InputGradient.ToArray());
        foreach (ParameterDescription weight in exact.Description.Parameters.Where(parameter => !parameter.IsVector))
        {
            Assert.NotEqual(Part(fast.Gradients, weight), Part(exact.Gradients, weight));
        }
    }

    /// <summary>The bound of docs/kernels.md.</summary>
    [Fact]
    public void Methods_differ_by_less_than_the_bound_of_Winograd_s()
    {
        var exact = new ExactConvolution(seed: 1);
        var fast = new FastConvolution(seed: 1);
        exact.Parameters.CopyTo(fast.Parameters);
        float[] samples = Batch.Draw(exact.Description, 5, seed: 2).First().Samples;
        double bound = (Channels + 28) * 23.75 * 23.75 / (1 << 24) * Channels
            * samples.Max(Math.Abs) * exact.Conv2D1Weight.ToArray().Max(Math.Abs);
        (float First, float Second)[] outputs =
            [.. exact.Predict(samples).ToArray().Zip(fast.Predict(samples).ToArray())];
        Assert.All(outputs, pair => Assert.InRange(Math.Abs((double)pair.First - pair.Second), 0, bound));
        Assert.Contains(outputs, pair => pair.First != pair.Second);
    }

    [Fact]
    public void Packed_copy_predicts_the_bits_of_its_model()
    {
        var model = new ExactNetwork(seed: 1);
        foreach (int batchSize in (int[])[1, 3, 17])
        {
            float[] samples = Batch.Draw(model.Description, batchSize, seed: 2).First().Samples;
            Assert.Equal(model.Predict(samples).ToArray(), model.ForInference().Predict(samples).ToArray());
        }
    }

    [Fact]
    public void Training_gives_the_same_bits_with_any_number_of_threads()
    {
        int before = WorkerPool.ThreadCount;
        try
        {
            float[] expected = Train(1);
            foreach (int threads in (int[])[2, 3, 7])
            {
                Assert.Equal(expected, Train(threads));
            }
        }
        finally
        {
            WorkerPool.ThreadCount = before;
        }
    }

    [Fact]
    public void Parameters_of_one_method_are_those_of_the_other() =>
        Assert.Equal(new FastNetwork(seed: 1).Parameters.ToArray(), new ExactNetwork(seed: 1).Parameters.ToArray());

    private static float[] Train(int threads)
    {
        WorkerPool.ThreadCount = threads;
        var model = new ExactNetwork(seed: 1);
        var optimizer = new Adam();
        for (int step = 0; step < 2; step++)
        {
            Batch batch = Batch.Draw(model.Description, 23 - step, seed: step).First();
            model.ComputeGradients(batch.Samples, batch.Targets);
            optimizer.Step(model.Parameters, model.Gradients);
        }

        float[] samples = Batch.Draw(model.Description, 17, seed: 5).First().Samples;
        return [.. model.Parameters, .. model.Predict(samples), .. model.ForInference().Predict(samples)];
    }

    // Two images, of which one has a number that is not finite.
    private static float[] Spoiled(IDifferentiableModel model, float value, string pass)
    {
        float[] samples = Batch.Draw(model.Description, 2, seed: 3).First().Samples;
        samples[(Neighbours[4] * Channels) + 5] = value;
        return Forwards[pass](model, samples);
    }

    // The pixels all of whose channels are so; none may have some only.
    private static int[] PixelsOf(Func<float, bool> isSo, float[] outputs)
    {
        int[] counts = [.. outputs.Chunk(Outputs).Select(pixel => pixel.Count(isSo))];
        Assert.All(counts, count => Assert.True(count is 0 or Outputs));
        return [.. Enumerable.Range(0, counts.Length).Where(pixel => counts[pixel] > 0)];
    }

    private static float[] Part(ReadOnlySpan<float> values, ParameterDescription parameter) =>
        values.Slice(parameter.Offset, parameter.Shape.Count).ToArray();

    // Few of the weights are not 0, so that sums stay small from layer to layer.
    private static IDifferentiableModel WithIntegers(IDifferentiableModel model)
    {
        var random = new Random(7);
        foreach (ref float value in model.Parameters)
        {
            value = random.Next(8) == 0 ? random.Next(-1, 2) : 0f;
        }

        return model;
    }

    private static float[] Integers(int length, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => (float)random.Next(-2, 3))];
    }
}
