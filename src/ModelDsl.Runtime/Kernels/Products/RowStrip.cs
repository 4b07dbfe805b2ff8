namespace ModelDsl.Kernels;

/// <summary>
/// Rows of the broadcast side whose distance is a multiple of 4 KiB, copied to where it is not: a tile reads 14 of them
/// at each step, and they would displace each other from the one set of the first cache that all of them fall into.
/// </summary>
/// <remarks>Limited by how fast the rows come from memory.</remarks>
internal static unsafe class RowStrip
{
    /// <summary>The floats of all sets of a first cache, one line each.</summary>
    private const int Sets = 1024;

    /// <summary>A line, so that rows begin in sets that follow each other.</summary>
    private const int Line = 16;

    /// <summary>The fewest lanes whose products pay for the copy.</summary>
    private const int FewestLanes = 256;

    /// <summary>The fewest rows that displace each other.</summary>
    private const int FewestRows = 8;

    /// <summary>Whether to copy what is multiplied with so many lanes.</summary>
    public static bool Pays(in Product product, int lanes) =>
        product.ADepth == 1
        && product.ARow % Sets == 0
        && product.Rows >= FewestRows
        && lanes >= FewestLanes;

    /// <summary>The distance between copied rows.</summary>
    public static nint Distance(int depth) => BlockSizes.RoundUp(depth, 2 * Line) + Line;

    /// <summary>Copies a part of each row.</summary>
    /// <param name="source">The first row.</param>
    /// <param name="sourceRow">The distance between two rows.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="depth">The length of the part.</param>
    /// <param name="destination">Where it goes.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Copy<TVector>(float* source, nint sourceRow, int rows, int depth, float* destination)
        where TVector : struct, ISimdVector<TVector>
    {
        nint distance = Distance(depth);
        int whole = depth - (depth % TVector.Count);
        for (int row = 0; row < rows; row++)
        {
            for (int k = 0; k < whole; k += TVector.Count)
            {
                TVector.Load(source + k).Store(destination + k);
            }

            for (int k = whole; k < depth; k++)
            {
                destination[k] = source[k];
            }

            source += sourceRow;
            destination += distance;
        }
    }
}
