using ModelDsl.TestModels;

namespace ModelDsl.MicroBenchmarks;

/// <summary>Predictions and gradients of the two models of the table; none may allocate.</summary>
public class ModelBenchmarks : KernelBenchmark
{
    private readonly MnistMlp _mnist = new(seed: 1);
    private readonly SmallMlp _small = new(seed: 1);
    private float[] _images = [];
    private float[] _samples = [];
    private int[] _digits = [];
    private int[] _classes = [];

    /// <summary>Draws samples.</summary>
    [GlobalSetup]
    public void Setup()
    {
        SetThreads();
        (_images, _samples) = (Draw(128 * 784).Span.ToArray(), Draw(32 * 16).Span.ToArray());
        _digits = [.. Enumerable.Range(0, 128).Select(number => number % 10)];
        _classes = [.. Enumerable.Range(0, 32).Select(number => number % 4)];
    }

    [Benchmark]
    public float PredictDigit() => _mnist.Predict(_images.AsSpan(0, 784))[0];

    [Benchmark]
    public float DigitGradients() => _mnist.ComputeGradients(_images, _digits);

    [Benchmark]
    public float PredictSmall() => _small.Predict(_samples.AsSpan(0, 16))[0];

    [Benchmark]
    public float SmallGradients() => _small.ComputeGradients(_samples, _classes);
}
