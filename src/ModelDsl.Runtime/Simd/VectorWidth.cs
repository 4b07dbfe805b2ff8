using System.Runtime.Intrinsics;

namespace ModelDsl.Simd;

/// <summary>Work that is stated once, for vectors of any width.</summary>
internal interface IVectorWork
{
    /// <summary>Does the work in vectors of one width.</summary>
    void Invoke<TVector>()
        where TVector : struct, ISimdVector<TVector>;
}

/// <summary>The width of the vectors that kernels compute in: the one place where it is chosen.</summary>
/// <remarks>
/// What the processor has is a constant to the JIT, and the work and the vector are structs: so one of the branches is
/// left, and it is compiled for its width, and inlined where the work asks for that.
/// </remarks>
internal static class VectorWidth
{
    /// <summary>The floats in the widest vectors at hand.</summary>
    public static int Count =>
        Vector512.IsHardwareAccelerated ? SimdVector512.Count
        : Vector256.IsHardwareAccelerated ? SimdVector256.Count
        : Vector128.IsHardwareAccelerated ? SimdVector128.Count
        : SimdScalar.Count;

    /// <summary>Does the work in the widest vectors at hand.</summary>
    /// <param name="work">The work. It is not copied, so it may carry results.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TWork>(ref TWork work)
        where TWork : struct, IVectorWork
    {
        if (Vector512.IsHardwareAccelerated)
        {
            work.Invoke<SimdVector512>();
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            work.Invoke<SimdVector256>();
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            work.Invoke<SimdVector128>();
        }
        else
        {
            work.Invoke<SimdScalar>();
        }
    }

    /// <summary>Does the work in the widest vectors that a run can fill one of, or in those of four floats.</summary>
    /// <param name="length">The floats of a run.</param>
    /// <param name="work">The work. It is not copied, so it may carry results.</param>
    public static void RunWithin<TWork>(int length, ref TWork work)
        where TWork : struct, IVectorWork
    {
        if (Vector512.IsHardwareAccelerated && length >= SimdVector512.Count)
        {
            work.Invoke<SimdVector512>();
        }
        else if (Vector256.IsHardwareAccelerated && length >= SimdVector256.Count)
        {
            work.Invoke<SimdVector256>();
        }
        else
        {
            work.Invoke<SimdVector128>();
        }
    }

    /// <summary>Does the work in the narrowest vectors that hold a whole run, or in the widest at hand.</summary>
    /// <param name="length">The floats of a run.</param>
    /// <param name="work">The work. It is not copied, so it may carry results.</param>
    public static void RunAround<TWork>(int length, ref TWork work)
        where TWork : struct, IVectorWork
    {
        if (Vector128.IsHardwareAccelerated && length <= SimdVector128.Count)
        {
            work.Invoke<SimdVector128>();
        }
        else if (Vector256.IsHardwareAccelerated && length <= SimdVector256.Count)
        {
            work.Invoke<SimdVector256>();
        }
        else
        {
            Run(ref work);
        }
    }
}
