namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>result = weight · normalized(input) + bias, row by row.</summary>
/// <param name="layer">The layer.</param>
/// <param name="kernel">The runtime's kernel: <c>LayerNorm</c>, which takes a bias, or <c>RmsNorm</c>.</param>
/// <param name="input">What is normalized.</param>
/// <param name="weight">The scale of each feature.</param>
/// <param name="bias">What is added to each feature, or null.</param>
/// <param name="statistics">Mean and scale of each row for the backward pass; null at inference.</param>
/// <param name="epsilon">What keeps the division finite.</param>
/// <param name="result">The output.</param>
internal sealed class NormalizationOperation(
    BoundLayer layer,
    string kernel,
    Value input,
    Value weight,
    Value? bias,
    Value? statistics,
    float epsilon,
    Value result)
    : HostOperation(layer, result)
{
    public override BatchUse BatchUse => BatchUse.Apart;

    public override IEnumerable<Value> Reads => bias is null ? [input, weight] : [input, weight, bias];

    public override IEnumerable<Value> SideResults => statistics is null ? [] : [statistics];

    public override string Describe(NameOf name) => $"{ShapeText.Matrix(input.Shape)} → each row normalized";

    public override void Differentiate(IGradients gradients)
    {
        if (gradients.Of(Result, Layer) is not { } gradient)
        {
            return;
        }

        bool accumulate = false;
        Value? weightGradient = gradients.Needs(weight) ? gradients.OfParameter(weight, out accumulate) : null;
        Value? biasGradient = bias is not null && gradients.Needs(bias) ? gradients.OfParameter(bias, out _) : null;
        var rule = new NormalizationGradientRule(
            kernel, input, weight, statistics!, gradient, weightGradient, biasGradient, accumulate,
            Scratch: gradients.Scratch(
                Result, "Sums", new TensorShape(KernelContract.NormalizationScratchRows, Columns), isPerSample: false));
        gradients.Add(gradients.Needs(input)
            ? new NormalizationInputGradient(Layer, rule, gradients.Contribute(input))
            : new NormalizationWeightGradient(Layer, rule));
    }

    public override KernelCall CallInto(Value destination, IReadOnlyList<KernelObject> stages) =>
        KernelCall.Hosting(
            $"{kernel}.Forward",
            stages,
            [
                input, weight,
                .. kernel == NormalizationGradientRule.KernelWithBias ? (EquatableArray<Argument>)[bias] : [],
                destination, statistics, Size.Rows(input.Shape), Columns, epsilon,
            ]);
}
