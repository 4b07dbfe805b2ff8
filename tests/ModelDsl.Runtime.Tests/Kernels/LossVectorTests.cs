namespace ModelDsl.Runtime.Tests.Kernels;

/// <summary>
/// Losses with weights of samples against libtorch's: <c>reduction='none'</c> times the weights, added up, and divided
/// by the weight of all terms for the mean. bench/ModelDsl.ReferenceVectors wrote them (<c>LossVectors</c>).
/// Contrastive losses and hinges of one output are missing, since libtorch has no function for them.
/// </summary>
public sealed class LossVectorTests
{
    private delegate float Evaluate(FloatSpan outputs, Targets targets, FloatSpan gradient, int samples);

    private const int Columns = 6;
    private const int IgnoredLabel = 2;
    private const double Tolerance = 1e-5;

    private static readonly float[] ClassWeights = [1f, 2f, 0.5f, 3f, 0.25f, 1.5f];

    private static readonly Dictionary<string, float[]> Vectors = Read();

    private static readonly Dictionary<string, Evaluate> Losses = new()
    {
        ["mean squared error"] = (y, t, g, n) =>
            MeanSquaredErrorLoss.EvaluateWithGradient(y, t, g, 2 * n, Columns, rowsPerSample: 2),
        ["mean absolute error"] = (y, t, g, n) => MeanAbsoluteErrorLoss.EvaluateWithGradient(y, t, g, n, Columns),
        ["Huber"] = (y, t, g, n) => HuberLoss.EvaluateWithGradient(y, t, g, n, Columns, 0.5f),
        ["binary cross-entropy"] = (y, t, g, n) => BinaryCrossEntropyLoss.EvaluateWithGradient(y, t, g, n, Columns),
        ["binary cross-entropy with positive weights"] = (y, t, g, n) =>
            BinaryCrossEntropyLoss.EvaluateWithGradient(y, t, g, 2 * n, Columns, ClassWeights, rowsPerSample: 2),
        ["Kullback-Leibler"] = (y, t, g, n) =>
            KullbackLeiblerLoss.EvaluateWithGradient(y, t, g, 2 * n, Columns, false, rowsPerSample: 2),
        ["softmax cross-entropy"] = (y, t, g, n) =>
            SoftmaxCrossEntropyLoss.EvaluateWithGradient(y, t, g, 2 * n, Columns, rowsPerSample: 2),
        ["softmax cross-entropy with class weights"] = (y, t, g, n) =>
            SoftmaxCrossEntropyLoss.EvaluateWithGradient(y, t, g, 2 * n, Columns, ClassWeights, rowsPerSample: 2),
        ["softmax cross-entropy with an ignored label"] = (y, t, g, n) => SoftmaxCrossEntropyLoss.EvaluateWithGradient(
            y, t, g, 2 * n, Columns, ignoredLabel: IgnoredLabel, rowsPerSample: 2),
        ["smoothed softmax cross-entropy with all"] = (y, t, g, n) => SoftmaxCrossEntropyLoss.EvaluateWithGradient(
            y, t, g, 2 * n, Columns, ClassWeights, 0.1f, IgnoredLabel, rowsPerSample: 2),
        ["softmax cross-entropy of distributions"] = (y, t, g, n) =>
            SoftmaxCrossEntropyLoss.EvaluateWithGradient(y, t, g, n, Columns, labelSmoothing: 0.1f),
        ["hinge"] = (y, t, g, n) => HingeLoss.EvaluateWithGradient(y, t, g, n, Columns),
        ["triplet"] = (y, t, g, n) => TripletLoss.EvaluateWithGradient(y, t, g, n, Columns / 3, 4f),
    };

    public static TheoryData<string> Names => [.. Losses.Keys];

    [Fact]
    public void Every_loss_of_the_file_is_compared() =>
        Assert.Equal(
            Vectors.Keys.Where(key => key.EndsWith(".mean", StringComparison.Ordinal)).Order(),
            Losses.Keys.Select(name => $"{name}.mean").Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void Weighted_mean_and_its_gradient_agree_with_libtorch(string name) => Check(name, "mean", []);

    [Theory]
    [MemberData(nameof(Names))]
    public void Weighted_sum_and_its_gradient_agree_with_libtorch(string name) => Check(name, "sum", [1]);

    private static void Check(string name, string reduction, double[] totalWeights)
    {
        using var memory = new KernelMemory();
        FloatSpan outputs = memory.Of(Vectors[$"{name}.outputs"]);
        FloatSpan gradient = memory.Random(outputs.Length, 1);
        float[] weights = Vectors["weights"];
        int[] labels = [.. Vectors.GetValueOrDefault($"{name}.labels", []).Select(label => (int)label)];
        float[] values = Vectors.GetValueOrDefault($"{name}.values", []);
        Targets targets = new(labels, values) { SampleWeights = weights, TotalWeights = totalWeights };
        float loss = Losses[name](outputs, targets, gradient, weights.Length);
        AssertClose(Vectors[$"{name}.{reduction}"], [loss]);
        AssertClose(Vectors[$"{name}.{reduction}.gradient"], gradient);
    }

    private static void AssertClose(float[] expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = expected.Max(Math.Abs);
        Assert.True(scale > 0);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal((double)expected[i], actual[i], Tolerance * scale);
        }
    }

    private static Dictionary<string, float[]> Read()
    {
        using SafetensorsFile file = SafetensorsFile.Open(
            Path.Combine(AppContext.BaseDirectory, "Kernels", "vectors", "losses.safetensors"));
        return file.Tensors.ToDictionary(tensor => tensor.Name, tensor =>
        {
            float[] values = new float[tensor.Count];
            file.Read(tensor, values);
            return values;
        });
    }
}
