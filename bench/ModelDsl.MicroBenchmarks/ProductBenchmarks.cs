using ModelDsl.CompilerServices;

namespace ModelDsl.MicroBenchmarks;

/// <summary>The three products, with and without what is fused into them.</summary>
public class ProductBenchmarks : KernelBenchmark
{
    private const int Largest = 1024 * 1024;

    private AlignedMemory _a = null!;
    private AlignedMemory _b = null!;
    private AlignedMemory _c = null!;
    private AlignedMemory _bias = null!;
    private int _m;
    private int _k;
    private int _n;

    /// <summary>Rows, sums and columns.</summary>
    [Params("1x784x512", "8x784x512", "128x784x512", "128x512x512", "128x512x10", "1024x1024x1024")]
    public string Shape { get; set; } = "";

    /// <summary>Takes memory.</summary>
    [GlobalSetup]
    public void Setup()
    {
        SetThreads();
        int[] extents = [.. Shape.Split('x').Select(int.Parse)];
        (_m, _k, _n) = (extents[0], extents[1], extents[2]);
        (_a, _b, _c, _bias) = (Draw(Largest), Draw(Largest), Draw(Largest), Draw(Largest));
    }

    /// <summary>A·B.</summary>
    [Benchmark]
    public void Times() =>
        MatrixMultiplication.Times(_a.FloatSpan, _b.FloatSpan, _c.FloatSpan, _m, _n, _k, Epilogue.None);

    /// <summary>A·Bᵀ.</summary>
    [Benchmark(Baseline = true)]
    public void TimesTransposed() =>
        MatrixMultiplication.TimesTransposed(_a.FloatSpan, _b.FloatSpan, _c.FloatSpan, _m, _n, _k, Epilogue.None);

    /// <summary>Aᵀ·B with the sums of A's columns.</summary>
    [Benchmark]
    public void TransposedTimes() =>
        MatrixMultiplication.TransposedTimes(_a.FloatSpan, _b.FloatSpan, _c.FloatSpan, _bias.FloatSpan, _m, _n, _k);

    /// <summary>relu(A·Bᵀ + b).</summary>
    [Benchmark]
    public void DenseRelu() => TimesTransposed(
        Epilogue.Of(new AddBias(_bias.FloatSpan), new Activate<Relu>(default)));

    /// <summary>dropout(relu(A·Bᵀ + b)).</summary>
    [Benchmark]
    public void DenseReluDropout() => TimesTransposed(
        Epilogue.Of(new AddBias(_bias.FloatSpan), new Activate<Relu>(default), new Dropout(0.2f, 1, 1, 1)));

    private void TimesTransposed<TEpilogue>(TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue =>
        MatrixMultiplication.TimesTransposed(_a.FloatSpan, _b.FloatSpan, _c.FloatSpan, _m, _n, _k, epilogue);
}
