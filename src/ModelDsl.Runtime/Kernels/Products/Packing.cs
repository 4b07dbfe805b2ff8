namespace ModelDsl.Kernels;

/// <summary>Copies between the layouts of operands and those that the register tile reads and writes.</summary>
internal static unsafe class Packing
{
    /// <summary>destination[k, l] = source[k, l], padded with zeros to <paramref name="width"/> columns.</summary>
    /// <remarks>Limited by how fast the source comes from the second-level cache or beyond.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void CopyRows<TVector>(
        float* source, nint sourceRow, int rows, int columns, float* destination, int width)
        where TVector : struct, ISimdVector<TVector>
    {
        if (columns == 2 * TVector.Count)
        {
            for (int row = 0; row < rows; row++)
            {
                TVector.Load(source).Store(destination);
                TVector.Load(source + TVector.Count).Store(destination + TVector.Count);
                source += sourceRow;
                destination += 2 * TVector.Count;
            }

            return;
        }

        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < width; column += TVector.Count)
            {
                int count = Math.Clamp(columns - column, 0, TVector.Count);
                TVector.LoadPartial(source + column, count).Store(destination + column);
            }

            source += sourceRow;
            destination += width;
        }
    }

    /// <summary>destination[k, l] = source[l, k], padded with zeros to <paramref name="width"/> columns.</summary>
    public static void Turn<TVector>(
        float* source, nint sourceRow, int rows, int columns, float* destination, int width)
        where TVector : struct, ISimdVector<TVector>
    {
        if (rows < width)
        {
            for (int column = 0; column < columns; column++)
            {
                new Span<float>(destination + (column * width) + rows, width - rows).Clear();
            }
        }

        Transposition.Transpose<TVector>(source, sourceRow, rows, columns, destination, width);
    }

    /// <summary>
    /// Turns rows along k into panels of two vectors' width, the last of one where that suffices and padded with zeros. The panels
    /// of one division of k follow each other: see <see cref="PanelOffset"/>.
    /// </summary>
    /// <param name="source">[lanes, depth].</param>
    /// <param name="sourceRow">The distance between the source's rows.</param>
    /// <param name="lanes">The number of rows, lanes of the panels.</param>
    /// <param name="depth">The number of steps of k.</param>
    /// <param name="depthBlock">The steps of one division of k.</param>
    /// <param name="panels">Room for depth times the lanes, rounded up to whole vectors.</param>
    public static void TurnPanels<TVector>(float* source, nint sourceRow, int lanes, int depth, int depthBlock, float* panels)
        where TVector : struct, ISimdVector<TVector>
    {
        for (int k = 0; k < depth; k += depthBlock)
        {
            int steps = Math.Min(depthBlock, depth - k);
            for (int lane = 0; lane < lanes; lane += 2 * TVector.Count)
            {
                int used = Math.Min(2 * TVector.Count, lanes - lane);
                Turn<TVector>(
                    source + (lane * sourceRow) + k, sourceRow, used, steps,
                    panels + PanelOffset<TVector>(lanes, lane, k, steps), BlockSizes.RoundUp(used, TVector.Count));
            }
        }
    }

    /// <summary>Where among turned panels that of a lane begins, for the division of k that starts at a step.</summary>
    public static nint PanelOffset<TVector>(int lanes, int lane, int k, int steps)
        where TVector : struct, ISimdVector<TVector> =>
        ((nint)k * BlockSizes.RoundUp(lanes, TVector.Count)) + ((nint)lane * steps);

    /// <summary>
    /// Copies rows that lie across k into register tiles, one after the other, each [k, height] without gaps; and sums them.
    /// </summary>
    /// <param name="source">[depth, rows].</param>
    /// <param name="sourceRow">The distance between the source's rows.</param>
    /// <param name="depth">The number of steps.</param>
    /// <param name="range">The tiles.</param>
    /// <param name="destination">The tiles, with room for a vector behind them.</param>
    /// <param name="sums">Where the sum of each row goes, or null.</param>
    /// <param name="accumulate">Whether the sums are added to what is there.</param>
    /// <param name="goesOn">
    /// Whether steps that are divided among several calls, at multiples of <see cref="BatchSum.BlockSamples"/>, have
    /// the sums of one call.
    /// </param>
    public static void CopyTiles<TVector>(
        float* source,
        nint sourceRow,
        int depth,
        TileRange range,
        float* destination,
        float* sums,
        bool accumulate,
        bool goesOn)
        where TVector : struct, ISimdVector<TVector>
    {
        for (int tile = 0; tile < range.Count; tile++)
        {
            int height = range.HeightOf(tile);
            CopyTile<TVector>(source, sourceRow, depth, height, destination, sums, accumulate, goesOn);
            source += height;
            destination += (nint)height * depth;
            sums = sums is null ? null : sums + height;
        }
    }

    /// <summary>The sums of rows that lie across k, as <see cref="CopyTiles"/> sums them.</summary>
    /// <inheritdoc cref="CopyTiles"/>
    public static void SumRows<TVector>(
        float* source, nint sourceRow, int depth, int rows, float* sums, bool accumulate, bool goesOn)
        where TVector : struct, ISimdVector<TVector> =>
        CopyTile<TVector>(source, sourceRow, depth, rows, null, sums, accumulate, goesOn);

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void CopyTile<TVector>(
        float* source,
        nint sourceRow,
        int depth,
        int height,
        float* destination,
        float* sums,
        bool accumulate,
        bool goesOn)
        where TVector : struct, ISimdVector<TVector>
    {
        int blockLength = goesOn ? BatchSum.BlockSamples : LongSum.Block;
        for (int column = 0; column < height; column += TVector.Count)
        {
            int count = Math.Min(TVector.Count, height - column);
            float* from = source + column;
            float* to = destination + column;
            bool hasSums = sums is not null && accumulate;
            TVector before = hasSums ? TVector.LoadPartial(sums + column, count) : TVector.Zero;
            TVector sum = goesOn ? before : TVector.Zero, rest = TVector.Zero;
            for (int k = 0; k < depth;)
            {
                TVector block = TVector.Zero;
                for (int end = Math.Min(depth, k + blockLength); k < end; k++)
                {
                    TVector value = TVector.LoadPartial(from, count);
                    block += value;
                    if (destination is not null)
                    {
                        value.StorePartial(to, count);
                    }

                    from += sourceRow;
                    to += height;
                }

                if (goesOn)
                {
                    // What is rounded away here would be forgotten between two calls.
                    sum += block;
                }
                else
                {
                    LongSum.Add(ref sum, ref rest, block);
                }
            }

            if (sums is not null)
            {
                (goesOn ? sum : before + sum).StorePartial(sums + column, count);
            }
        }
    }

    /// <summary>destination[r, l] = source[r, l], or is increased by it, for the part of a tile that lies within C.</summary>
    public static void Put<TVector>(
        float* source, nint sourceRow, int rows, int columns, float* destination, nint destinationRow, bool accumulate)
        where TVector : struct, ISimdVector<TVector>
    {
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column += TVector.Count)
            {
                int count = Math.Min(TVector.Count, columns - column);
                TVector value = TVector.Load(source + column);
                TVector before = accumulate ? TVector.LoadPartial(destination + column, count) : TVector.Zero;
                (accumulate ? before + value : value).StorePartial(destination + column, count);
            }

            source += sourceRow;
            destination += destinationRow;
        }
    }

    /// <summary>destination[l, r] = source[r, l], or is increased by it, with the widest vectors at hand.</summary>
    public static void PutTurned(
        float* source, nint sourceRow, int rows, int lanes, float* destination, nint destinationRow, bool accumulate)
    {
        var work = new TurnedWork(source, sourceRow, rows, lanes, destination, destinationRow, accumulate);
        VectorWidth.Run(ref work);
    }

    /// <summary>destination[l, r] = source[r, l], or is increased by it.</summary>
    public static void PutTurned<TVector>(
        float* source, nint sourceRow, int rows, int lanes, float* destination, nint destinationRow, bool accumulate)
        where TVector : struct, ISimdVector<TVector>
    {
        if (!accumulate)
        {
            Transposition.Transpose<TVector>(source, sourceRow, rows, lanes, destination, destinationRow);
            return;
        }

        for (int lane = 0; lane < lanes; lane += TVector.Count)
        {
            AddTurned<TVector>(
                source + lane, sourceRow, rows, Math.Min(TVector.Count, lanes - lane),
                destination + (lane * destinationRow), destinationRow);
        }
    }

    /// <summary>destination[l, r] += source[r, l] for up to one vector of lanes.</summary>
    public static void AddTurned<TVector>(
        float* source, nint sourceRow, int rows, int lanes, float* destination, nint destinationRow)
        where TVector : struct, ISimdVector<TVector>
    {
        float* turned = stackalloc float[TVector.Count * TVector.Count];
        for (int row = 0; row < rows; row += TVector.Count)
        {
            int count = Math.Min(TVector.Count, rows - row);
            Transposition.Transpose<TVector>(source + (row * sourceRow), sourceRow, count, lanes, turned, TVector.Count);
            Put<TVector>(turned, TVector.Count, lanes, count, destination + row, destinationRow, accumulate: true);
        }
    }

    private readonly struct TurnedWork(
        float* source, nint sourceRow, int rows, int lanes, float* destination, nint destinationRow, bool accumulate)
        : IVectorWork
    {
        public void Invoke<TVector>()
            where TVector : struct, ISimdVector<TVector> =>
            PutTurned<TVector>(source, sourceRow, rows, lanes, destination, destinationRow, accumulate);
    }
}
