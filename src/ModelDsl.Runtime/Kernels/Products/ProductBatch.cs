namespace ModelDsl.CompilerServices;

/// <summary>Many products of matrices at once: the extents of each, and which matrices belong together.</summary>
/// <remarks>
/// The loops count the products; a loop in which a matrix has a step of 0 takes the same one again and again.
/// </remarks>
/// <param name="rows">The rows of a result.</param>
/// <param name="columns">The columns of a result.</param>
/// <param name="depth">The number of products that each element sums.</param>
/// <param name="transposeLeft">Whether left matrices lie as [depth, rows] rather than [rows, depth].</param>
/// <param name="transposeRight">Whether right matrices lie as [columns, depth] rather than [depth, columns].</param>
/// <param name="samples">The loop over the samples of a batch.</param>
/// <param name="first">The outermost loop within a sample; none by default.</param>
/// <param name="second">The loop within that.</param>
/// <param name="third">The loop within that.</param>
/// <param name="fourth">The innermost loop.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ProductBatch(
    int rows,
    int columns,
    int depth,
    bool transposeLeft,
    bool transposeRight,
    MatrixLoop samples,
    MatrixLoop first = default,
    MatrixLoop second = default,
    MatrixLoop third = default,
    MatrixLoop fourth = default)
{
    internal int Rows => rows;

    internal int Columns => columns;

    internal int Depth => depth;

    // A matrix of one row or column lies along its other dimension either way.
    internal bool TransposeLeft => transposeLeft && rows > 1;

    internal bool TransposeRight => transposeRight || columns == 1;

    internal MatrixLoop Samples => samples;

    /// <summary>The loops within a sample, outermost first.</summary>
    internal MatrixLoops Loops
    {
        get
        {
            MatrixLoops loops = default;
            (loops[0], loops[1], loops[2], loops[3]) = (first, second, third, fourth);
            return loops;
        }
    }

    internal long LeftFloats => (long)rows * depth;

    internal long RightFloats => (long)depth * columns;

    internal long ResultFloats => (long)rows * columns;

    /// <summary>One product, whose matrices are still to be named.</summary>
    internal Product Product
    {
        get
        {
            Factor left = TransposeLeft ? Factor.OfSteps(default, rows) : Factor.OfLines(default, depth);
            Factor right = TransposeRight ? Factor.OfLines(default, depth) : Factor.OfSteps(default, columns);

            // Few columns would leave most lanes of the register tile empty.
            bool turned = !TransposeLeft && TransposeRight && rows > columns && 2 * columns <= VectorWidth.Count;
            Product product = turned
                ? new Product(right, left, default, columns, rows, depth)
                : new Product(left, right, default, rows, columns, depth);
            product.CRow = columns;
            product.Turned = turned;
            return product;
        }
    }
}

/// <summary>A loop over matrices that lie one after the other.</summary>
/// <param name="count">How often it goes round.</param>
/// <param name="left">The left matrices from one round to the next.</param>
/// <param name="right">The right matrices from one round to the next.</param>
/// <param name="result">The results from one round to the next; with 0 the products of all rounds are added up.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct MatrixLoop(int count, int left, int right, int result)
{
    private readonly bool _isGiven = true;

    internal int Count => _isGiven ? count : 1;

    internal int Left => left;

    internal int Right => right;

    internal int Result => result;
}

/// <summary>The loops within a sample.</summary>
[InlineArray(Count)]
internal struct MatrixLoops
{
    public const int Count = 4;

    private MatrixLoop _first;
}
