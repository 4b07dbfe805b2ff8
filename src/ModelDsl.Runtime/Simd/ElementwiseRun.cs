using System.Runtime.CompilerServices;
using ModelDsl.Kernels;

namespace ModelDsl.Simd;

/// <summary>values[i] = f(values[i], i): the one loop behind all element-wise stages.</summary>
/// <remarks>Whole vectors of the widest size, then one part of a vector; no element is done on its own.</remarks>
internal static unsafe class ElementwiseRun
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply<TFunction>(Span<float> values, TFunction function)
        where TFunction : struct, IElementwiseFunction
    {
        fixed (float* run = values)
        {
            if (SimdVector512.IsHardwareAccelerated)
            {
                Apply<TFunction, SimdVector512>(run, values.Length, function);
            }
            else if (SimdVector256.IsHardwareAccelerated)
            {
                Apply<TFunction, SimdVector256>(run, values.Length, function);
            }
            else if (SimdVector128.IsHardwareAccelerated)
            {
                Apply<TFunction, SimdVector128>(run, values.Length, function);
            }
            else
            {
                Apply<TFunction, SimdScalar>(run, values.Length, function);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Apply<TFunction, TVector>(float* run, int length, TFunction function)
        where TFunction : struct, IElementwiseFunction
        where TVector : struct, ISimdVector<TVector>
    {
        int index = 0;
        for (; index <= length - TVector.Count; index += TVector.Count)
        {
            Prefetching.PageAhead(run + index);
            function.Invoke(TVector.Load(run + index), index, TVector.Count).Store(run + index);
        }

        if (index < length)
        {
            TVector values = TVector.LoadPartial(run + index, length - index);
            function.Invoke(values, index, length - index).StorePartial(run + index, length - index);
        }
    }
}
