using ModelDsl.CompilerServices;
using ModelDsl.Extensibility;

namespace ModelDsl.MicroBenchmarks;

/// <summary>Activations, dropout and softmax on the activations of a batch: 128 rows of 512, in the second-level cache.</summary>
public class ActivationBenchmarks : KernelBenchmark
{
    private const int Rows = 128;
    private const int Columns = 512;

    private AlignedMemory _source = null!;
    private AlignedMemory _destination = null!;

    /// <summary>Takes memory.</summary>
    [GlobalSetup]
    public void Setup()
    {
        SetThreads();
        (_source, _destination) = (Draw(Rows * Columns), Draw(Rows * Columns));
    }

    [Benchmark(Baseline = true)]
    public void Relu() => Apply<Relu>();

    [Benchmark]
    public void Sigmoid() => Apply<Sigmoid>();

    [Benchmark]
    public void Tanh() => Apply<Tanh>();

    [Benchmark]
    public void Gelu() => Apply<Gelu>();

    [Benchmark]
    public void ApproximateGelu() => Apply<ApproximateGelu>();

    [Benchmark]
    public void Silu() => Apply<Silu>();

    [Benchmark]
    public void Dropout() => Elementwise.Apply(
        _source.FloatSpan, _destination.FloatSpan, Rows, Columns, Epilogue.Of(new Dropout(0.2f, 1, 1, 1)));

    [Benchmark]
    public void Softmax() => CompilerServices.Softmax.Forward(_source.FloatSpan, _destination.FloatSpan, Rows, Columns);

    private void Apply<TActivation>()
        where TActivation : struct, IActivation => Elementwise.Apply(
            _source.FloatSpan, _destination.FloatSpan, Rows, Columns, Epilogue.Of(new Activate<TActivation>(default)));
}
