namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>What a softmax gives.</summary>
/// <param name="Kernel">The kernel.</param>
/// <param name="Name">What it computes, for a comment.</param>
internal sealed record SoftmaxForm(string Kernel, string Name)
{
    /// <summary>exp(source) / Σ exp(source).</summary>
    public static SoftmaxForm Probabilities { get; } = new("Softmax", "softmax");

    /// <summary>source - log Σ exp(source).</summary>
    public static SoftmaxForm Logarithms { get; } = new("LogSoftmax", "logarithm of the softmax");
}

/// <summary>result = the softmax of the source, row by row, or its logarithm.</summary>
internal sealed class SoftmaxOperation(BoundLayer layer, SoftmaxForm form, Value source, Value result)
    : Operation(layer)
{
    public override IEnumerable<Value> Reads => [source];

    public override IEnumerable<Value> Writes => [result];

    public override string Describe(NameOf name) => $"{ShapeText.Matrix(source.Shape)} → {form.Name} of each row";

    public override void Differentiate(IGradients gradients)
    {
        if (gradients.Of(result, Layer) is { } gradient && gradients.Needs(source))
        {
            gradients.Add(new SoftmaxGradient(Layer, form, result, gradient, gradients.Contribute(source)));
        }
    }

    public override IReadOnlyList<KernelCall> Calls =>
        [new($"{form.Kernel}.Forward", [source, result, Size.Rows(source.Shape), source.Shape.Columns])];
}

/// <summary>∂source from what a softmax gave and its gradient, row by row.</summary>
internal sealed class SoftmaxGradient(
    BoundLayer layer, SoftmaxForm form, Value output, Value outputGradient, Value result) : Operation(layer)
{
    public override IEnumerable<Value> Reads => [output, outputGradient];

    public override IEnumerable<Value> Writes => [result];

    public override string Describe(NameOf name) =>
        $"{ShapeText.Matrix(output.Shape)} → gradient of the {form.Name} of each row";

    public override IReadOnlyList<KernelCall> Calls =>
    [
        new(
            $"{form.Kernel}.Backward",
            [output, outputGradient, result, Size.Rows(output.Shape), output.Shape.Columns]),
    ];
}
