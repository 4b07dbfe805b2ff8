using System.Numerics.Tensors;

namespace ModelDsl;

/// <summary>What a tensor and its gradient looked like after a step.</summary>
/// <param name="Step">The step, counted from 1 over all epochs.</param>
/// <param name="Tensor">The tensor's name, such as <c>dense1.weight</c>.</param>
/// <param name="Parameters">The values after the step.</param>
/// <param name="Gradients">The gradient that the step was taken by, of the last part of an accumulated batch.</param>
public readonly record struct TensorStatistics(
    long Step, string Tensor, ValueStatistics Parameters, ValueStatistics Gradients);

/// <summary>What the output of a layer looked like in a step, over the samples of its batch.</summary>
/// <param name="Step">The step, counted from 1 over all epochs.</param>
/// <param name="Layer">The layer's name, as in <see cref="ModelDescription.Activations"/>.</param>
/// <param name="Values">The values.</param>
/// <param name="DeadShare">
/// The share, in [0, 1], of the layer's units that are 0 for every sample of the batch, which after a rectifier is
/// called dead. A unit is one output of a dense layer, a channel of an image, a feature of all steps of a sequence.
/// </param>
public readonly record struct ActivationStatistics(long Step, string Layer, ValueStatistics Values, double DeadShare);

/// <summary>What some values look like.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="StandardDeviation">√(mean of (x − mean)²).</param>
/// <param name="Norm">√Σx².</param>
/// <param name="Largest">The largest |x|.</param>
/// <param name="ZeroShare">The share of values that are 0, in [0, 1].</param>
public readonly record struct ValueStatistics(
    double Mean, double StandardDeviation, double Norm, double Largest, double ZeroShare)
{
    /// <summary>
    /// √(mean of x²), which does not depend on how many values there are, as <see cref="Norm"/> does.
    /// </summary>
    public double RootMeanSquare => Math.Sqrt((Mean * Mean) + (StandardDeviation * StandardDeviation));

    /// <summary>The statistics of values; not numbers where one is not, or there are none.</summary>
    public static ValueStatistics Of(ReadOnlySpan<float> values)
    {
        // In double precision: the squares of small gradients would vanish.
        (double sum, double squares, int zeros) = (0, 0, 0);
        foreach (float value in values)
        {
            sum += value;
            squares += (double)value * value;
            zeros += value == 0f ? 1 : 0;
        }

        if (values.IsEmpty)
        {
            return new(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
        }

        double mean = sum / values.Length;
        double deviations = 0;
        foreach (float value in values)
        {
            deviations += (value - mean) * (value - mean);
        }

        return new(
            mean,
            Math.Sqrt(deviations / values.Length),
            Math.Sqrt(squares),
            Math.Abs((double)TensorPrimitives.MaxMagnitude(values)),
            zeros / (double)values.Length);
    }

    /// <summary>The share of columns that are 0 in every row.</summary>
    internal static double ZeroColumns(ReadOnlySpan<float> rows, int columns)
    {
        bool[] isAlive = new bool[columns];
        for (int start = 0; start < rows.Length; start += columns)
        {
            for (int i = 0; i < columns; i++)
            {
                isAlive[i] |= rows[start + i] != 0f;
            }
        }

        return isAlive.Count(alive => !alive) / (double)columns;
    }
}
