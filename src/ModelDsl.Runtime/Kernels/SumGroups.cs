namespace ModelDsl.Kernels;

/// <summary>
/// The rows of a batch, or its lines or tiles of pixels, in groups: each is summed by itself, and then the groups are
/// added up in their order.
/// </summary>
/// <remarks>
/// A group lies within a block of samples (<see cref="BatchSum.BlockSamples"/>) and depends on its place there alone. A
/// batch that is divided between two blocks therefore has the same groups as one that is not.
/// </remarks>
internal readonly record struct SumGroups
{
    private readonly int _rows;
    private readonly int _blockRows;

    private SumGroups(int rows, long blockRows, long size)
    {
        _rows = rows;
        _blockRows = (int)Math.Clamp(blockRows, 1, int.MaxValue);
        Size = (int)Math.Clamp(size, 1, _blockRows);
        Together = ((_blockRows - 1) / Size) + 1;
        Count = checked((rows / _blockRows * Together) + (((rows % _blockRows) + Size - 1) / Size));
    }

    /// <summary>The rows of a group; the last one of a block, or of the batch, has the rest.</summary>
    public int Size { get; }

    /// <summary>The number of groups of a block.</summary>
    public int Together { get; }

    /// <summary>The number of groups.</summary>
    public int Count { get; }

    /// <summary>Groups of about equal size that is at most <paramref name="most"/>.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="blockRows">The rows of a block of samples.</param>
    /// <param name="most">The most rows of a group.</param>
    public static SumGroups OfRows(int rows, int blockRows, int most)
    {
        int together = ((blockRows - 1) / most) + 1;
        return new SumGroups(rows, blockRows, ((blockRows - 1) / together) + 1);
    }

    /// <summary>Groups of some rows and more, of which a block has a few.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="blockRows">The rows of a block of samples.</param>
    /// <param name="least">The fewest rows of a group, where its block has as many.</param>
    /// <param name="most">The most groups of a block.</param>
    public static SumGroups OfAtLeast(int rows, long blockRows, int least, int most)
    {
        long together = Math.Clamp(blockRows / least, 1, most);
        return new SumGroups(rows, blockRows, ((blockRows - 1) / together) + 1);
    }

    /// <summary>The first row of a group, and that behind its last one.</summary>
    public (int Start, int End) Range(int group)
    {
        (int block, int place) = Math.DivRem(group, Together);
        long start = (long)block * _blockRows;
        long end = Math.Min(start + (((long)place + 1) * Size), Math.Min(start + _blockRows, _rows));
        return ((int)Math.Min(end, start + ((long)place * Size)), (int)end);
    }
}
