namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>What the gradient of a normalization reads and writes, whether or not that of its input is wanted.</summary>
internal sealed record NormalizationGradientRule(
    string Kernel,
    Value Input,
    Value Weight,
    Value Statistics,
    Value OutputGradient,
    Value? WeightGradient,
    Value? BiasGradient,
    bool Accumulate,
    Value Scratch)
{
    /// <summary>The kernel that takes a bias.</summary>
    public const string KernelWithBias = "LayerNorm";

    /// <summary>Each sample has its own statistics, and only the parameters' gradients are sums over them.</summary>
    public BatchUse BatchUse => ParameterWrites.Any() ? BatchUse.Summed : BatchUse.Apart;

    public IEnumerable<Value> Reads => [Input, Weight, Statistics, OutputGradient];

    /// <summary>The gradients of the parameters, and working memory for their sums.</summary>
    public IEnumerable<Value> ParameterWrites =>
        WeightGradient is null && BiasGradient is null
            ? []
            : new[] { WeightGradient, BiasGradient, Scratch }.OfType<Value>();

    /// <summary>The kernel's arguments before the epilogue.</summary>
    public EquatableArray<Argument> Arguments(Value? inputGradient) =>
    [
        Input, Weight, Statistics, OutputGradient, inputGradient, WeightGradient,
        .. Kernel == KernelWithBias ? (EquatableArray<Argument>)[BiasGradient] : [],
        ParameterWrites.Any() ? Scratch : null,
        Size.Rows(Input.Shape), Input.Shape.Columns, Argument.Named("accumulate", Accumulate),
    ];
}
