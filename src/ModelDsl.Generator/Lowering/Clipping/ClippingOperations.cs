namespace ModelDsl.Generator.Lowering.Clipping;

/// <summary>squares = 0, one for each sample.</summary>
internal sealed class ClearSampleSquares(BoundLayer layer, Value squares) : Operation(layer)
{
    public override IEnumerable<Value> Reads => [];

    public override IEnumerable<Value> Writes => [squares];

    public override string Describe(NameOf name) => "squared norms [batch], to which each layer adds its part";

    public override IReadOnlyList<KernelCall> Calls => [new("Columns.Clear", [squares, 1, 0, Argument.Batch, 1])];
}

/// <summary>squares += the squares of a sample's gradients of parameters.</summary>
internal sealed class AddGradientSquares(BoundLayer layer, IReadOnlyList<Value> gradients, Value squares)
    : Operation(layer)
{
    public override IEnumerable<Value> Reads => [.. gradients, squares];

    public override IEnumerable<Value> Writes => [squares];

    public override string Describe(NameOf name) => "their squares → the sample's squared norm";

    public override IReadOnlyList<KernelCall> Calls =>
        [.. gradients.Select(gradient => new KernelCall("SampleNorms.AddSquares", [gradient, squares]))];
}

/// <summary>factors = min(1, C / √squares): what each sample's gradient is multiplied by to have at most the norm
/// C.</summary>
internal sealed class ClipFactors(BoundLayer layer, Value squares, Value factors) : Operation(layer)
{
    public override IEnumerable<Value> Reads => [squares];

    public override IEnumerable<Value> Writes => [factors];

    public override string Describe(NameOf name) =>
        "squared norms [batch] → the factors that clip the samples' gradients";

    public override IReadOnlyList<KernelCall> Calls =>
    [
        new(
            "SampleNorms.ClipFactors",
            [squares, factors, Argument.Batch, new VariableArgument(ModelVariable.MaxNorm)]),
    ];
}

/// <summary>result = source · the factor of its sample.</summary>
internal sealed class ScaleSamples(BoundLayer layer, Value source, Value factors, Value result)
    : StageOperation(layer, source, result)
{
    public override IEnumerable<Value> Operands => [factors];

    public override string DescribeStage(NameOf name) => "· the factor of each sample";

    public override KernelObject Stage => new("ScaleSamples", [factors, Source.Shape.Rows]);
}
