namespace ModelDsl.Generator.Lowering.Images;

/// <summary>
/// result = each pixel's multiple of the kernel, added up, + bias: the gradient of a convolution's input, and a layer of its
/// own. The geometry is that of the convolution, whose image is the result.
/// </summary>
internal sealed class TransposedConvolutionOperation(
    BoundLayer layer, Value input, Value weight, Value? bias, ConvolutionGeometry geometry, Value result)
    : HostOperation(layer, result)
{
    public override IEnumerable<Value> Reads => bias is null ? [input, weight] : [input, weight, bias];

    public override string Describe(NameOf name) =>
        $"[batch, {input.Shape.ToString(", ")}] spread by {geometry.Describe()}"
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
            gradients.Add(new ConvolutionWeightGradient(Layer, input, gradient, weightGradient, null, geometry, accumulate));
        }

        if (bias is not null && gradients.Needs(bias))
        {
            Value biasGradient = gradients.OfParameter(bias, out bool accumulate);
            gradients.Add(new ColumnSums(Layer, gradient, biasGradient, accumulate));
        }

        if (gradients.Needs(input))
        {
            gradients.Add(new ConvolutionOperation(Layer, gradient, weight, null, geometry, gradients.Contribute(input)));
        }
    }

    public override KernelCall CallInto(Value destination, IReadOnlyList<KernelObject> stages) =>
        KernelCall.Hosting(
            "Convolution.InputGradient",
            AfterBias(bias, stages),
            [input, weight, destination, Argument.Batch, .. geometry.Arguments]);
}
