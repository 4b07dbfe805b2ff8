using System.Numerics.Tensors;
using System.Runtime.Intrinsics;

namespace ModelDsl.Kernels;

/// <summary>Checks a batch's targets against its outputs before a loss reads them.</summary>
internal static unsafe class TargetGuard
{
    /// <summary>The targets as values of the outputs' shape.</summary>
    /// <exception cref="ArgumentException">They are labels, or of another count.</exception>
    public static ReadOnlySpan<float> Values(Targets targets, int batch, int columns, string loss)
    {
        if (!targets.Labels.IsEmpty)
        {
            throw new ArgumentException(
                $"expected values of the output's shape as targets of {loss}, got class labels", nameof(targets));
        }

        if (targets.Values.Length != (long)batch * columns)
        {
            throw new ArgumentException(
                $"expected {(long)batch * columns} target values ({batch} samples x {columns} outputs), " +
                $"got {targets.Values.Length}",
                nameof(targets));
        }

        return targets.Values;
    }

    /// <summary>The targets as values in [0, 1] of the outputs' shape.</summary>
    /// <exception cref="ArgumentException">They are labels, of another count, or one is out of range.</exception>
    public static ReadOnlySpan<float> Probabilities(Targets targets, int batch, int columns, string loss)
    {
        ReadOnlySpan<float> values = Values(targets, batch, columns, loss);

        // Minimum and maximum are NaN if any value is.
        if (!values.IsEmpty && !(TensorPrimitives.Min(values) >= 0f && TensorPrimitives.Max(values) <= 1f))
        {
            int index = 0;
            while (values[index] is >= 0f and <= 1f)
            {
                index++;
            }

            throw new ArgumentException(
                Invariant($"expected targets in [0, 1], got {values[index]} for sample {index / columns}"), nameof(targets));
        }

        return values;
    }

    /// <summary>The targets as values -1 or 1 of the outputs' shape.</summary>
    /// <exception cref="ArgumentException">They are labels, of another count, or one is another number.</exception>
    public static ReadOnlySpan<float> Signs(Targets targets, int batch, int columns, string loss)
    {
        ReadOnlySpan<float> values = Values(targets, batch, columns, loss);
        int other = values.IndexOfAnyExcept(-1f, 1f);
        return other < 0
            ? values
            : throw new ArgumentException(
                Invariant($"expected targets of -1 or 1, got {values[other]} for sample {other / columns}"),
                nameof(targets));
    }

    /// <summary>
    /// The targets as one label in [0, classes), or the ignored one, for each sample, with room for as many partial
    /// sums.
    /// </summary>
    /// <remarks>
    /// A copy in memory of this thread: labels are places in memory, and whoever has given them may change them after
    /// they were checked.
    /// </remarks>
    /// <param name="targets">The targets.</param>
    /// <param name="batch">The number of samples.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="loss">The loss, for the message.</param>
    /// <param name="partials">What <see cref="LossSum.Partials(int)"/> gives, which is then not asked for.</param>
    /// <param name="ignored">The label of samples that take no part; null where there is none.</param>
    /// <exception cref="ArgumentException">They are values, of another count, or one is out of range.</exception>
    public static int* Labels(
        Targets targets, int batch, int classes, string loss, out double* partials, int? ignored = null)
    {
        if (targets.Labels.IsEmpty && !targets.Values.IsEmpty)
        {
            throw new ArgumentException(
                $"expected class labels as targets of {loss}, got values", nameof(targets));
        }

        if (targets.Labels.Length != batch)
        {
            throw new ArgumentException(
                $"expected {batch} labels (one for each sample), got {targets.Labels.Length}", nameof(targets));
        }

        partials = LossSum.Partials(batch, out int* labels);
        targets.Labels.CopyTo(new Span<int>(labels, batch));
        if (AreWithin(labels, batch, classes))
        {
            return labels;
        }

        for (int i = 0; i < batch; i++)
        {
            if ((uint)labels[i] >= (uint)classes && labels[i] != ignored)
            {
                string other = ignored is { } label ? Invariant($" (or {label}, which is ignored)") : "";
                throw new ArgumentException(
                    Invariant($"expected labels from 0 to {classes - 1}{other}, got {labels[i]} for sample {i}"),
                    nameof(targets));
            }
        }

        return labels;
    }

    private static bool AreWithin(int* labels, int count, int classes)
    {
        Vector256<uint> end = Vector256.Create((uint)classes);
        int i = 0;
        for (; i <= count - Vector256<uint>.Count; i += Vector256<uint>.Count)
        {
            if (Vector256.GreaterThanOrEqualAny(Vector256.Load((uint*)labels + i), end))
            {
                return false;
            }
        }

        for (; i < count; i++)
        {
            if ((uint)labels[i] >= (uint)classes)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Checks that there are no targets.</summary>
    /// <exception cref="ArgumentException">There are some.</exception>
    public static void None(Targets targets, string loss)
    {
        if (!targets.Labels.IsEmpty || !targets.Values.IsEmpty)
        {
            string what = targets.Labels.IsEmpty ? "values" : "labels";
            throw new ArgumentException(
                $"expected no targets for {loss}, got {Math.Max(targets.Labels.Length, targets.Values.Length)} {what}", nameof(targets));
        }
    }

    /// <summary>
    /// Checks that there is one weight for each sample, or none at all, and one total weight, or none.
    /// </summary>
    /// <param name="targets">The targets.</param>
    /// <param name="rows">The number of rows of the batch.</param>
    /// <param name="rowsPerSample">How many rows belong to a sample.</param>
    /// <exception cref="ArgumentException">There is another number of them, or one is negative or not
    /// finite.</exception>
    public static void SampleWeights(Targets targets, int rows, int rowsPerSample)
    {
        ReadOnlySpan<float> weights = targets.SampleWeights;
        if (!weights.IsEmpty)
        {
            ModelDsl.SampleWeights.Check(weights, rows / rowsPerSample, nameof(targets));
        }

        if (targets.TotalWeights.Length > 1)
        {
            throw new ArgumentException(
                $"expected one total weight, for the one loss, got {targets.TotalWeights.Length}", nameof(targets));
        }

        foreach (double total in targets.TotalWeights)
        {
            if (!(total >= 0 && total < double.PositiveInfinity))
            {
                throw new ArgumentException(
                    Invariant($"expected a finite total weight of at least 0, got {total}"), nameof(targets));
            }
        }
    }

    /// <summary>Checks that there is one weight for each class or output, or none at all.</summary>
    /// <exception cref="ArgumentException">There is another number of them, or one is negative or not
    /// finite.</exception>
    public static void Weights(ReadOnlySpan<float> weights, int count, string what)
    {
        if (!weights.IsEmpty && weights.Length != count)
        {
            throw new ArgumentException(
                $"expected {count} weights (one for each {what}), got {weights.Length}", nameof(weights));
        }

        foreach (float weight in weights)
        {
            if (!(weight >= 0f && weight < float.PositiveInfinity))
            {
                throw new ArgumentException(
                    Invariant($"expected finite weights of at least 0, got {weight}"), nameof(weights));
            }
        }
    }
}
