namespace ModelDsl.Kernels;

/// <summary>Divides rows into register tiles of nearly equal, preferably even height.</summary>
/// <param name="Height">The height of the lower tiles.</param>
/// <param name="Tall">How many tiles, the first ones, are two rows taller.</param>
/// <param name="Odd">Whether one more tile, after the tall ones, is one row taller.</param>
/// <param name="Count">The number of tiles.</param>
internal readonly record struct TileRange(int Height, int Tall, bool Odd, int Count)
{
    /// <summary>Divides <paramref name="rows"/> rows into as few tiles of at most <paramref name="maxRows"/> as it takes.</summary>
    /// <param name="rows">The number of rows; positive.</param>
    /// <param name="maxRows">An even number.</param>
    public static TileRange Of(int rows, int maxRows)
    {
        int count = (rows + maxRows - 1) / maxRows;
        if (count == 1)
        {
            return new(rows, 0, false, 1);
        }

        int height = rows / count & ~1;
        int rest = rows - (count * height);
        return new(height, rest / 2, (rest & 1) != 0, count);
    }

    /// <summary>The height of a tile.</summary>
    public int HeightOf(int tile) => tile < Tall ? Height + 2 : tile == Tall && Odd ? Height + 1 : Height;
}
