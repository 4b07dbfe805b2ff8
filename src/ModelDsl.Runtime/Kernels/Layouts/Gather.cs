namespace ModelDsl.CompilerServices;

/// <summary>
/// Takes slices of a dimension by their numbers, or a number where there is none: paddings and selections.
/// </summary>
/// <remarks>Limited by memory.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Gather
{
    /// <summary>
    /// destination[row, i] = source[row, indices[i]], or <paramref name="value"/> where the index is -1.
    /// </summary>
    /// <param name="source">[rows, extent, width].</param>
    /// <param name="destination">[rows, the number of indices, width]; not the source.</param>
    /// <param name="rows">The number of rows; with 0 nothing is done.</param>
    /// <param name="extent">The extent that the indices count in.</param>
    /// <param name="width">The length of a slice.</param>
    /// <param name="indices">Which slices are taken, each from -1 to below the extent.</param>
    /// <param name="value">What stands where no slice is taken.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is out of range.</exception>
    public static void Forward(
        FloatSpan source, FloatSpan destination, int rows, int extent, int width, ReadOnlySpan<int> indices,
        float value = 0f)
    {
        Check(source, destination, rows, extent, width, indices);
        fixed (int* numbers = indices)
        {
            var work = new ForwardWork
            {
                Source = source.Pointer,
                Destination = destination.Pointer,
                Indices = numbers,
                Count = indices.Length,
                Extent = extent,
                Width = width,
                Value = value,
            };
            LineWork.Run(rows, (long)rows * indices.Length * width, ref work);
        }
    }

    /// <summary>
    /// sourceGradient[row, j] = Σ gradient[row, i] over all i with indices[i] = j, of many indices in blocks, so that
    /// rounding does not grow with their number.
    /// </summary>
    /// <param name="gradient">[rows, the number of indices, width].</param>
    /// <param name="sourceGradient">[rows, extent, width]; not the gradient.</param>
    /// <param name="rows">The number of rows; with 0 nothing is done.</param>
    /// <param name="extent">The extent that the indices count in.</param>
    /// <param name="width">The length of a slice.</param>
    /// <param name="indices">Which slices were taken.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is out of range.</exception>
    public static void Backward(
        FloatSpan gradient, FloatSpan sourceGradient, int rows, int extent, int width, ReadOnlySpan<int> indices)
    {
        Check(sourceGradient, gradient, rows, extent, width, indices);
        fixed (int* numbers = indices)
        {
            var work = new BackwardWork
            {
                Gradient = gradient.Pointer,
                Result = sourceGradient.Pointer,
                Indices = numbers,
                Count = indices.Length,
                Extent = extent,
                Width = width,
                IsLong = MostOfOne(indices, extent) > LongSum.Block,
            };
            LineWork.Run(rows, (long)rows * indices.Length * width, ref work);
        }
    }

    // How often the index is taken that is taken most.
    private static int MostOfOne(ReadOnlySpan<int> indices, int extent)
    {
        if (indices.Length <= LongSum.Block)
        {
            return indices.Length;
        }

        var counts = new Span<int>(Scratch.Get(extent), extent);
        counts.Clear();
        int most = 0;
        foreach (int index in indices)
        {
            most = index < 0 ? most : Math.Max(most, ++counts[index]);
        }

        return most;
    }

    private static void Check(
        FloatSpan source, FloatSpan destination, int rows, int extent, int width, ReadOnlySpan<int> indices)
    {
        Guard.Blocks(source, rows, extent, width);
        Guard.Blocks(destination, rows, indices.Length, width);
        foreach (int index in indices)
        {
            if (index < -1 || index >= extent)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(indices), Invariant($"expected indices from -1 to {extent - 1}, got {index}"));
            }
        }
    }

    private struct ForwardWork : ILineWork
    {
        public float* Source;
        public float* Destination;
        public int* Indices;
        public int Count;
        public int Extent;
        public int Width;
        public float Value;

        public readonly void Invoke(int row)
        {
            float* from = Source + ((nint)row * Extent * Width);
            float* to = Destination + ((nint)row * Count * Width);
            for (int i = 0; i < Count; i++, to += Width)
            {
                var slice = new Span<float>(to, Width);
                if (Indices[i] < 0)
                {
                    slice.Fill(Value);
                }
                else
                {
                    new ReadOnlySpan<float>(from + ((nint)Indices[i] * Width), Width).CopyTo(slice);
                }
            }
        }
    }

    private struct BackwardWork : ILineWork
    {
        public float* Gradient;
        public float* Result;
        public int* Indices;
        public int Count;
        public int Extent;
        public int Width;
        public bool IsLong;

        public readonly void Invoke(int row)
        {
            float* from = Gradient + ((nint)row * Count * Width);
            float* to = Result + ((nint)row * Extent * Width);
            int length = checked(Extent * Width);
            new Span<float>(to, length).Clear();

            if (!IsLong)
            {
                Add(from, to, 0, Count);
                return;
            }

            // A block is no shorter than its own sums are long, which are added to those of the others.
            int block = Math.Max(Extent, LongSum.Block);
            float* sums = Scratch.Get(2L * length);
            float* rests = sums + length;
            new Span<float>(sums, length).Clear();
            new Span<float>(rests, length).Clear();
            for (int first = 0; first < Count; first += block)
            {
                Add(from, sums, first, Math.Min(first + block, Count));
                BlockSums.Move(sums, to, rests, length);
            }
        }

        private readonly void Add(float* from, float* to, int first, int last)
        {
            for (int i = first; i < last; i++)
            {
                if (Indices[i] >= 0)
                {
                    var slice = new Span<float>(to + ((nint)Indices[i] * Width), Width);
                    ElementwiseRun.Apply(slice, new AddRun(new FloatSpan(from + ((nint)i * Width), Width)));
                }
            }
        }
    }
}
