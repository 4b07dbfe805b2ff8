namespace ModelDsl.Kernels;

/// <summary>A kernel that reads filters in an order of its own.</summary>
internal unsafe interface IFilterOrder
{
    /// <summary>The floats of the filters in that order.</summary>
    int PackedFloats<TVector>()
        where TVector : struct, ISimdVector<TVector>;

    /// <summary>Brings the filters into that order.</summary>
    /// <param name="to">Memory for <see cref="PackedFloats"/>.</param>
    void Pack<TVector>(float* to)
        where TVector : struct, ISimdVector<TVector>;
}

/// <summary>Where a kernel finds its filters in its order.</summary>
internal static unsafe class FilterOrder
{
    /// <summary>The filters as they were packed before, or else packed now, into shared scratch memory.</summary>
    public static float* PackedOr<TVector, TKernel>(float* packed, in TKernel kernel)
        where TVector : struct, ISimdVector<TVector>
        where TKernel : struct, IFilterOrder
    {
        if (packed is null)
        {
            packed = SharedScratch.Get(kernel.PackedFloats<TVector>()).Pointer;
            kernel.Pack<TVector>(packed);
        }

        return packed;
    }
}

/// <summary>Packs the filters of a kernel into memory of their own.</summary>
internal unsafe struct FilterPacking<TKernel>(TKernel kernel) : IVectorWork
    where TKernel : struct, IFilterOrder
{
    /// <summary>The packed filters, once the work is done.</summary>
    public AlignedMemory? Packed { get; private set; }

    public void Invoke<TVector>()
        where TVector : struct, ISimdVector<TVector>
    {
        Packed = new AlignedMemory(kernel.PackedFloats<TVector>());
        kernel.Pack<TVector>(Packed.FloatSpan.Pointer);
    }
}
