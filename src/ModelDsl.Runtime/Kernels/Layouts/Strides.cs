namespace ModelDsl.CompilerServices;

/// <summary>
/// Copies tensors whose elements lie at any distances from each other, and sums along dimensions of such: transposes,
/// repeats along new dimensions, and the gradients of both.
/// </summary>
/// <remarks>
/// Limited by memory where one of the last two dimensions is contiguous on each side; else by moving single floats.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Strides
{
    /// <summary>
    /// destination[n, destinationStart + Σ i·destinationStride] = source[n, sourceStart + Σ i·sourceStride], for all
    /// i below the extents, of each sample n.
    /// </summary>
    /// <param name="source">[samples, sourceFloats], or one for all samples.</param>
    /// <param name="sourceFloats">The floats of a sample; 0 where the source is one for all.</param>
    /// <param name="sourceStart">The first float that is read of a sample.</param>
    /// <param name="destination">[samples, destinationFloats]; not the source.</param>
    /// <param name="destinationFloats">The floats of a sample.</param>
    /// <param name="destinationStart">The first float that is written of a sample.</param>
    /// <param name="samples">The number of samples; with 0 nothing is done.</param>
    /// <param name="extents">How often a step along each dimension is taken, outermost first.</param>
    /// <param name="sourceStrides">The steps in the source, not negative; 0 repeats.</param>
    /// <param name="destinationStrides">The steps in the destination, positive.</param>
    /// <exception cref="ArgumentException">
    /// The lists are not equally long, a number is out of range, or the steps lead out of an operand.
    /// </exception>
    public static void Copy(
        FloatSpan source, int sourceFloats, int sourceStart,
        FloatSpan destination, int destinationFloats, int destinationStart,
        int samples, ReadOnlySpan<int> extents, ReadOnlySpan<int> sourceStrides, ReadOnlySpan<int> destinationStrides)
    {
        StridedPlace.Check(source, samples, sourceFloats, sourceStart, extents, sourceStrides);
        StridedPlace.Check(destination, samples, destinationFloats, destinationStart, extents, destinationStrides);
        int rank = extents.Length;
        fixed (int* sizes = extents, from = sourceStrides, to = destinationStrides)
        {
            int rows = rank > 1 ? sizes[rank - 2] : 1;
            int columns = rank > 0 ? sizes[rank - 1] : 1;
            var work = new CopyWork
            {
                Outer = new StridedPlace(sizes, from, to, Math.Max(0, rank - 2)),
                Source = source.Pointer + sourceStart,
                SourceFloats = sourceFloats,
                Destination = destination.Pointer + destinationStart,
                DestinationFloats = destinationFloats,
                Rows = rows,
                Columns = columns,
                SourceRow = rank > 1 ? from[rank - 2] : 0,
                SourceColumn = rank > 0 ? from[rank - 1] : 1,
                DestinationRow = rank > 1 ? to[rank - 2] : 0,
                DestinationColumn = rank > 0 ? to[rank - 1] : 1,
            };
            int lines = checked(samples * work.Outer.Count * work.Blocks);
            LineWork.Run(lines, (long)samples * work.Outer.Count * rows * columns, ref work);
        }
    }

    /// <summary>
    /// sums[n, o] = Σ source[n, Σ o·outerStride + Σ i·innerStride] over all i below the inner extents, for all o below
    /// the outer ones, of each sample n.
    /// </summary>
    /// <param name="source">[samples, sourceFloats].</param>
    /// <param name="sourceFloats">The floats of a sample.</param>
    /// <param name="sums">[samples, the product of the outer extents]; not the source.</param>
    /// <param name="samples">The number of samples; with 0 nothing is done.</param>
    /// <param name="outerExtents">The extents of the result, outermost first.</param>
    /// <param name="outerStrides">Their steps in the source.</param>
    /// <param name="innerExtents">The extents that are summed over.</param>
    /// <param name="innerStrides">Their steps in the source.</param>
    /// <exception cref="ArgumentException">
    /// The lists are not equally long, a number is out of range, or the steps lead out of an operand.
    /// </exception>
    public static void Sum(
        FloatSpan source, int sourceFloats, FloatSpan sums, int samples,
        ReadOnlySpan<int> outerExtents, ReadOnlySpan<int> outerStrides,
        ReadOnlySpan<int> innerExtents, ReadOnlySpan<int> innerStrides)
    {
        long reach = StridedPlace.Reach(innerExtents, innerStrides);
        StridedPlace.Check(source, samples, sourceFloats, start: 0, outerExtents, outerStrides, reach);
        int outerRank = outerExtents.Length, innerRank = innerExtents.Length;
        fixed (int* outer = outerExtents, apart = outerStrides, inner = innerExtents, steps = innerStrides)
        {
            bool isWide = outerRank > 0 && apart[outerRank - 1] == 1;
            var work = new SumWork
            {
                Outer = new StridedPlace(outer, apart, apart, isWide ? outerRank - 1 : outerRank),
                Source = source.Pointer,
                SourceFloats = sourceFloats,
                Sums = sums.Pointer,
                Columns = isWide ? outer[outerRank - 1] : 1,
                Terms = new StridedTerms(inner, steps, innerRank),
            };
            Guard.Matrix(sums, samples, checked(work.Outer.Count * work.Columns));
            long elements = (long)samples * work.Outer.Count * work.Columns * work.Terms.Count;
            LineWork.Run(checked(samples * work.Outer.Count), elements, ref work);
        }
    }

    private struct CopyWork : ILineWork
    {
        private const int BlockRows = 64;

        public StridedPlace Outer;
        public float* Source;
        public nint SourceFloats;
        public float* Destination;
        public nint DestinationFloats;
        public int Rows;
        public int Columns;
        public nint SourceRow;
        public nint SourceColumn;
        public nint DestinationRow;
        public nint DestinationColumn;

        /// <summary>
        /// The parts that the rows are divided into, so that a single matrix has work for all threads.
        /// </summary>
        public readonly int Blocks => (Rows + BlockRows - 1) / BlockRows;

        public readonly void Invoke(int line)
        {
            (int place, int block) = Math.DivRem(line, Blocks);
            (int sample, int outer) = Math.DivRem(place, Outer.Count);
            (nint from, nint to) = Outer.At(outer);
            int first = block * BlockRows, rows = Math.Min(BlockRows, Rows - first);
            from += (sample * SourceFloats) + (first * SourceRow);
            to += (sample * DestinationFloats) + (first * DestinationRow);
            Matrix(Source + from, Destination + to, rows);
        }

        private readonly void Matrix(float* from, float* to, int rows)
        {
            if (SourceRow == 1 && DestinationColumn == 1 && SourceColumn != 1)
            {
                var turn = new Turn(from, SourceColumn, Columns, rows, to, DestinationRow);
                VectorWidth.Run(ref turn);
                return;
            }

            for (int row = 0; row < rows; row++, from += SourceRow, to += DestinationRow)
            {
                if (DestinationColumn == 1 && SourceColumn <= 1)
                {
                    var run = new Span<float>(to, Columns);
                    if (SourceColumn == 1)
                    {
                        new ReadOnlySpan<float>(from, Columns).CopyTo(run);
                    }
                    else
                    {
                        run.Fill(*from);
                    }

                    continue;
                }

                for (int column = 0; column < Columns; column++)
                {
                    to[column * DestinationColumn] = from[column * SourceColumn];
                }
            }
        }
    }

    private readonly struct Turn(
        float* source, nint sourceRow, int rows, int columns, float* destination, nint destinationRow) : IVectorWork
    {
        public void Invoke<TVector>()
            where TVector : struct, ISimdVector<TVector> =>
            Transposition.Transpose<TVector>(source, sourceRow, rows, columns, destination, destinationRow);
    }

    private struct SumWork : ILineWork
    {
        public StridedPlace Outer;
        public float* Source;
        public nint SourceFloats;
        public float* Sums;
        public int Columns;
        public StridedTerms Terms;

        public readonly void Invoke(int line)
        {
            (int sample, int outer) = Math.DivRem(line, Outer.Count);
            float* from = Source + (sample * SourceFloats) + Outer.At(outer).Source;
            float* to = Sums + ((nint)line * Columns);
            if (Columns > 1)
            {
                ElementwiseRun.Apply(new Span<float>(to, Columns), new ColumnTotals(from, Terms));
                return;
            }

            var total = new Total(from, Terms);
            VectorWidth.Run(ref total);
            *to = total.Result;
        }
    }

    private readonly struct ColumnTotals(float* source, StridedTerms terms) : IElementwiseFunction
    {
        private readonly StridedTerms _terms = terms;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector values, int index, int count)
            where TVector : struct, ISimdVector<TVector>
        {
            TVector total = TVector.Zero, rest = TVector.Zero;
            for (int run = 0; run < _terms.Runs; run++)
            {
                float* first = source + index + _terms.RunAt(run);
                LongSum.AddTerms<TVector, RowTerm>(ref total, ref rest, _terms.Length, new(first, _terms.Stride, count));
            }

            return total;
        }
    }

    /// <summary>All terms of one sum, along vectors where they lie side by side.</summary>
    private struct Total(float* source, StridedTerms terms) : IVectorWork
    {
        private readonly StridedTerms _terms = terms;

        public float Result { get; private set; }

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Invoke<TVector>()
            where TVector : struct, ISimdVector<TVector>
        {
            if (_terms.Stride == 1)
            {
                TVector total = TVector.Zero, rest = TVector.Zero;
                int whole = _terms.Length / TVector.Count, tail = _terms.Length % TVector.Count;
                for (int run = 0; run < _terms.Runs; run++)
                {
                    float* first = source + _terms.RunAt(run);
                    LongSum.AddTerms<TVector, RowTerm>(
                        ref total, ref rest, whole, new(first, TVector.Count, TVector.Count));
                    if (tail > 0)
                    {
                        LongSum.Add(ref total, ref rest, TVector.LoadPartial(first + (whole * TVector.Count), tail));
                    }
                }

                Result = TVector.Sum(total);
                return;
            }

            SimdScalar sum = SimdScalar.Zero, lost = SimdScalar.Zero;
            for (int run = 0; run < _terms.Runs; run++)
            {
                float* first = source + _terms.RunAt(run);
                LongSum.AddTerms<SimdScalar, RowTerm>(ref sum, ref lost, _terms.Length, new(first, _terms.Stride, 1));
            }

            Result = SimdScalar.Sum(sum);
        }
    }
}
