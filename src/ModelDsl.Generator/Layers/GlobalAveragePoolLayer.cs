namespace ModelDsl.Generator.Layers;

/// <summary>The mean of each channel over the whole image, or of each feature over all steps.</summary>
internal sealed class GlobalAveragePoolLayer : LayerDefinition
{
    public override string AttributeType => typeof(GlobalAveragePoolAttribute).FullName;

    public override TensorShape? InferShape(LayerContext layer) =>
        layer.Input is { IsSequence: true, IsTokens: false, Rank: 2 } || WindowArguments.CheckImage(layer)
            ? new TensorShape(layer.Input.Columns)
            : null;

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input) =>
        program.Add(new GlobalAverage(
            layer,
            input,
            layer.Input.IsSequence ? program.PaddingOf(input, layer.Input.Rows) : null,
            program.Activation(layer)));

    private sealed class GlobalAverage(BoundLayer layer, Value input, Value? mask, Value result) : HostOperation(layer, result)
    {
        public override BatchUse BatchUse => BatchUse.Apart;

        public override IEnumerable<Value> Reads => mask is null ? [input] : [input, mask];

        public override Work Work => Work.Elements(input);

        public override string Describe(NameOf name) =>
            $"[batch, {input.Shape.ToString(", ")}] → mean of rows{Without(mask)} → [batch, {Columns}]";

        public override void Differentiate(IGradients gradients)
        {
            if (gradients.Of(Result, Layer) is { } gradient && gradients.Needs(input))
            {
                gradients.Add(new GlobalAverageGradient(Layer, gradient, mask, gradients.Contribute(input)));
            }
        }

        public override KernelCall CallInto(Value destination, IReadOnlyList<KernelObject> stages) =>
            KernelCall.Hosting(mask is null ? "GlobalAveragePooling.Forward" : "MaskedAverage.Forward", stages, [input, .. Argument.Optional(mask), destination, Argument.Batch, input.Shape.Rows, Columns]);
    }

    private sealed class GlobalAverageGradient(BoundLayer layer, Value gradient, Value? mask, Value result) : HostOperation(layer, result)
    {
        public override BatchUse BatchUse => BatchUse.Apart;

        public override IEnumerable<Value> Reads => mask is null ? [gradient] : [gradient, mask];

        public override string Describe(NameOf name) =>
            $"[batch, {Columns}] → shared among rows{Without(mask)} → [batch, {Result.Shape.ToString(", ")}]";

        public override KernelCall CallInto(Value destination, IReadOnlyList<KernelObject> stages) =>
            KernelCall.Hosting(mask is null ? "GlobalAveragePooling.Backward" : "MaskedAverage.Backward", stages, [gradient, .. Argument.Optional(mask), destination, Argument.Batch, Result.Shape.Rows, Columns]);
    }

    private static string Without(Value? mask) => mask is null ? "" : " without padding";
}
