namespace ModelDsl.Kernels;

/// <summary>A tile of TRows rows and TVectors vectors that makes TCopies copies of its second operand, none or one.</summary>
internal readonly struct TileShape<TRows, TVectors, TCopies> : ITileShape
    where TRows : struct, ICount
    where TVectors : struct, ICount
    where TCopies : struct, ICount
{
    public static int Rows => TRows.Value;

    public static int Vectors => TVectors.Value;

    public static bool Packs => TCopies.Value > 0;
}
