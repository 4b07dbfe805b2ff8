namespace ModelDsl.CompilerServices;

/// <summary>
/// Turns each pair (x[i], x[half + i]) of the features of a query or a key by the angle step·base^(-i / half): then the product
/// of a query and a key depends on the distance of their steps. Su et al., "RoFormer" (2021), with the halves of a head as
/// pairs, as GPT-NeoX and Llama have them.
/// </summary>
/// <remarks>Limited by memory. Rows are divided among threads; the sines and cosines come from a table.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class RotaryPositions
{
    private const int ElementsPerThread = 1 << 15;

    /// <summary>Turns the queries and keys of each row and copies its values.</summary>
    /// <param name="source">Queries, keys and values: [rows, 3·heads·headSize].</param>
    /// <param name="destination">As large; may be the source.</param>
    /// <param name="rows">The number of rows; row r is that of the step (position + r) mod steps.</param>
    /// <param name="steps">The length of the sequence; positive.</param>
    /// <param name="position">The step of the first row, from 0 to steps - 1.</param>
    /// <param name="heads">The number of heads.</param>
    /// <param name="headSize">The features of a head: an even number.</param>
    /// <param name="rotaryBase">What the angles are powers of; positive.</param>
    /// <param name="inverse">Whether pairs are turned back, which is the gradient.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape, or a head has an odd number of features.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The position is not that of a step.</exception>
    public static void Apply(
        FloatSpan source,
        FloatSpan destination,
        int rows,
        int steps,
        int position,
        int heads,
        int headSize,
        float rotaryBase,
        bool inverse = false)
    {
        Guard.Extents(rows, heads, headSize, factor: 3);
        Guard.Matrix(source, rows, 3 * heads * headSize);
        Guard.Matrix(destination, rows, 3 * heads * headSize);
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(position, steps);
        if (headSize % 2 != 0)
        {
            throw new ArgumentException(Invariant($"expected an even number of features in a head, got {headSize}"), nameof(headSize));
        }

        FloatSpan turns = Positions.Rotary(steps, headSize / 2, rotaryBase);
        var kernel = new Kernel(source, destination, turns, steps, position, heads, headSize, inverse);
        RangeLoop<Kernel>.Run(kernel, rows, 1, Math.Max(1, ElementsPerThread / Math.Max(1, 3 * heads * headSize)));
    }

    private readonly struct Kernel(
        FloatSpan source, FloatSpan destination, FloatSpan turns, int steps, int position, int heads, int headSize, bool inverse)
        : IRangeKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Invoke<TVector>(int start, int end)
            where TVector : struct, ISimdVector<TVector>
        {
            int width = heads * headSize;
            for (int row = start; row < end; row++)
            {
                float* from = source.Pointer + ((long)row * 3 * width);
                float* to = destination.Pointer + ((long)row * 3 * width);
                float* turn = turns.Pointer + ((long)((position + row) % steps) * headSize);
                for (int head = 0; head < 2 * heads; head++)
                {
                    Turn<TVector>(from + (head * headSize), to + (head * headSize), turn, headSize / 2, inverse);
                }

                if (from != to)
                {
                    new ReadOnlySpan<float>(from + (2 * width), width).CopyTo(new Span<float>(to + (2 * width), width));
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Turn<TVector>(float* from, float* to, float* turn, int half, bool inverse)
            where TVector : struct, ISimdVector<TVector>
        {
            for (int i = 0; i < half; i += TVector.Count)
            {
                int count = Math.Min(TVector.Count, half - i);
                TVector left = Operand.Load<TVector>(from + i, count);
                TVector right = Operand.Load<TVector>(from + half + i, count);
                TVector cos = Operand.Load<TVector>(turn + i, count);
                TVector sin = Operand.Load<TVector>(turn + half + i, count);
                sin = inverse ? TVector.Zero - sin : sin;
                Operand.Store((left * cos) - (right * sin), to + i, count);
                Operand.Store((right * cos) + (left * sin), to + half + i, count);
            }
        }
    }
}
