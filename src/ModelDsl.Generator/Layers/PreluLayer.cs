namespace ModelDsl.Generator.Layers;

/// <summary>x where x is positive, slope·x elsewhere, with a slope that is learned.</summary>
internal sealed class PreluLayer : LayerDefinition
{
    public override string AttributeType => typeof(PreluAttribute).FullName;

    public override TensorShape? InferShape(LayerContext layer)
    {
        float slope = (float)layer.Arguments<PreluAttribute>().InitialSlope;
        if (float.IsNaN(slope) || float.IsInfinity(slope))
        {
            layer.Report(
                ConstantMustBeFinite.Message("Prelu", nameof(PreluAttribute.InitialSlope), slope),
                nameof(PreluAttribute.InitialSlope));
            return null;
        }

        return layer.Input;
    }

    public override bool CanStep(BoundLayer layer) => true;

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input)
    {
        int count = layer.Arguments<PreluAttribute>().PerChannel ? layer.Input.Columns : 1;
        Value slopes = program.Parameter(
            layer, "weight", new TensorShape(count), Initialization.Of(
                (float)layer.Arguments<PreluAttribute>().InitialSlope));
        return program.Add(new PreluOperation(layer, input, slopes, program.Activation(layer)));
    }

    private sealed class PreluOperation(BoundLayer layer, Value source, Value slopes, Value result)
        : StageOperation(layer, source, result)
    {
        public override IEnumerable<Value> Operands => [slopes];

        public override string DescribeStage(NameOf name) => $"Prelu by [{slopes.Shape}]";

        public override void Differentiate(IGradients gradients)
        {
            if (gradients.Of(Result, Layer) is not { } gradient)
            {
                return;
            }

            if (gradients.Needs(slopes))
            {
                Value slopeGradient = gradients.OfParameter(slopes, out bool accumulate);
                gradients.Add(new PreluSlopeGradient(Layer, gradient, Source, slopeGradient, accumulate));
            }

            if (gradients.Needs(Source))
            {
                gradients.Add(new PreluInputGradient(Layer, gradient, Source, slopes, gradients.Contribute(Source)));
            }
        }

        public override KernelObject Stage => new("Prelu", [slopes]);
    }

    private sealed class PreluInputGradient(BoundLayer layer, Value outputGradient, Value input, Value slopes, Value result)
        : StageOperation(layer, outputGradient, result)
    {
        public override IEnumerable<Value> Operands => [input, slopes];

        public override string DescribeStage(NameOf name) => $"derivative of Prelu by [{slopes.Shape}]";

        public override KernelObject Stage => new("PreluGradient", [input, Columns, slopes]);
    }

    private sealed class PreluSlopeGradient(
        BoundLayer layer, Value outputGradient, Value input, Value slopeGradient, bool accumulate) : Operation(layer)
    {
        public override IEnumerable<Value> Reads => [outputGradient, input];

        public override IEnumerable<Value> Writes => [slopeGradient];

        public override string Describe(NameOf name)
        {
            string matrix = ShapeText.Matrix(input.Shape);
            return $"{matrix} · min({matrix}, 0) → sums of its columns → [{slopeGradient.Shape}]";
        }

        public override IReadOnlyList<KernelCall> Calls =>
        [
            new(
                "PreluSlopes.Gradient",
                [
                    outputGradient, input, slopeGradient,
                    Size.Rows(input.Shape), input.Shape.Columns,
                    .. Argument.Flag("accumulate", accumulate),
                ]),
        ];
    }
}
