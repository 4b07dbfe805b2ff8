using System.Numerics.Tensors;

namespace ModelDsl.Tests.EndToEnd;

/// <summary>A batch that is computed in parts trains as one that is computed as a whole.</summary>
[Collection(SharedThreads.Name)]
public class BatchPartTests
{
    private const int BatchSize = (4 * BatchPart.BlockSize) + 5;

    /// <summary>Models that use a weight more than once.</summary>
    private static readonly string[] Shared =
    [
        "ClippedOneByOne", "EveryOperation", "LowRankModel", "LstmPaddedStates", "TiedClassifier", "TiedDense",
        "TinyAlbert",

        // What is computed of parameters has a gradient of its own for each part.
        "BudgetParameterExpressions", "ClippedParameterExpressions", "ComputedWeights", "EveryParameterExpression",
        "FrozenParameterExpressions", "GenerativeParameterExpressions", "HalfParameterExpressions",
        "NarrowParameterExpressions", "RepeatedParameterExpressions", "WeighedDistanceModel",
    ];

    /// <summary>Models with a convolution, and not of one pixel, whose result has fewer than 16 pixels.</summary>
    private static readonly string[] SmallImages =
    [
        "ClippedFewPixels", "Conv1DSequence", "Conv1DStrided", "ConvTransposeStrided", "ConvolutionDepthwise",
        "ConvolutionDropout", "ConvolutionGrouped", "GlobalAveragePoolInside", "GroupNormOnImages",
        "LocalResponses", "PixelShuffles", "ResizeSizes", "SpatialDropoutOnImages",
    ];

    public static TheoryData<string> ExactModels =>
        [.. Models.Except(Shared).Except(SmallImages).Where(name => !MeasuresBatches(name))];

    public static TheoryData<string> ModelsWithSharedWeights => [.. Shared];

    public static TheoryData<string> ModelsOfSmallImages => [.. SmallImages];

    private static IEnumerable<string> Models => TestModelCatalog.NamesOf<IModel>();

    [Theory]
    [MemberData(nameof(ExactModels))]
    public void Parts_of_whole_blocks_of_samples_give_the_bits_of_the_whole_batch(string name)
    {
        float[] whole = Train(name, threads: 1, BatchSize);
        Assert.Equal(whole, Train(name, threads: 1, 32, 32, 32, 37));
        Assert.Equal(whole, Train(name, threads: 2, 96, 37));
    }

    [Theory]
    [MemberData(nameof(ModelsOfSmallImages))]
    public void Parts_of_512_pixels_of_a_small_image_give_the_bits_of_the_whole_batch(string name)
    {
        Assert.Equal(Train(name, threads: 1, 1029), Train(name, threads: 2, 512, 517));
        AssertClose(Train(name, threads: 1, BatchSize), Train(name, threads: 1, 32, 96, 5));
    }

    [Theory]
    [MemberData(nameof(ModelsWithSharedWeights))]
    public void Parts_of_a_model_with_shared_weights_give_the_whole_batch_up_to_rounding(string name) =>
        AssertClose(Train(name, threads: 1, BatchSize), Train(name, threads: 2, 32, 96, 5));

    [Theory]
    [InlineData(nameof(BFloat16Transformer))]
    [InlineData(nameof(MnistMlp))]
    [InlineData(nameof(GruLooped))]
    public void Parts_of_any_size_give_the_whole_batch_up_to_rounding(string name) =>
        AssertClose(Train(name, threads: 1, 45), Train(name, threads: 1, 1, 7, 37));

    [Theory]
    [InlineData(nameof(Autoencoder))]
    [InlineData(nameof(BFloat16Convnet))]
    public void Batch_normalization_measures_each_part_by_itself(string name)
    {
        float[] parts = Train(name, threads: 1, 64, 69);
        Assert.NotEqual(Train(name, threads: 1, BatchSize), parts);
        Assert.Equal(parts, Train(name, threads: 2, 64, 69));
    }

    [Theory]
    [MemberData(nameof(ExactModels))]
    public void Models_that_share_a_batch_go_on_from_the_gradients_before(string name)
    {
        IModel whole = TestModelCatalog.Create(name, seed: 3);
        Batch batch = Draw(whole, BatchSize, step: 0);
        double loss = whole.ComputeGradients(batch.Samples, batch.Targets);
        double[] totals = TotalsOf(whole, batch);
        float[] chained = [];
        float[] summed = new float[whole.Gradients.Length];
        double lossOfParts = 0;
        foreach ((int first, int count) in new[] { (0, 64), (64, 32), (96, 37) })
        {
            Batch part = batch.Part(first, count);
            Targets targets = part.Targets with { TotalWeights = totals };
            var place = new BatchPart(first, BatchSize);
            IModel next = TestModelCatalog.Create(name, seed: 3);
            lossOfParts += next.ComputeGradients(part.Samples, targets, place, chained);
            Assert.Equal(whole.TrainingStep, next.TrainingStep);
            chained = next.Gradients.ToArray();
            IModel alone = TestModelCatalog.Create(name, seed: 3);
            alone.ComputeGradients(part.Samples, targets, place, before: []);
            TensorPrimitives.Add(summed, alone.Gradients, summed);
        }

        Assert.Equal(whole.Gradients.ToArray(), chained);
        AssertClose(whole.Gradients.ToArray(), summed);
        Assert.Equal(loss, lossOfParts, 1e-5 * Math.Max(1, Math.Abs(loss)));
    }

