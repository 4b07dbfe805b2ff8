namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>∂input = ∂output · weight, row by row.</summary>
internal sealed class LinearInputGradient(BoundLayer layer, Value outputGradient, Value weight, Value result)
    : HostOperation(layer, result)
{
    public override BatchUse BatchUse => BatchUse.Apart;

    public override IEnumerable<Value> Reads => [outputGradient, weight];

    public override IEnumerable<Value> Weights => [weight];

    public override Work Work =>
        Work.Product(Size.Rows(outputGradient.Shape), outputGradient.Shape.Columns, Columns);

    public override string Describe(NameOf name)
    {
        string rows = ShapeText.Rows(outputGradient.Shape);
        return $"[{rows}, {outputGradient.Shape.Columns}] · [{weight.Shape.ToString(", ")}] → [{rows}, {Columns}]";
    }

    public override KernelCall CallInto(Value destination, IReadOnlyList<KernelObject> stages) =>
            KernelCall.Hosting("MatrixMultiplication.Times", stages, [outputGradient, weight, destination,
            Size.Rows(outputGradient.Shape), Columns, outputGradient.Shape.Columns]);
}
