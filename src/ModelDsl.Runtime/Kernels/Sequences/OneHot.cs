namespace ModelDsl.CompilerServices;

/// <summary>y[row, c] = 1 where c is the token of the row, else 0.</summary>
/// <remarks>Limited by memory. The rows are divided among threads. Tokens have no gradient.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class OneHot
{
    /// <summary>Writes one row for each token.</summary>
    /// <param name="tokens">[rows], each a whole number from 0 to classes - 1.</param>
    /// <param name="output">y: [rows, classes].</param>
    /// <param name="rows">The number of tokens.</param>
    /// <param name="classes">The number of different tokens.</param>
    /// <exception cref="ArgumentException">
    /// A token is out of range, or an operand is shorter than its shape.
    /// </exception>
    public static void Forward(FloatSpan tokens, FloatSpan output, int rows, int classes)
    {
        Guard.Vector(tokens, rows);
        Guard.Matrix(output, rows, classes);
        Embedding.CheckTokens(tokens, rows, classes);
        var work = new Work(tokens, output, classes);
        LineWork.Run(rows, (long)rows * classes, ref work);
    }

    private readonly struct Work(FloatSpan tokens, FloatSpan output, int classes) : ILineWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(int row)
        {
            Span<float> y = output.Slice(row * classes, classes);
            y.Clear();
            y[Embedding.TokenAt(tokens, row, classes)] = 1f;
        }
    }
}
