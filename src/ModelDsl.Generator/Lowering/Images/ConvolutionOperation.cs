namespace ModelDsl.Generator.Lowering.Images;

/// <summary>
/// result = the convolution of the input with the weight, + bias, pixel by pixel; or the transposed convolution: each
/// pixel's multiple of the kernel, added up. Each is the gradient of the other's input. The geometry is that of the
/// convolution, whose image is the result where it is transposed.
/// </summary>
internal sealed class ConvolutionOperation(
    BoundLayer layer,
    Value input,
    Value weight,
    Value? bias,
    ConvolutionGeometry geometry,
    Value result,
    bool isTransposed = false)
    : HostOperation(layer, result)
{
    public override BatchUse BatchUse => BatchUse.Apart;

    public override IEnumerable<Value> Reads => bias is null ? [input, weight] : [input, weight, bias];

    public override IEnumerable<Value> Weights => [weight];

    public override PackableWeight? PackableWeight => isTransposed ? null : new PackableWeight(weight, geometry);

    public override Work Work =>
        geometry.Work(isTransposed ? input : Result) + (bias is null ? Work.None : Work.Elements(Result));

    public override string Describe(NameOf name) =>
        $"[batch, {input.Shape.ToString(", ")}] {(isTransposed ? "spread by" : "convolved with")} {geometry.Describe()}"
        + $"{(bias is null ? "" : $" + [{bias.Shape}]")} → [batch, {Result.Shape.ToString(", ")}]";

    public override void Differentiate(IGradients gradients)
    {
        if (gradients.Of(Result, Layer) is not { } gradient)
        {
            return;
        }

        if (isTransposed)
        {
            DifferentiateTransposed(gradients, gradient);
        }
        else if (gradients.Needs(weight))
        {
            Value weightGradient = gradients.OfParameter(weight, out bool accumulate);
            Value? biasGradient = bias is not null && gradients.Needs(bias) ? gradients.OfParameter(bias, out _) : null;
            gradients.Add(new ConvolutionWeightGradient(
                Layer, gradient, input, weightGradient, biasGradient, geometry, accumulate));
        }

        if (gradients.Needs(input))
        {
            gradients.Add(new ConvolutionOperation(
                Layer, gradient, weight, null, geometry, gradients.Contribute(input), !isTransposed));
        }
    }

    public override KernelCall CallInto(Value destination, IReadOnlyList<KernelObject> stages) =>
        KernelCall.Hosting(
            isTransposed ? "Convolution.InputGradient" : "Convolution.Forward",
            AfterBias(bias, stages),
            [
                input, weight, .. isTransposed ? (Argument[])[] : [new PackedWeightArgument(weight, AreFilters: true)],
                destination, geometry.BatchImages, .. geometry.Arguments,
            ]);

    // The bias is added to the convolution's image, so its gradient is none of the weight's sums.
    private void DifferentiateTransposed(IGradients gradients, Value gradient)
    {
        if (gradients.Needs(weight))
        {
            Value weightGradient = gradients.OfParameter(weight, out bool accumulate);
            gradients.Add(
                new ConvolutionWeightGradient(Layer, input, gradient, weightGradient, null, geometry, accumulate));
        }

        if (bias is not null && gradients.Needs(bias))
        {
            Value biasGradient = gradients.OfParameter(bias, out bool accumulate);
            gradients.Add(new ColumnSums(Layer, gradient, biasGradient, accumulate));
        }
    }
}
