namespace ModelDsl.Kernels;

/// <summary>The extents of an attention, and where one head of one sample lies in its matrices.</summary>
/// <param name="steps">The number of queries.</param>
/// <param name="heads">The number of heads of queries.</param>
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

    public int Steps { get; } = steps;

    /// <summary>The number of keys, and of values.</summary>
    public int KeySteps { get; init; } = steps;

    public int Heads { get; } = heads;

    /// <summary>The number of heads of keys and values, each of which serves as many heads of queries.</summary>
    public int KeyHeads { get; init; } = heads;

    public int HeadSize => headSize;

    public bool Causal => causal;

    /// <summary>What scores are multiplied by: 1 / √headSize, unless something else is asked for.</summary>
    public float Scale { get; init; } = 1f / MathF.Sqrt(headSize);

    /// <summary>The distance of two rows of queries, keys and values that lie side by side.</summary>
    public int InputStride => 3 * Heads * headSize;

    /// <summary>The distance of two queries.</summary>
    public int QueryStride { get; init; } = 3 * heads * headSize;

    /// <summary>The distance of two keys, and of two values.</summary>
    public int KeyStride { get; init; } = 3 * heads * headSize;

    /// <summary>The distance of two rows of the result, and of queries and keys that lie side by side.</summary>
    public int OutputStride => Heads * headSize;

    /// <summary>The width of a head in working memory: whole vectors.</summary>
    public int PaddedSize => RoundUp(headSize, TileProduct.ColumnGrain);

    /// <summary>The length of a row of keys in working memory: whole tiles.</summary>
    public int PaddedSteps => RoundUp(KeySteps, KeyTile);

    /// <summary>Where the queries of a head start; heads are counted over all samples.</summary>
    public long InputOffset(int item) => ((long)(item / Heads) * Steps * InputStride) + (item % Heads * headSize);

    /// <summary>Where the result of a head starts; heads are counted over all samples.</summary>
    public long OutputOffset(int item) => ((long)(item / Heads) * Steps * OutputStride) + (item % Heads * headSize);

    /// <summary>The mask of the keys of the sample that a head belongs to, where there is one.</summary>
    public AttentionMask MaskOf(FloatSpan mask, int item) =>
        mask.IsEmpty ? default : new(mask.Pointer + ((long)(item / Heads) * Steps), stride: 0);

    /// <summary>The end of the keys that any of the queries before <paramref name="queryEnd"/> sees.</summary>
    public int KeyEnd(int queryEnd) => causal ? Math.Min(queryEnd, KeySteps) : KeySteps;

    /// <summary>Whether a chain of sums over tiles of keys ends before <paramref name="key"/>.</summary>
    public static bool EndsChain(int key, int keyEnd) => key == keyEnd || key % (Chain * KeyTile) == 0;

    /// <summary>How many of the <paramref name="seen"/> keys from <paramref name="key"/> on a query sees.</summary>
    public int Visible(int query, int key, int seen) => causal ? Math.Clamp(query + 1 - key, 0, seen) : seen;

    public static int RoundUp(int value, int grain) => (value + grain - 1) / grain * grain;
}

/// <summary>What is added to the scores of a sample: -∞ where a query does not see a key.</summary>
/// <param name="values">[keys] or [queries, keys]; null where nothing is added.</param>
/// <param name="stride">The distance of the rows of two queries; 0 where all have one.</param>
internal readonly unsafe struct AttentionMask(float* values, nint stride)
{
    public bool IsNone => values == null;

    /// <summary>Whether some query may not see a key that another one sees.</summary>
    public bool IsOfQueries => stride != 0;

    /// <summary>The row of all queries; null where each has its own, or there is none.</summary>
    public float* OfKeys => stride == 0 ? values : null;

    /// <summary>The row of a query from a key on; null where there is none.</summary>
    public float* At(int query, int key) => values == null ? null : values + (query * stride) + key;

    /// <summary>Whether a query does not see a key.</summary>
    public bool Hides(int query, int key) => values != null && float.IsNegativeInfinity(values[(query * stride) + key]);
}
