using System.Runtime.CompilerServices;

namespace ModelDsl.Kernels;

/// <summary>values[i] = f(values[i], i): the one loop behind all element-wise stages.</summary>
/// <remarks>
/// Vectors of the widest size first; what is left over falls through to the narrower ones, so a run of any length takes
/// at most three single steps.
/// </remarks>
internal static unsafe class ElementwiseRun
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply<TFunction>(Span<float> values, TFunction function)
        where TFunction : struct, IElementwiseFunction
    {
        fixed (float* run = values)
        {
            int length = values.Length;
            int index = 0;
            if (SimdVector512.IsHardwareAccelerated)
            {
                index = Apply<TFunction, SimdVector512>(run, index, length, function);
            }

            if (SimdVector256.IsHardwareAccelerated)
            {
                index = Apply<TFunction, SimdVector256>(run, index, length, function);
            }

            if (SimdVector128.IsHardwareAccelerated)
            {
                index = Apply<TFunction, SimdVector128>(run, index, length, function);
            }

            Apply<TFunction, SimdScalar>(run, index, length, function);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Apply<TFunction, TVector>(float* run, int index, int length, TFunction function)
        where TFunction : struct, IElementwiseFunction
        where TVector : struct, ISimdVector<TVector>
    {
        for (; index <= length - TVector.Count; index += TVector.Count)
        {
            function.Invoke(TVector.Load(run + index), index).Store(run + index);
        }

        return index;
    }
}
