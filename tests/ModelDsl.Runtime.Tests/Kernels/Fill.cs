namespace ModelDsl.Runtime.Tests.Kernels;

/// <summary>Reproducible contents for operands.</summary>
internal static class Fill
{
    public static FloatSpan Random(FloatSpan span, int seed, float low = -1f, float high = 1f)
    {
        new Philox((ulong)seed).FillUniform(span, low, high);
        return span;
    }
}