    [Theory]
    [MemberData(nameof(ExactModels))]
    public void Accumulation_in_Fit_gives_the_bits_of_the_whole_batch(string name)
    {
        (float[] whole, double loss) = Fit(microBatchSize: null);
        (float[] parts, double lossOfParts) = Fit(microBatchSize: 70);
        Assert.Equal(whole, parts);
        Assert.Equal(loss, lossOfParts, 1e-5 * Math.Max(1, Math.Abs(loss)));

        (float[] Parameters, double Loss) Fit(int? microBatchSize)
        {
            IModel model = TestModelCatalog.Create(name, seed: 3);
            Batch batch = Batch.Draw(model.Description, 2 * BatchSize, seed: 7).First();
            IDataSource data = Dataset.FromTargets(
                model.Description.InputShape,
                batch.Samples,
                batch.Labels,
                batch.Values,
                classCount: 0,
                model.Description.IgnoredLabel
                    ?? model.Description.Heads.Select(head => head.IgnoredLabel).FirstOrDefault(label => label < 0));
            History history = new Trainer<IModel>(model, new Adam()).Fit(
                data.WithSampleWeights([.. Enumerable.Range(0, data.Count).Select(sample => (sample % 5) * 0.3f)]),
                new FitOptions { BatchSize = BatchSize, MicroBatchSize = microBatchSize });
            return (model.Parameters.ToArray(), history.Last.Loss);
        }
    }

    [Fact]
    public void Kernels_of_16_bits_that_take_a_few_samples_at_a_time_give_the_bits_of_the_whole_batch()
    {
        float[] whole = Train(() => new LongBFloat16(seed: 3), threads: 1, BatchSize);
        Assert.Equal(whole, Train(() => new LongBFloat16(seed: 3), threads: 2, 32, 64, 37));
    }

    private static bool MeasuresBatches(string name) =>
        TestModelCatalog.Create(name, seed: 3).Description.Parameters.Any(parameter => parameter.IsStatistic);

    // The gradients of two steps, the second with weights of the samples, and the parameters after them.
    private static float[] Train(string name, int threads, params int[] parts) =>
        Train(() => TestModelCatalog.Create(name, seed: 3), threads, parts);

    private static float[] Train(Func<IModel> create, int threads, params int[] parts)
    {
        int before = WorkerPool.ThreadCount;
        try
        {
            WorkerPool.ThreadCount = threads;
            IModel model = create();
            var optimizer = new Sgd { LearningRate = 0.01f };
            List<float> results = [];
            for (int step = 0; step < 2; step++)
            {
                ComputeGradients(model, Draw(model, parts.Sum(), step), parts);
                results.AddRange(model.Gradients);
                optimizer.Step(model);
                Assert.Equal(step + 1, model.TrainingStep);
            }

            return [.. results, .. model.Parameters];
        }
        finally
        {
            WorkerPool.ThreadCount = before;
        }
    }

    private static Batch Draw(IModel model, int size, int step)
    {
        Random random = new(step);
        return Batch.Draw(model.Description, size, seed: 7 + step).First() with
        {
            SampleWeights = step == 0 ? [] : [.. Enumerable.Range(0, size).Select(_ => random.NextSingle())],
        };
    }

    private static double[] TotalsOf(IModel model, Batch batch)
    {
        double[] totals = new double[Math.Max(1, model.Description.Heads.Length)];
        model.Description.AddTotalWeights(batch.Targets, batch.Size, totals);
        return totals;
    }

    private static void ComputeGradients(IModel model, Batch batch, int[] parts)
    {
        if (parts is [_])
        {
            model.ComputeGradients(batch.Samples, batch.Targets);
            return;
        }

        double[] totals = TotalsOf(model, batch);
        int first = 0;
        foreach (int count in parts)
        {
            Batch part = batch.Part(first, count);
            model.ComputeGradients(
                part.Samples, part.Targets with { TotalWeights = totals }, new BatchPart(first, batch.Size));
            first += count;
        }
    }

    private static void AssertClose(float[] expected, float[] actual)
    {
        float largest = TensorPrimitives.MaxMagnitude<float>(expected);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-5f * Math.Max(1e-3f, Math.Abs(largest)));
        }
    }
}
