namespace ModelDsl.Generator.Layers;

/// <summary>a·sigmoid(b), where a and b are the halves of the last dimension.</summary>
internal sealed class GluLayer : LayerDefinition
{
    public override string AttributeType => typeof(GluAttribute).FullName;

    public override bool TakesParametersAlone => true;

    public override TensorShape? InferShape(LayerContext layer)
    {
        if (layer.Input.Columns % 2 != 0)
        {
            layer.Report(GluNeedsHalves.Message(layer.Input.Columns, layer.InputOrigin));
            return null;
        }

        return layer.Input.WithColumns(layer.Input.Columns / 2);
    }

    public override bool CanStep(BoundLayer layer) => true;

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input) =>
        program.Add(new GluOperation(layer, input, program.Activation(layer)));

    private sealed class GluOperation(BoundLayer layer, Value source, Value result) : Operation(layer)
    {
        public override BatchUse BatchUse => BatchUse.Apart;

        public override IEnumerable<Value> Reads => [source];

        public override IEnumerable<Value> Writes => [result];

        public override string Describe(NameOf name) =>
            $"{ShapeText.Matrix(source.Shape)} → a · sigmoid(b) of its halves → {ShapeText.Matrix(result.Shape)}";

        public override void Differentiate(IGradients gradients)
        {
            if (gradients.Of(result, Layer) is { } gradient && gradients.Needs(source))
            {
                gradients.Add(new GluGradient(Layer, source, gradient, gradients.Contribute(source)));
            }
        }

        public override IReadOnlyList<KernelCall> Calls =>
            [new("GatedLinearUnit.Forward", [source, result, Size.Rows(result.Shape), result.Shape.Columns])];
    }

    private sealed class GluGradient(BoundLayer layer, Value source, Value outputGradient, Value result) : Operation(layer)
    {
        public override BatchUse BatchUse => BatchUse.Apart;

        public override IEnumerable<Value> Reads => [source, outputGradient];

        public override IEnumerable<Value> Writes => [result];

        public override string Describe(NameOf name) => $"{ShapeText.Matrix(source.Shape)} → gradients of both halves";

        public override IReadOnlyList<KernelCall> Calls =>
        [
            new(
                "GatedLinearUnit.Backward",
                [source, outputGradient, result, Size.Rows(outputGradient.Shape), outputGradient.Shape.Columns]),
        ];
    }
}
