namespace ModelDsl.CompilerServices;

/// <summary>
/// One number for each line of a tensor along a dimension, and its gradient: the tensor is [outer, count, inner], the
/// result [outer, inner].
/// </summary>
/// <remarks>
/// Lines of another dimension than the last are turned into rows, but for sums, which go row by row over all columns.
/// Limited by memory; LogSumExp by the exponential.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Reduction
{
    /// <summary>result = Σ x / divisor.</summary>
    /// <param name="source">[outer, count, inner].</param>
    /// <param name="result">[outer, inner].</param>
    /// <param name="outer">The product of the extents before the dimension.</param>
    /// <param name="count">The extent of the dimension; positive.</param>
    /// <param name="inner">The product of the extents behind it.</param>
    /// <param name="divisor">1 for the sum, the number of summands for the mean.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    public static void Sum(FloatSpan source, FloatSpan result, int outer, int count, int inner, float divisor) =>
        LineReduction<SumOfLine>.Forward(source, result, new Lines(outer, count, inner), divisor);

    /// <summary>The gradient of <see cref="Sum"/>: ∂x = ∂result / divisor for each element.</summary>
    /// <param name="resultGradient">[outer, inner].</param>
    /// <param name="sourceGradient">[outer, count, inner].</param>
    /// <param name="outer">The product of the extents before the dimension.</param>
    /// <param name="count">The extent of the dimension.</param>
    /// <param name="inner">The product of the extents behind it.</param>
    /// <param name="divisor">What the sum was divided by.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    public static void SumGradient(
        FloatSpan resultGradient, FloatSpan sourceGradient, int outer, int count, int inner, float divisor)
    {
        var lines = new Lines(outer, count, inner);
        lines.Check(sourceGradient);
        lines.CheckOnes(resultGradient);
        var work = new ShareWork(resultGradient.Pointer, sourceGradient.Pointer, count, inner, divisor);
        LineWork.Run(outer, (long)outer * count * inner, ref work);
    }

    /// <summary>result = the largest x; NaN where one is.</summary>
    /// <inheritdoc cref="Sum"/>
    public static void Max(FloatSpan source, FloatSpan result, int outer, int count, int inner) =>
        LineReduction<LargestOfLine>.Forward(source, result, new Lines(outer, count, inner), 1f);

    /// <summary>
    /// The gradient of <see cref="Max"/>: that of the result for the first of the largest, 0 for the others.
    /// </summary>
    /// <inheritdoc cref="VarianceGradient"/>
    public static void MaxGradient(
        FloatSpan source, FloatSpan resultGradient, FloatSpan sourceGradient, int outer, int count, int inner) =>
        LineReduction<LargestOfLine>.Backward(source, resultGradient, sourceGradient, new Lines(outer, count, inner), 1f);

    /// <summary>result = the smallest x; NaN where one is.</summary>
    /// <inheritdoc cref="Sum"/>
    public static void Min(FloatSpan source, FloatSpan result, int outer, int count, int inner) =>
        LineReduction<SmallestOfLine>.Forward(source, result, new Lines(outer, count, inner), 1f);

    /// <summary>
    /// The gradient of <see cref="Min"/>: that of the result for the first of the smallest, 0 for the others.
    /// </summary>
    /// <inheritdoc cref="VarianceGradient"/>
    public static void MinGradient(
        FloatSpan source, FloatSpan resultGradient, FloatSpan sourceGradient, int outer, int count, int inner) =>
        LineReduction<SmallestOfLine>.Backward(source, resultGradient, sourceGradient, new Lines(outer, count, inner), 1f);

    /// <summary>result = Σ (x - mean)² / divisor; exactly 0 where all x are equal.</summary>
    /// <inheritdoc cref="Sum"/>
    public static void Variance(FloatSpan source, FloatSpan result, int outer, int count, int inner, float divisor) =>
        LineReduction<VarianceOfLine>.Forward(source, result, new Lines(outer, count, inner), divisor);

    /// <summary>The gradient of <see cref="Variance"/>: ∂x = ∂result · 2·(x - mean) / divisor.</summary>
    /// <param name="source">[outer, count, inner].</param>
    /// <param name="resultGradient">[outer, inner].</param>
    /// <param name="sourceGradient">[outer, count, inner]; may be the source.</param>
    /// <param name="outer">The product of the extents before the dimension.</param>
    /// <param name="count">The extent of the dimension; positive.</param>
    /// <param name="inner">The product of the extents behind it.</param>
    /// <param name="divisor">The number of elements, or one less.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    public static void VarianceGradient(
        FloatSpan source, FloatSpan resultGradient, FloatSpan sourceGradient, int outer, int count, int inner, float divisor) =>
        LineReduction<VarianceOfLine>.Backward(
            source, resultGradient, sourceGradient, new Lines(outer, count, inner), divisor);

    /// <summary>result = √Σ x².</summary>
    /// <inheritdoc cref="Sum"/>
    public static void Norm(FloatSpan source, FloatSpan result, int outer, int count, int inner) =>
        LineReduction<NormOfLine>.Forward(source, result, new Lines(outer, count, inner), 1f);

    /// <summary>The gradient of <see cref="Norm"/>: ∂x = ∂result · x / result, and 0 where the norm is 0.</summary>
    /// <inheritdoc cref="VarianceGradient"/>
    public static void NormGradient(
        FloatSpan source, FloatSpan resultGradient, FloatSpan sourceGradient, int outer, int count, int inner) =>
        LineReduction<NormOfLine>.Backward(source, resultGradient, sourceGradient, new Lines(outer, count, inner), 1f);

    /// <summary>result = log Σ e^x.</summary>
    /// <inheritdoc cref="Sum"/>
    public static void LogSumExp(FloatSpan source, FloatSpan result, int outer, int count, int inner) =>
        LineReduction<LogSumExpOfLine>.Forward(source, result, new Lines(outer, count, inner), 1f);

    /// <summary>The gradient of <see cref="LogSumExp"/>: ∂x = ∂result · e^x / Σ e^x.</summary>
    /// <inheritdoc cref="VarianceGradient"/>
    public static void LogSumExpGradient(
        FloatSpan source, FloatSpan resultGradient, FloatSpan sourceGradient, int outer, int count, int inner) =>
        LineReduction<LogSumExpOfLine>.Backward(
            source, resultGradient, sourceGradient, new Lines(outer, count, inner), 1f);

    private readonly struct ShareWork(float* gradient, float* result, int count, int inner, float divisor) : ILineWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(int block)
        {
            float* from = gradient + ((nint)block * inner);
            float* to = result + ((nint)block * count * inner);
            if (inner == 1)
            {
                new Span<float>(to, count).Fill(*from / divisor);
                return;
            }

            for (int i = 0; i < count; i++)
            {
                ElementwiseRun.Apply(new Span<float>(to + ((nint)i * inner), inner), new Share(from, divisor));
            }
        }
    }

    private readonly struct Share(float* gradient, float divisor) : IElementwiseFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector values, int index, int count)
            where TVector : struct, ISimdVector<TVector> =>
            Operand.Load<TVector>(gradient + index, count) / TVector.Broadcast(divisor);
    }
}
