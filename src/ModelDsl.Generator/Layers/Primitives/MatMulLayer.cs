namespace ModelDsl.Generator.Layers.Primitives;

/// <summary>The product of two tensors' matrices.</summary>
internal sealed class MatMulAttribute : LayerAttribute
{
    /// <summary>Whether the last two dimensions of the left operand change places.</summary>
    public bool TransposeLeft { get; set; }

    /// <summary>Whether the last two dimensions of the right operand change places.</summary>
    public bool TransposeRight { get; set; }
}

/// <summary>
/// left · right, of the last two dimensions of both; those before them are equal, or 1, or missing. A vector on the
/// left is one row, and on the right one column, which the result then does not have.
/// </summary>
internal sealed class MatMulLayer : PrimitiveLayer
{
    public override string AttributeType => typeof(MatMulAttribute).FullName;

    public override TensorShape? InferShape(LayerContext layer)
    {
        if (!Primitive.CheckInputs(layer))
        {
            return null;
        }

        (TensorShape left, TensorShape right) = (layer.Inputs[0], layer.Inputs[1]);
        var product = new ProductOf(left, right, layer.Arguments<MatMulAttribute>());
        if (product.Depth != product.RightDepth)
        {
            layer.Report(ProductNeedsEqualInner.Message(
                left, layer.InputOrigin, product.Depth, right, product.RightDepth));
            return null;
        }

        if (product.Leading is null)
        {
            layer.Report(ProductsMustPair.Message(left, layer.InputOrigin, right));
            return null;
        }

        TensorShape result = Primitive.ShapeOf(product.Extents);
        bool keepsSteps = product.KeepsSteps && result.Rank == left.Rank && result.Dimensions[0] == left.Dimensions[0];
        return result with { IsSequence = keepsSteps };
    }

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input) =>
        throw new InvalidOperationException("A product has two operands.");

    public override IReadOnlyList<Value> Lower(BoundLayer layer, ProgramBuilder program, IReadOnlyList<Value> inputs)
    {
        (Value left, Value right) = (inputs[0], inputs[1]);
        var product = new ProductOf(left.Shape, right.Shape, layer.Arguments<MatMulAttribute>());

        // What has no columns has one here.
        bool isWhole = right.Shape.Rank > 1;
        Value result = isWhole
            ? program.Activation(layer)
            : program.Activation(
                layer, "product", new TensorShape([.. layer.Output.Dimensions, 1]), mayBeRounded: true);
        program.Add(Operation());
        Value whole = isWhole ? result : program.View(layer, result);
        KeepPadding(program, left, right, layer, whole);
        return [whole];

        Operation Operation()
        {
            if (!product.IsOfRows)
            {
                return new Lowering.Operations.BatchedProduct(layer, left, right, product.Batch, result);
            }

            return product.TransposeRight && right.Root == right
                ? new LinearOperation(layer, left, right, bias: null, result)
                : new MatrixProduct(
                    layer, left, right, product.Depth, product.Columns, product.TransposeRight, result);
        }
    }

    // The rows of the result are those of the left operand, its columns those of the right one.
    private static void KeepPadding(ProgramBuilder program, Value left, Value right, BoundLayer layer, Value result)
    {
        var arguments = layer.Arguments<MatMulAttribute>();
        bool hasRows = left.Shape.Rank > 1, hasColumns = right.Shape.Rank > 1;
        StepPadding? rows = program.PaddingOf(left), columns = program.PaddingOf(right);
        int ofRows = left.Shape.Rank - (arguments.TransposeLeft ? 1 : 2);
        int ofColumns = right.Shape.Rank - (arguments.TransposeRight ? 2 : 1);
        StepPadding? padding =
            hasRows && rows?.Dimension == ofRows
                ? rows with { Dimension = result.Shape.Rank - (hasColumns ? 2 : 1) }
            : hasColumns && columns?.Dimension == ofColumns
                ? columns with { Dimension = result.Shape.Rank - 1 }
            : hasRows && rows?.Dimension < left.Shape.Rank - 2
                ? rows with { Dimension = result.Shape.Rank - (hasColumns ? 0 : -1) - left.Shape.Rank + rows.Dimension }
            : null;
        program.SetPadding(result, padding);
    }

    /// <summary>The extents of a product.</summary>
    private sealed class ProductOf(TensorShape left, TensorShape right, MatMulAttribute arguments)
    {
        private readonly int[] _left = left.Rank == 1 ? [1, left.Count] : [.. left.Dimensions];
        private readonly int[] _right = right.Rank == 1 ? [right.Count, 1] : [.. right.Dimensions];

        public bool TransposeLeft => arguments.TransposeLeft && left.Rank > 1;

        public bool TransposeRight => arguments.TransposeRight && right.Rank > 1;

        public int Rows => _left[_left.Length - (TransposeLeft ? 1 : 2)];

        public int Depth => _left[_left.Length - (TransposeLeft ? 2 : 1)];

        public int RightDepth => _right[_right.Length - (TransposeRight ? 1 : 2)];

        public int Columns => _right[_right.Length - (TransposeRight ? 2 : 1)];

        /// <summary>Whether the first dimension of the left operand is one of the result's.</summary>
        public bool KeepsSteps => left.IsSequence && left.Rank > 1 && !(left.Rank == 2 && TransposeLeft);

        /// <summary>Whether it is a product of all rows of the batch with one matrix.</summary>
        public bool IsOfRows => right.IsFixed && !TransposeLeft && right.Count == Depth * Columns;

        /// <summary>The dimensions before the last two; null where those of the operands do not pair.</summary>
        public int[]? Leading
        {
            get
            {
                int rank = Math.Max(_left.Length, _right.Length) - 2;
                int[] leading = new int[rank];
                for (int i = 0; i < rank; i++)
                {
                    (int first, int second) = (At(_left, i, rank), At(_right, i, rank));
                    if (first != second && first != 1 && second != 1)
                    {
                        return null;
                    }

                    leading[i] = Math.Max(first, second);
                }

                return LoopsOf(leading).Count <= ProductBatchShape.MostLoops ? leading : null;
            }
        }

        public IEnumerable<int> Extents =>
            [.. Leading!, .. left.Rank == 1 ? (int[])[] : [Rows], .. right.Rank == 1 ? (int[])[] : [Columns]];

        public ProductBatchShape Batch => new(
            Rows,
            Columns,
            Depth,
            TransposeLeft,
            TransposeRight,
            new MatrixLoop(
                0,
                left.IsFixed ? 0 : Matrices(_left),
                right.IsFixed ? 0 : Matrices(_right),
                Primitive.CountOf(Leading!)),
            [.. LoopsOf(Leading!)]);

        private static int Matrices(int[] extents) => Primitive.CountOf(extents.Take(extents.Length - 2));

        // The extent of a leading dimension, where those that are missing stand in front.
        private static int At(int[] extents, int dimension, int rank)
        {
            int number = dimension - rank + extents.Length - 2;
            return number < 0 ? 1 : extents[number];
        }

        // Neighbouring dimensions in which an operand has all matrices, or one, are one loop.
        private List<MatrixLoop> LoopsOf(int[] leading)
        {
            var loops = new List<MatrixLoop>();
            (int leftStep, int rightStep, int step) = (1, 1, 1);
            (bool Left, bool Right) last = default;
            for (int i = leading.Length - 1; i >= 0; i--)
            {
                (int first, int second) = (At(_left, i, leading.Length), At(_right, i, leading.Length));
                if (leading[i] > 1)
                {
                    (bool Left, bool Right) kind = (first > 1, second > 1);
                    if (loops.Count > 0 && kind == last)
                    {
                        loops[0] = loops[0] with { Count = loops[0].Count * leading[i] };
                    }
                    else
                    {
                        (int leftMove, int rightMove) = (kind.Left ? leftStep : 0, kind.Right ? rightStep : 0);
                        loops.Insert(0, new MatrixLoop(leading[i], leftMove, rightMove, step));
                    }

                    last = kind;
                }

                (leftStep, rightStep, step) = (leftStep * first, rightStep * second, step * leading[i]);
            }

            return loops;
        }
    }
}
