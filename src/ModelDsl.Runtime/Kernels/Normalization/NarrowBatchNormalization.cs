namespace ModelDsl.CompilerServices;

/// <summary><see cref="BatchNormalization"/> of values that are stored in 16 bits.</summary>
/// <remarks>
/// Each block of rows is expanded into the memory of the thread that adds it up, and the sums are those of the expanded
/// matrix to the last bit.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class NarrowBatchNormalization
{
    /// <summary>As <see cref="BatchNormalization.Statistics"/>.</summary>
    /// <param name="input">[rows, columns], in 16 bits.</param>
    /// <param name="weight">[columns].</param>
    /// <param name="runningMean">[columns], moved towards the mean.</param>
    /// <param name="runningVariance">[columns], moved towards the variance.</param>
    /// <param name="mean">[columns].</param>
    /// <param name="inverse">[columns].</param>
    /// <param name="scale">[columns].</param>
    /// <param name="rows">The number of rows, at least 1.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="momentum">The weight of this batch in the running statistics, in (0, 1].</param>
    /// <param name="epsilon">ε, positive.</param>
    /// <param name="precision">The format of the input.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    public static void Statistics(
        NarrowSpan input, FloatSpan weight, FloatSpan runningMean, FloatSpan runningVariance,
        FloatSpan mean, FloatSpan inverse, FloatSpan scale, int rows, int columns, float momentum, float epsilon,
        Precision precision)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        Guard.Matrix(input, rows, columns);
        BatchNormalization.Check(columns, weight, runningMean, runningVariance, mean, inverse, scale);
        if (precision == Precision.BFloat16)
        {
            BatchNormalization.StatisticsOf(
                new NarrowRows<BFloat16Format>(input.Pointer, columns), weight, runningMean, runningVariance, mean,
                inverse,
                scale, rows, columns, momentum, epsilon);
        }
        else
        {
            BatchNormalization.StatisticsOf(
                new NarrowRows<Float16Format>(input.Pointer, columns), weight, runningMean, runningVariance, mean,
                inverse,
                scale, rows, columns, momentum, epsilon);
        }
    }

    /// <summary>As <see cref="BatchNormalization.Gradients"/>.</summary>
    /// <param name="outputGradient">[rows, columns], in 16 bits.</param>
    /// <param name="input">[rows, columns], in 16 bits.</param>
    /// <param name="mean">[columns], from <see cref="Statistics"/>.</param>
    /// <param name="inverse">[columns], from <see cref="Statistics"/>.</param>
    /// <param name="weightGradient">[columns].</param>
    /// <param name="biasGradient">[columns].</param>
    /// <param name="offset">[columns]: the bias's gradient / rows.</param>
    /// <param name="slope">[columns]: the weight's gradient · inverse / rows.</param>
    /// <param name="rows">The number of rows, at least 1.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="precision">The format of input and gradient.</param>
    /// <param name="accumulate">Whether the gradients are added to what is there.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    public static void Gradients(
        NarrowSpan outputGradient, NarrowSpan input, FloatSpan mean, FloatSpan inverse,
        FloatSpan weightGradient, FloatSpan biasGradient, FloatSpan offset, FloatSpan slope,
        int rows, int columns, Precision precision, bool accumulate = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        Guard.Matrix(outputGradient, rows, columns);
        Guard.Matrix(input, rows, columns);
        BatchNormalization.Check(columns, mean, inverse, weightGradient, biasGradient, offset, slope);
        if (precision == Precision.BFloat16)
        {
            BatchNormalization.GradientsOf(
                new NarrowRows<BFloat16Format>(outputGradient.Pointer, columns),
                new NarrowRows<BFloat16Format>(input.Pointer, columns),
                mean, inverse, weightGradient, biasGradient, offset, slope, rows, columns, accumulate);
        }
        else
        {
            BatchNormalization.GradientsOf(
                new NarrowRows<Float16Format>(outputGradient.Pointer, columns),
                new NarrowRows<Float16Format>(input.Pointer, columns),
                mean, inverse, weightGradient, biasGradient, offset, slope, rows, columns, accumulate);
        }
    }
}
