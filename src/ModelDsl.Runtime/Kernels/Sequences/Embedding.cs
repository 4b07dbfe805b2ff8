using System.Diagnostics.CodeAnalysis;

namespace ModelDsl.CompilerServices;

/// <summary>y[row] = weight[token of the row]: a learned vector for each token.</summary>
/// <remarks>
/// Limited by memory. The rows are divided among threads; their gradient is by columns, token by token, so each of
/// its elements is summed in the order of the rows.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Embedding
{
    private const int ElementsPerThread = 1 << 15;

    /// <summary>y[row] = weight[tokens[row]].</summary>
    /// <param name="tokens">[rows], each a whole number from 0 to vocabulary - 1.</param>
    /// <param name="weight">[vocabulary, columns].</param>
    /// <param name="output">y: [rows, columns].</param>
    /// <param name="rows">The number of tokens.</param>
    /// <param name="vocabulary">The number of different tokens.</param>
    /// <param name="columns">The number of features of a token.</param>
    /// <param name="epilogue">What is done to each finished row.</param>
    /// <typeparam name="TEpilogue">The type of the epilogue.</typeparam>
    /// <exception cref="ArgumentException">A token is out of range, or an operand is shorter than its shape.</exception>
    public static void Forward<TEpilogue>(
        FloatSpan tokens, FloatSpan weight, FloatSpan output, int rows, int vocabulary, int columns, TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue
    {
        Guard.Vector(tokens, rows);
        Guard.Matrix(weight, vocabulary, columns);
        Guard.Matrix(output, rows, columns);
        CheckTokens(tokens, rows, vocabulary);
        var work = new ForwardWork<TEpilogue>(tokens, weight, output, vocabulary, columns, epilogue);
        LineWork.Run(rows, (long)rows * columns, ref work);
    }

    /// <summary>∂weight[token] = Σ ∂y[row] over the rows of the token.</summary>
    /// <param name="tokens">[rows], each a whole number from 0 to vocabulary - 1.</param>
    /// <param name="outputGradient">∂y: [rows, columns].</param>
    /// <param name="weightGradient">∂weight: [vocabulary, columns].</param>
    /// <param name="rows">The number of tokens.</param>
    /// <param name="vocabulary">The number of different tokens.</param>
    /// <param name="columns">The number of features of a token.</param>
    /// <param name="accumulate">Whether the gradient is added to what is there.</param>
    /// <exception cref="ArgumentException">A token is out of range, or an operand is shorter than its shape.</exception>
    public static void Backward(
        FloatSpan tokens,
        FloatSpan outputGradient,
        FloatSpan weightGradient,
        int rows,
        int vocabulary,
        int columns,
        bool accumulate = false)
    {
        Guard.Vector(tokens, rows);
        Guard.Matrix(outputGradient, rows, columns);
        Guard.Matrix(weightGradient, vocabulary, columns);
        Span<int> ints = Ints(SharedScratch.Get(checked((2 * rows) + vocabulary + 1)));
        Span<int> own = ints[..rows], order = ints.Slice(rows, rows), ends = ints[(2 * rows)..];
        for (int row = 0; row < rows; row++)
        {
            own[row] = TokenAt(tokens, row, vocabulary);
        }

        if (!accumulate && !weightGradient.GoesOn)
        {
            weightGradient.Slice(0, vocabulary * columns).AsSpan().Clear();
        }

        if (rows == 0)
        {
            return;
        }

        SortByToken(own, order, ends);
        fixed (int* orderPointer = order)
        {
            int threads = (int)Math.Clamp((long)rows * columns / ElementsPerThread, 1, WorkerPool.Parallelism);
            var work = new BackwardWork(
                orderPointer,
                orderPointer + rows,
                outputGradient,
                weightGradient,
                vocabulary,
                columns,
                BatchSum.RowsOfBlock(weightGradient, rows),
                threads);
            WorkerPool.Run(threads, ref work);
        }
    }

    /// <summary>The rows of each token, one token after the other, each one's in their order.</summary>
    /// <param name="tokens">[rows], a copy that nobody changes: each is a place in <paramref name="ends"/>.</param>
    /// <param name="order">Where the rows go: [rows].</param>
    /// <param name="ends">Where each token's rows end in the order: [vocabulary + 1], the last for counting.</param>
    private static void SortByToken(ReadOnlySpan<int> tokens, Span<int> order, Span<int> ends)
    {
        ends.Clear();
        foreach (int token in tokens)
        {
            ends[token + 1]++;
        }

        for (int token = 1; token < ends.Length; token++)
        {
            ends[token] += ends[token - 1];
        }

        // Where a token starts becomes where it ends while its rows are placed.
        for (int row = 0; row < tokens.Length; row++)
        {
            order[ends[tokens[row]]++] = row;
        }
    }

    private static Span<int> Ints(FloatSpan memory) => new(memory.Pointer, memory.Length);

    /// <summary>Checks all tokens first, so that nothing is written where one is wrong.</summary>
    internal static void CheckTokens(FloatSpan tokens, int rows, int vocabulary)
    {
        for (int row = 0; row < rows; row++)
        {
            TokenAt(tokens, row, vocabulary);
        }
    }

    /// <summary>The token of a row, checked where it is read: the input buffer is the user's to write to at any time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int TokenAt(FloatSpan tokens, int row, int vocabulary)
    {
        float token = Volatile.Read(ref tokens.Pointer[row]);

        // Written so that it also fails for NaN.
        if (!(token >= 0f && token < vocabulary && token == MathF.Truncate(token)))
        {
            ThrowOutOfRange(tokens, token, row, vocabulary);
        }

        return (int)token;
    }

    [DoesNotReturn]
    private static void ThrowOutOfRange(FloatSpan tokens, float token, int row, int vocabulary) =>
        throw new ArgumentException(
        Invariant($"expected whole tokens from 0 to {vocabulary - 1}, got {token} at position {row} of the batch"), nameof(tokens));

    private readonly struct ForwardWork<TEpilogue>(
        FloatSpan tokens, FloatSpan weight, FloatSpan output, int vocabulary, int columns, TEpilogue epilogue) : ILineWork
        where TEpilogue : struct, IEpilogue
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(int row)
        {
            Span<float> y = output.Slice(row * columns, columns);
            weight.Slice(TokenAt(tokens, row, vocabulary) * columns, columns).AsSpan().CopyTo(y);
            epilogue.Invoke(y, row, 0);
        }
    }

    private readonly struct BackwardWork(
        int* order,
        int* ends,
        FloatSpan outputGradient,
        FloatSpan weightGradient,
        int vocabulary,
        int columns,
        int blockRows,
        int threads)
        : IParallelWork
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Invoke(int part)
        {
            (int start, int end) = Partition.Part(columns, threads, part, 16);
            if (end <= start)
            {
                return;
            }

            int first = 0;
            for (int token = 0; token < vocabulary; token++)
            {
                // A token's rows, one block of samples after the other.
                int last = ends[token];
                while (last > first)
                {
                    int count = CountWithin(order + first, last - first);
                    ElementwiseRun.Apply(
                        weightGradient.Slice((token * columns) + start, end - start),
                        new AddRows(order + first, count, outputGradient.Pointer + start, columns));
                    first += count;
                }
            }
        }

        // How many of some rows, in ascending order, lie in the block of the first.
        private int CountWithin(int* rows, int count)
        {
            int within = 1;
            long end = ((long)(*rows / blockRows) + 1) * blockRows;
            while (within < count && rows[within] < end)
            {
                within++;
            }

            return within;
        }
    }

    /// <summary>x[i] + Σ source[row, i] over some rows, in pieces: a frequent token has many.</summary>
    private readonly struct AddRows(int* rows, int count, float* source, int columns) : IElementwiseFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector values, int index, int lanes)
            where TVector : struct, ISimdVector<TVector>
        {
            TVector rest = TVector.Zero;
            LongSum.AddTerms<TVector, Term>(ref values, ref rest, count, new(rows, source + index, columns, lanes));
            return values;
        }
    }

    /// <summary>source[rows[i], ·].</summary>
    private readonly struct Term(int* rows, float* source, int columns, int lanes) : ISumTerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector AddTo<TVector>(TVector sum, int i)
            where TVector : struct, ISimdVector<TVector> =>
            sum + Operand.Load<TVector>(source + ((nint)rows[i] * columns), lanes);
    }
}
