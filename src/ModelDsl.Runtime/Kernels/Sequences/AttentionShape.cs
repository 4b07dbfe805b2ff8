namespace ModelDsl.Kernels;

/// <summary>The extents of an attention, and where one head of one sample lies in its matrices.</summary>
/// <param name="steps">The length of the sequence.</param>
/// <param name="heads">The number of heads.</param>
/// <param name="headSize">The features of a head.</param>
/// <param name="causal">Whether a step sees only itself and the steps before it.</param>
internal readonly unsafe struct AttentionShape(int steps, int heads, int headSize, bool causal)
{
    /// <summary>The queries whose scores are computed together: their rows share each tile of keys.</summary>
    public const int QueryTile = 16;

    /// <summary>The keys whose scores are computed together: QueryTile x KeyTile scores and a tile of values fit the first cache.</summary>
    public const int KeyTile = 64;

    /// <summary>The tiles that are one chain of additions.</summary>
    public const int Chain = 16;

    public int Steps => steps;

    public int Heads => heads;

    public int HeadSize => headSize;

    public bool Causal => causal;

    /// <summary>What scores are multiplied by: 1 / √headSize.</summary>
    public float Scale => 1f / MathF.Sqrt(headSize);

    /// <summary>The distance of two rows of queries, keys and values.</summary>
    public int InputStride => 3 * heads * headSize;

    /// <summary>The distance of two rows of the result, and of queries and keys in a row.</summary>
    public int OutputStride => heads * headSize;

    /// <summary>The width of a head in working memory: whole vectors.</summary>
    public int PaddedSize => RoundUp(headSize, TileProduct.ColumnGrain);

    /// <summary>The length of a row of keys in working memory: whole tiles.</summary>
    public int PaddedSteps => RoundUp(steps, KeyTile);

    /// <summary>Where the queries of a head start; heads are counted over all samples.</summary>
    public long InputOffset(int item) => ((long)(item / heads) * steps * InputStride) + (item % heads * headSize);

    /// <summary>Where the result of a head starts; heads are counted over all samples.</summary>
    public long OutputOffset(int item) => ((long)(item / heads) * steps * OutputStride) + (item % heads * headSize);

    /// <summary>The mask of the sample that a head belongs to; null where there is none.</summary>
    public float* MaskOf(FloatSpan mask, int item) => mask.IsEmpty ? null : mask.Pointer + ((long)(item / heads) * steps);

    /// <summary>The end of the keys that any of the queries before <paramref name="queryEnd"/> sees.</summary>
    public int KeyEnd(int queryEnd) => causal ? queryEnd : steps;

    /// <summary>Whether a chain of sums over tiles of keys ends before <paramref name="key"/>.</summary>
    public static bool EndsChain(int key, int keyEnd) => key == keyEnd || key % (Chain * KeyTile) == 0;

    /// <summary>How many of the <paramref name="seen"/> keys from <paramref name="key"/> on a query sees.</summary>
    public int Visible(int query, int key, int seen) => causal ? Math.Clamp(query + 1 - key, 0, seen) : seen;

    public static int RoundUp(int value, int grain) => (value + grain - 1) / grain * grain;
}
