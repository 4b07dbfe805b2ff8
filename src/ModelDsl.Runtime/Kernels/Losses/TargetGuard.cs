using System.Numerics.Tensors;

namespace ModelDsl.Kernels;

/// <summary>Checks a batch's targets against its outputs before a loss reads them.</summary>
internal static class TargetGuard
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
                $"expected targets in [0, 1], got {values[index]} for sample {index / columns}", nameof(targets));
        }

        return values;
    }

    /// <summary>The targets as one label in [0, classes), or the ignored one, for each sample.</summary>
    /// <exception cref="ArgumentException">They are values, of another count, or one is out of range.</exception>
    public static ReadOnlySpan<int> Labels(Targets targets, int batch, int classes, string loss, int? ignored = null)
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

        for (int i = 0; i < targets.Labels.Length; i++)
        {
            if ((uint)targets.Labels[i] >= (uint)classes && targets.Labels[i] != ignored)
            {
                string other = ignored is { } label ? $" (or {label}, which is ignored)" : "";
                throw new ArgumentException(
                    $"expected labels from 0 to {classes - 1}{other}, got {targets.Labels[i]} for sample {i}",
                    nameof(targets));
            }
        }

        return targets.Labels;
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

    /// <summary>Checks that there is one weight for each class or output, or none at all.</summary>
    /// <exception cref="ArgumentException">There is another number of them, or one is negative or not finite.</exception>
    public static void Weights(ReadOnlySpan<float> weights, int count, string what)
    {
        if (!weights.IsEmpty && weights.Length != count)
        {
            throw new ArgumentException($"expected {count} weights (one for each {what}), got {weights.Length}", nameof(weights));
        }

        foreach (float weight in weights)
        {
            if (!(weight >= 0f && weight < float.PositiveInfinity))
            {
                throw new ArgumentException($"expected finite weights of at least 0, got {weight}", nameof(weights));
            }
        }
    }
}
