namespace ModelDsl.Generator.Layers;

/// <summary>Normalises groups of channels over each sample.</summary>
internal sealed class GroupNormLayer : LayerDefinition
{
    public override string AttributeType => typeof(GroupNormAttribute).FullName;

    public override TensorShape? InferShape(LayerContext layer)
    {
        int groups = layer.Arguments<GroupNormAttribute>().Groups;
        if (!WindowArguments.CheckSize(layer, nameof(GroupNormAttribute.Groups), "number of groups", groups)
            || !NormalizationArguments.CheckEpsilon(layer)
            || !(layer.Input.IsVector || WindowArguments.CheckImage(layer)))
        {
            return null;
        }

        int channels = layer.Input.Columns;
        if (channels % groups != 0)
        {
            layer.Report(
                GroupsMustDivide.Message(
                    layer.Declaration.Kind, channels, $"channels from {layer.InputOrigin}", groups),
                nameof(GroupNormAttribute.Groups));
            return null;
        }

        return layer.Input;
    }

    private static int GroupsOf(BoundLayer layer) => layer.Arguments<GroupNormAttribute>().Groups;

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input)
    {
        var shape = new TensorShape(layer.Input.Columns);
        Value weight = program.Parameter(layer, "weight", shape, Initialization.Of(1f));
        Value bias = program.Parameter(layer, "bias", shape, Initialization.Of(0f));
        var statistics = new Statistics(
            layer, input, weight, program.Activation(layer, "mean", shape), program.Activation(layer, "inverse", shape),
            program.Activation(layer, "scale", shape));
        program.Add(statistics);
        return program.Add(new Normalization(layer, input, statistics, bias, program.Activation(layer)));
    }

    /// <summary>The moments of each sample's groups.</summary>
    private sealed class Statistics(BoundLayer layer, Value input, Value weight, Value mean, Value inverse, Value scale)
        : Operation(layer)
    {
        public Value Weight => weight;

        public Value Mean => mean;

        public Value Inverse => inverse;

        public Value Scale => scale;

        public override IEnumerable<Value> Reads => [input, weight];

        public override IEnumerable<Value> Writes => [mean, inverse, scale];

        public override string Describe(NameOf name) =>
            $"[batch, {input.Shape.ToString(", ")}] → mean and variance of {GroupsOf(Layer)} groups of channels";

        // The normalisation's rule follows the statistics' dependence on the input too.
        public override void Differentiate(IGradients gradients)
        {
        }

        public override IReadOnlyList<KernelCall> Calls =>
            [new("GroupNormalization.Statistics", [input, weight, mean, inverse, scale,
                Argument.Batch, input.Shape.Rows, input.Shape.Columns,
                Argument.Named("groups", GroupsOf(Layer)),
                Argument.Named("epsilon", (float)Layer.Arguments<GroupNormAttribute>().Epsilon)])];
    }

    private sealed class Normalization(BoundLayer layer, Value source, Statistics statistics, Value bias, Value result)
        : StageOperation(layer, source, result)
    {
        public override IEnumerable<Value> Operands => [statistics.Mean, statistics.Scale, bias];

        public override string DescribeStage(NameOf name) => "normalised by group";

        public override void Differentiate(IGradients gradients)
        {
            if (gradients.Of(Result, Layer) is not { } gradient)
            {
                return;
            }

            bool accumulate = false;
            bool isTrained = gradients.Needs(bias);
            Value? weightGradient = isTrained ? gradients.OfParameter(statistics.Weight, out accumulate) : null;
            Value? biasGradient = isTrained ? gradients.OfParameter(bias, out _) : null;
            Value offset = gradients.Scratch(Result, "Offset", bias.Shape, isPerSample: true);
            Value slope = gradients.Scratch(Result, "Slope", bias.Shape, isPerSample: true);
            gradients.Add(new GradientSums(
                Layer, gradient, Source, statistics, weightGradient, biasGradient, accumulate, offset, slope));
            if (gradients.Needs(Source))
            {
                gradients.Add(new MomentsInputGradient(
                    Layer, gradient, Source, statistics.Mean, statistics.Scale, offset, slope, isPerSample: true,
                    gradients.Contribute(Source)));
            }
        }

        public override KernelObject Stage =>
            new("NormalizeSamples", [statistics.Mean, statistics.Scale, bias, Source.Shape.Rows, Columns]);
    }

    private sealed class GradientSums(
        BoundLayer layer, Value gradient, Value input, Statistics statistics,
        Value? weightGradient, Value? biasGradient, bool accumulate, Value offset, Value slope)
        : Operation(layer)
    {
        public override IEnumerable<Value> Reads =>
            [gradient, input, statistics.Weight, statistics.Mean, statistics.Inverse];

        public override IEnumerable<Value> Writes =>
            weightGradient is null ? [offset, slope] : [weightGradient, biasGradient!, offset, slope];

        public override string Describe(NameOf name) =>
            $"{ShapeText.Matrix(gradient.Shape)} → its sums, and those of its products with what was normalised, by sample";

        public override IReadOnlyList<KernelCall> Calls =>
        [
            new(
                "GroupNormalization.Gradients",
                [
                    gradient, input, statistics.Weight, statistics.Mean, statistics.Inverse,
                    weightGradient, biasGradient, offset, slope,
                    Argument.Batch, gradient.Shape.Rows, gradient.Shape.Columns,
                    Argument.Named("groups", GroupsOf(Layer)),
                    .. Argument.Flag("accumulate", accumulate),
                ]),
        ];
    }
}
