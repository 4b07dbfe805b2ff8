namespace ModelDsl.MicroBenchmarks;

/// <summary>One step over as many parameters as the digit classifier has.</summary>
public class OptimizerBenchmarks : KernelBenchmark
{
    private const int Count = 669_706;

    private readonly Sgd _sgd = new();
    private readonly Sgd _momentum = new() { Momentum = 0.9f };
    private readonly Adam _adam = new();
    private readonly Adam _clippedAdam = new() { MaxGradientNorm = 1f };
    private readonly AdamW _adamW = new();
    private AlignedMemory _parameters = null!;
    private AlignedMemory _gradients = null!;

    /// <summary>Takes memory.</summary>
    [GlobalSetup]
    public void Setup()
    {
        SetThreads();
        (_parameters, _gradients) = (Draw(Count), Draw(Count));
    }

    [Benchmark(Baseline = true)]
    public void Sgd() => Step(_sgd);

    [Benchmark]
    public void SgdWithMomentum() => Step(_momentum);

    [Benchmark]
    public void Adam() => Step(_adam);

    [Benchmark]
    public void AdamWithClipping() => Step(_clippedAdam);

    [Benchmark]
    public void AdamW() => Step(_adamW);

    private void Step(IOptimizer optimizer) => optimizer.Step(_parameters.Span, _gradients.Span);
}
