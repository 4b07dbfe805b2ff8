namespace ModelDsl.CompilerServices;

/// <summary>
/// Puts the inputs of a model that has several side by side: a sample is the first input, then the second, and so on. Generated
/// code calls it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class InputColumns
{
    // Beyond it a float no longer holds every integer.
    private const int MaxToken = (1 << 24) - 1;

    /// <summary>The number of samples that one input gives, which must be that of the inputs before it.</summary>
    /// <param name="name">The input's name.</param>
    /// <param name="length">The number of its values.</param>
    /// <param name="perSample">The number of its values in one sample.</param>
    /// <param name="batch">The number of samples of the inputs before it; 0 for the first.</param>
    /// <exception cref="ArgumentException">The length is not a positive multiple, or the numbers differ.</exception>
    public static int Count(string name, int length, int perSample, int batch = 0)
    {
        (int count, int rest) = Math.DivRem(length, perSample);
        if (rest != 0 || count == 0)
        {
            throw new ArgumentException($"expected a positive multiple of {perSample} values, got {length}", name);
        }

        return batch == 0 || batch == count
            ? count
            : throw new ArgumentException($"expected {batch} samples as in the first input, got {count}", name);
    }

    /// <summary>Copies one input to its columns of the samples.</summary>
    /// <param name="values">The input: [batch, perSample].</param>
    /// <param name="samples">The samples: [batch, total].</param>
    /// <param name="start">The input's first column.</param>
    /// <param name="perSample">The number of its columns.</param>
    /// <param name="total">The number of columns of all inputs.</param>
    public static void Copy(ReadOnlySpan<float> values, Span<float> samples, int start, int perSample, int total)
    {
        for (int from = 0, to = start; from < values.Length; from += perSample, to += total)
        {
            values.Slice(from, perSample).CopyTo(samples[to..]);
        }
    }

    /// <summary>Takes some columns of rows: of the gradients of all heads those of one.</summary>
    /// <param name="rows">[batch, total].</param>
    /// <param name="values">[batch, count].</param>
    /// <param name="start">The first column that is read.</param>
    /// <param name="count">The number of columns to take.</param>
    /// <param name="total">The number of columns of a row.</param>
    public static void Take(ReadOnlySpan<float> rows, Span<float> values, int start, int count, int total)
    {
        for (int from = start, to = 0; from < rows.Length; from += total, to += count)
        {
            rows.Slice(from, count).CopyTo(values[to..]);
        }
    }

    /// <summary>Copies one input of tokens to its columns of the samples, as the floats of the same value.</summary>
    /// <inheritdoc cref="Copy(ReadOnlySpan{float}, Span{float}, int, int, int)" path="/param"/>
    /// <exception cref="ArgumentException">A token is out of range.</exception>
    public static void Copy(ReadOnlySpan<int> values, Span<float> samples, int start, int perSample, int total)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if ((uint)values[i] > MaxToken)
            {
                throw new ArgumentException(Invariant($"expected tokens in [0, {MaxToken}], got {values[i]} at {i}"), nameof(values));
            }

            (int sample, int column) = Math.DivRem(i, perSample);
            samples[(sample * total) + start + column] = values[i];
        }
    }
}
