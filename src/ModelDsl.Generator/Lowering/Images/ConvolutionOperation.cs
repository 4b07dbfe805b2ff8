namespace ModelDsl.Generator.Lowering.Images;

/// <summary>result = the convolution of the input with the weight, + bias, pixel by pixel.</summary>
internal sealed class ConvolutionOperation(
    BoundLayer layer, Value input, Value weight, Value? bias, ConvolutionGeometry geometry, Value result)
    : HostOperation(layer, result)
{
    public override IEnumerable<Value> Reads => bias is null ? [input, weight] : [input, weight, bias];

    public override string Describe(NameOf name) =>
        $"[batch, {input.Shape.ToString(", ")}] convolved with {geometry.Describe()}"
        + $"{(bias is null ? "" : $" + [{bias.Shape}]")} → [batch, {Result.Shape.ToString(", ")}]";

    public override void Differentiate(IGradients gradients)
    {
        if (gradients.Of(Result, Layer) is not { } gradient)
        {
            return;
        }

        if (gradients.Needs(weight))
        {
            Value weightGradient = gradients.OfParameter(weight, out bool accumulate);
            Value? biasGradient = bias is not null && gradients.Needs(bias) ? gradients.OfParameter(bias, out _) : null;
            gradients.Add(new ConvolutionWeightGradient(
                Layer, gradient, input, weightGradient, biasGradient, geometry, accumulate));
        }

        if (gradients.Needs(input))
        {
            gradients.Add(new TransposedConvolutionOperation(
                Layer, gradient, weight, null, geometry, gradients.Contribute(input)));
        }
    }

    public override KernelCall CallInto(Value destination, IReadOnlyList<KernelObject> stages) =>
        KernelCall.Hosting(
            "Convolution.Forward",
            AfterBias(bias, stages),
            [input, weight, destination, Argument.Batch, .. geometry.Arguments]);
}
