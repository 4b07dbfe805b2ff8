namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>result = left · right, row by row, where the right matrix is one parameter for all samples.</summary>
/// <param name="layer">The layer.</param>
/// <param name="left">[rows, depth], with the rows of all samples.</param>
/// <param name="right">[depth, columns].</param>
/// <param name="depth">The columns of the left matrix.</param>
/// <param name="columns">The columns of the result.</param>
/// <param name="transposed">Whether the right matrix lies as [columns, depth].</param>
/// <param name="result">[rows, columns].</param>
internal sealed class MatrixProduct(
    BoundLayer layer, Value left, Value right, int depth, int columns, bool transposed, Value result)
    : HostOperation(layer, result)
{
    public override int Columns => columns;

    public override BatchUse BatchUse => BatchUse.Apart;

    public override IEnumerable<Value> Reads => [left, right];

    public override IEnumerable<Value> Weights => right.IsParameter ? [right.Root] : [];

    private Size Rows => Size.Times(left.Shape.Count / depth);

    public override Work Work => Work.Product(Rows, depth, columns);

    public override string Describe(NameOf name)
    {
        string rows = ShapeText.Rows(new TensorShape(left.Shape.Count / depth, depth));
        string weight = transposed ? $"[{columns}, {depth}]ᵀ" : $"[{depth}, {columns}]";
        return $"[{rows}, {depth}] · {weight} → [{rows}, {columns}]";
    }

    public override void Differentiate(IGradients gradients)
    {
        if (gradients.Of(Result, Layer) is not { } gradient)
        {
            return;
        }

        if (gradients.Needs(right))
        {
            Value weightGradient = gradients.OfParameter(right, out bool accumulate);
            (Value first, Value second) = transposed ? (gradient, left) : (left, gradient);
            gradients.Add(new LinearWeightGradient(Layer, first, second, weightGradient, null, accumulate));
        }

        if (gradients.Needs(left))
        {
            gradients.Add(new MatrixProduct(
                Layer, gradient, right, columns, depth, !transposed, gradients.Contribute(left)));
        }
    }

    public override KernelCall CallInto(Value destination, IReadOnlyList<KernelObject> stages) =>
        KernelCall.Hosting(
            transposed ? "MatrixMultiplication.TimesTransposed" : "MatrixMultiplication.Times",
            stages,
            [left, right, destination, Rows, columns, depth]);
}
