namespace ModelDsl.CompilerServices;

/// <summary>The sums of the elements of each line up to every one of them, added up in double precision.</summary>
/// <remarks>
/// Limited by the chain of additions; several lines share a thread's time only if there are several threads.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class CumulativeSum
{
    /// <summary>
    /// result[i] = Σ source[j] over j ≤ i, along a dimension. The gradient is the same in the other direction.
    /// </summary>
    /// <param name="source">[outer, count, inner].</param>
    /// <param name="result">[outer, count, inner]; may be the source.</param>
    /// <param name="outer">The product of the extents before the dimension.</param>
    /// <param name="count">The extent of the dimension.</param>
    /// <param name="inner">The product of the extents behind it.</param>
    /// <param name="exclusive">Whether an element's own value is not in its sum.</param>
    /// <param name="reverse">Whether the sums begin at the end.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    public static void Compute(
        FloatSpan source,
        FloatSpan result,
        int outer,
        int count,
        int inner,
        bool exclusive = false,
        bool reverse = false) =>
        LineMap<Map>.Run(new Lines(outer, count, inner), new Map(exclusive, reverse), source, default, result);

    private readonly struct Map(bool exclusive, bool reverse) : ILineMap
    {
        public void Invoke<TVector>(float* first, float* second, float* result, int count)
            where TVector : struct, ISimdVector<TVector>
        {
            double sum = 0;
            int step = reverse ? -1 : 1;
            for (int i = reverse ? count - 1 : 0; (uint)i < (uint)count; i += step)
            {
                double next = sum + first[i];
                result[i] = (float)(exclusive ? sum : next);
                sum = next;
            }
        }
    }
}
