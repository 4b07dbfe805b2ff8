namespace ModelDsl.Tests.Parity;

/// <summary>
/// MLPerf Tiny's ResNet-8 with its trained weights against what ONNX Runtime makes of the original file: see
/// <c>mlperf-tiny/README.md</c>.
/// </summary>
public sealed class TrainedWeightsTests
{
    private const double Tolerance = 1e-5;
    private const int Classes = 10;

    private static readonly float[] Samples = Read("samples");
    private static readonly float[] Outputs = Read("outputs");

    public static TheoryData<int> Threads => [1, 2, 5];

    [Fact]
    public void The_recorded_outputs_choose_more_than_one_class()
    {
        int[] classes = [.. Outputs.Chunk(Classes).Select(scores => Array.IndexOf(scores, scores.Max())).Distinct()];
        Assert.True(classes.Length > 1);
    }

    [Theory]
    [MemberData(nameof(Threads))]
    public void One_sample_gives_the_outputs_of_ONNX_Runtime(int threads) => AssertParity<ResNet8>(threads, batch: 1);

    [Theory]
    [MemberData(nameof(Threads))]
    public void A_batch_gives_the_outputs_of_ONNX_Runtime(int threads) => AssertParity<ResNet8>(threads, batch: 5);

    [Theory]
    [MemberData(nameof(Threads))]
    public void One_sample_with_direct_sums_gives_the_outputs_of_ONNX_Runtime(int threads) =>
        AssertParity<ExactResNet8>(threads, batch: 1);

    [Theory]
    [MemberData(nameof(Threads))]
    public void A_batch_with_direct_sums_gives_the_outputs_of_ONNX_Runtime(int threads) =>
        AssertParity<ExactResNet8>(threads, batch: 5);

    // By the model that also trains and by its copy for inference, whose normalisations are in the weights.
    private static void AssertParity<TModel>(int threads, int batch)
        where TModel : class, IModel<TModel>
    {
        int before = WorkerPool.ThreadCount;
        try
        {
            WorkerPool.ThreadCount = threads;
            TModel model = TModel.Create(seed: 1);
            ModelFile.Load(PathOf("ResNet8.safetensors"), model);
            TModel copy = model.ForInference();
            float[][] samples = [.. Samples.Chunk(batch * model.Description.InputShape.Count)];
            AssertClose([.. samples.SelectMany(part => model.Predict(part).ToArray())]);
            AssertClose([.. samples.SelectMany(part => copy.Predict(part).ToArray())]);
        }
        finally
        {
            WorkerPool.ThreadCount = before;
        }
    }

    private static void AssertClose(float[] actual)
    {
        Assert.Equal(Outputs.Length, actual.Length);
        for (int i = 0; i < Outputs.Length; i++)
        {
            // As a part of the largest output for the same sample.
            double largest = Outputs.AsSpan(i / Classes * Classes, Classes).ToArray().Max(Math.Abs);
            Assert.Equal((double)Outputs[i], actual[i], Tolerance * largest);
        }
    }

    private static float[] Read(string tensor)
    {
        using SafetensorsFile file = SafetensorsFile.Open(PathOf("ResNet8.outputs.safetensors"));
        SafetensorsTensor found = file.Tensors.Single(candidate => candidate.Name == tensor);
        float[] values = new float[found.Count];
        file.Read(found, values);
        return values;
    }

    private static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "Parity", "mlperf-tiny", file);
}
