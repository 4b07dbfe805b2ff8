using ModelDsl.Kernels;

namespace ModelDsl.Simd;

/// <summary>A function of the elements of a run, in vectors of whatever width is at hand.</summary>
internal interface IElementwiseFunction
{
    /// <summary>The new values of the elements that start at <paramref name="index"/> in the run.</summary>
    /// <param name="values">The elements.</param>
    /// <param name="index">The index of the first of them.</param>
    /// <param name="count">How many lanes hold elements; operands must not be read beyond.</param>
    TVector Invoke<TVector>(TVector values, int index, int count)
        where TVector : struct, ISimdVector<TVector>;
}
