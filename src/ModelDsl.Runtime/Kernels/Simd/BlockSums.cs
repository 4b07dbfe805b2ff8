using System.Runtime.CompilerServices;

namespace ModelDsl.Kernels;

/// <summary>Sums of many terms that are added up plainly for a while, as a part, and then moved to a total.</summary>
internal static unsafe class BlockSums
{
    /// <summary>total[i] += part[i]; part[i] = 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Move(float* part, float* total, int length)
    {
        ElementwiseRun.Apply(new Span<float>(total, length), new AddRun(new FloatSpan(part, length)));
        new Span<float>(part, length).Clear();
    }

    /// <summary>total[i] += part[i], with what rounding has taken so far in rests[i]; part[i] = 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Move(float* part, float* total, float* rests, int length)
    {
        ElementwiseRun.Apply(new Span<float>(total, length), new AddBlockRun(part, rests));
        new Span<float>(part, length).Clear();
    }
}
