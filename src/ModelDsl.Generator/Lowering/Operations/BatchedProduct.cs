namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>result = left · right for each of the matrices of a sample.</summary>
/// <param name="layer">The layer.</param>
/// <param name="left">The left matrices: for each sample, or one parameter for all.</param>
/// <param name="right">The right matrices, likewise.</param>
/// <param name="shape">Which matrices are multiplied.</param>
/// <param name="result">The products; the gradient of a parameter where they are added up over the samples.</param>
/// <param name="accumulate">Whether they are added to what is there.</param>
internal sealed class BatchedProduct(
    BoundLayer layer, Value left, Value right, ProductBatchShape shape, Value result, bool accumulate = false)
    : Operation(layer)
{
    private bool IsSum => shape.Samples.Result == 0;

    public override BatchUse BatchUse => IsSum ? BatchUse.Summed : BatchUse.Apart;

    public override Operation? AddingUp =>
        IsSum ? new BatchedProduct(Layer, left, right, shape, result, accumulate: true) : null;

    public override IEnumerable<Value> Reads => [left, right];

    public override IEnumerable<Value> Writes => [result];

    public override IEnumerable<Value> Weights => Reads.Where(value => value.IsParameter).Select(value => value.Root);

    public override Work Work => Work.Product(
        Size.Times(shape.Loops.Aggregate(shape.Rows, (product, loop) => product * loop.Count)),
        shape.Depth,
        shape.Columns);

    public override string Describe(NameOf name)
    {
        string first = shape.TransposeLeft ? $"[{shape.Depth}, {shape.Rows}]ᵀ" : $"[{shape.Rows}, {shape.Depth}]";
        string second = shape.TransposeRight ? $"[{shape.Columns}, {shape.Depth}]ᵀ" : $"[{shape.Depth}, {shape.Columns}]";
        string sum = IsSum ? "sum over the batch of " : "";
        return $"{sum}{first} · {second} of {name(left)} and {name(right)} → [{shape.Rows}, {shape.Columns}]";
    }

    public override void Differentiate(IGradients gradients)
    {
        if (gradients.Of(result, Layer) is not { } gradient)
        {
            return;
        }

        if (gradients.Needs(left))
        {
            (Value first, Value second) = shape.TransposeLeft ? (right, gradient) : (gradient, right);
            Add(gradients, left, first, second, shape.OfLeftGradient);
        }

        if (gradients.Needs(right))
        {
            (Value first, Value second) = shape.TransposeRight ? (gradient, left) : (left, gradient);
            Add(gradients, right, first, second, shape.OfRightGradient);
        }
    }

    public override IReadOnlyList<KernelCall> Calls =>
    [
        new("BatchedProduct.Multiply", [left, right, result, shape.Argument, .. Argument.Flag("accumulate", accumulate)]),
    ];

    private void Add(IGradients gradients, Value operand, Value first, Value second, ProductBatchShape product)
    {
        bool adds = false;
        Value target = operand.Shape.IsFixed ? gradients.OfParameter(operand, out adds) : gradients.Contribute(operand);
        gradients.Add(new BatchedProduct(Layer, first, second, product, target, adds));
    }
}

/// <summary>Which matrices are multiplied, and where they lie: the runtime's <c>ProductBatch</c>.</summary>
/// <param name="Rows">The rows of a result.</param>
/// <param name="Columns">The columns of a result.</param>
/// <param name="Depth">The number of products that each element sums.</param>
/// <param name="TransposeLeft">Whether left matrices lie as [depth, rows].</param>
/// <param name="TransposeRight">Whether right matrices lie as [columns, depth].</param>
/// <param name="Samples">The loop over the samples, whose count is that of the batch.</param>
/// <param name="Loops">The loops within a sample, outermost first.</param>
internal sealed record ProductBatchShape(
    int Rows,
    int Columns,
    int Depth,
    bool TransposeLeft,
    bool TransposeRight,
    MatrixLoop Samples,
    EquatableArray<MatrixLoop> Loops)
{
    /// <summary>The most loops within a sample.</summary>
    public const int MostLoops = 4;

    /// <summary>∂left = ∂result · rightᵀ, or its transpose where left is one.</summary>
    public ProductBatchShape OfLeftGradient => TransposeLeft
        ? With(Depth, Rows, Columns, TransposeRight, true, loop => new(loop.Count, loop.Right, loop.Result, loop.Left))
        : With(Rows, Depth, Columns, false, !TransposeRight, loop => new(loop.Count, loop.Result, loop.Right, loop.Left));

    /// <summary>∂right = leftᵀ · ∂result, or its transpose where right is one.</summary>
    public ProductBatchShape OfRightGradient => TransposeRight
        ? With(Columns, Depth, Rows, true, TransposeLeft, loop => new(loop.Count, loop.Result, loop.Left, loop.Right))
        : With(Depth, Columns, Rows, !TransposeLeft, false, loop => new(loop.Count, loop.Left, loop.Result, loop.Right));

    /// <summary>The runtime's struct.</summary>
    public KernelObject Argument => new(
        "ProductBatch",
        [
            Rows, Columns, Depth, TransposeLeft, TransposeRight,
            new KernelObject("MatrixLoop", [Lowering.Argument.Batch, Samples.Left, Samples.Right, Samples.Result]),
            .. Loops.Select(loop => new KernelObject("MatrixLoop", [loop.Count, loop.Left, loop.Right, loop.Result])),
        ]);

    private ProductBatchShape With(
        int rows, int columns, int depth, bool transposeLeft, bool transposeRight, Func<MatrixLoop, MatrixLoop> turn) =>
        new(rows, columns, depth, transposeLeft, transposeRight, turn(Samples), [.. Loops.Select(turn)]);
}

/// <summary>A loop over matrices: how often it goes round, and how many matrices each round moves on.</summary>
internal readonly record struct MatrixLoop(int Count, int Left, int Right, int Result);
