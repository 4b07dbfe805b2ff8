namespace ModelDsl.Kernels;

/// <summary>
/// C[r, l] = Σₖ A[r, k]·B[k, l] with A on the broadcast side and B on the vector side of the register tile: the operands of
/// a product in any layout.
/// </summary>
internal unsafe struct Product
{
    /// <summary>A[0, 0], and the distances between its rows and between its steps of k; one of the two is 1.</summary>
    public float* A;
    public nint ARow;
    public nint ADepth;

    /// <summary>B[0, 0], and the distances between its lanes and between its steps of k; one of the two is 1.</summary>
    public float* B;
    public nint BLane;
    public nint BDepth;

    /// <summary>B in the order of <see cref="PackedMatrix"/>, or null where the product reads it from where it lies.</summary>
    public float* Panels;

    /// <summary>Where C or its transpose goes, and the distance between the rows of what is stored.</summary>
    public float* C;
    public nint CRow;

    public int Rows;
    public int Lanes;
    public int Depth;

    /// <summary>The largest number of steps that are one chain of additions, where it is not <see cref="BlockSizes.MaxDepth"/>.</summary>
    public int Chain;

    /// <summary>c[m, n] = a·b, stored as it is.</summary>
    public Product(Factor a, Factor b, FloatSpan c, int m, int n, int k)
    {
        A = a.Values.Pointer;
        ARow = a.Line;
        ADepth = a.Depth;
        B = b.Values.Pointer;
        BLane = b.Line;
        BDepth = b.Depth;
        C = c.Pointer;
        CRow = n;
        Rows = m;
        Lanes = n;
        Depth = k;
    }

    /// <summary>The steps between two visits to C where they do not follow from the depth; 0 where they do.</summary>
    public int FixedSteps;

    /// <summary>The steps between two visits to C.</summary>
    public readonly int DepthBlock => FixedSteps > 0
        ? Math.Clamp(BlockSizes.RoundUp(Depth, 16), 1, FixedSteps)
        : BlockSizes.DepthBlock(Depth, Chain == 0 ? BlockSizes.MaxDepth : Chain);

    /// <summary>Whether the transpose of C is stored.</summary>
    public bool Turned;

    /// <summary>Whether the product is added to what is there.</summary>
    public bool Accumulate;

    /// <summary>
    /// Whether the chain of additions starts from what is there, where the product is added to it, and goes on from one
    /// visit to C to the next: steps in several products then have the bits of the same steps in one.
    /// </summary>
    public bool GoesOn;

    /// <summary>Where the sums of A's rows go, or null.</summary>
    public float* RowSums;

    /// <summary>What is done to finished blocks of C.</summary>
    public EpilogueBlock Epilogue;

    /// <summary>Whether that is done tile by tile, where all lanes of C lie in whole vectors.</summary>
    /// <param name="finish">What is done with a tile.</param>
    /// <exception cref="ArgumentOutOfRangeException">C has more lanes than an operand of the epilogue.</exception>
    public readonly bool FinishesTiles<TVector>(out ColumnFinish finish)
        where TVector : struct, ISimdVector<TVector>
    {
        finish = default;
        return !Turned && Lanes % TVector.Count == 0 && Epilogue.IsColumnwise(Lanes, out finish);
    }
}

/// <summary>A factor of a product: a matrix by its lines, which are the rows or columns of the result, and the steps of k.</summary>
/// <param name="Values">The matrix.</param>
/// <param name="Line">The distance between two lines.</param>
/// <param name="Depth">The distance between two steps.</param>
internal readonly record struct Factor(FloatSpan Values, nint Line, nint Depth)
{
    /// <summary>[lines, k].</summary>
    public static Factor OfLines(FloatSpan values, int k) => new(values, k, 1);

    /// <summary>[k, lines].</summary>
    public static Factor OfSteps(FloatSpan values, int lines) => new(values, 1, lines);
}
