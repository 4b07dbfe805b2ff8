namespace ModelDsl.Generator.Layers;

/// <summary>Normalises each channel over the batch, with running statistics for inference.</summary>
internal sealed class BatchNormLayer : LayerDefinition
{
    public override string AttributeType => typeof(BatchNormAttribute).FullName;

    public override LayerTraits Traits => LayerTraits.Centring | LayerTraits.MixesSamples;

    public override TensorShape? InferShape(LayerContext layer)
    {
        float momentum = (float)layer.Arguments<BatchNormAttribute>().Momentum;
        if (!(momentum > 0f && momentum <= 1f))
        {
            layer.Report(
                MomentumOutOfRange.Message(layer.Declaration.Kind, momentum), nameof(BatchNormAttribute.Momentum));
            return null;
        }

        if (!NormalizationArguments.CheckEpsilon(layer))
        {
            return null;
        }

        return layer.Input.IsVector || WindowArguments.CheckImage(layer) ? layer.Input : null;
    }

    // At inference the statistics are constants.
    public override bool CanStep(BoundLayer layer) => true;

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input)
    {
        var shape = new TensorShape(layer.Input.Columns);
        float epsilon = (float)layer.Arguments<BatchNormAttribute>().Epsilon;
        Value weight = program.Parameter(layer, "weight", shape, Initialization.Of(1f));
        Value bias = program.Parameter(layer, "bias", shape, Initialization.Of(0f));
        Value runningMean = program.State(layer, "runningMean", shape, Initialization.Of(0f));
        Value runningVariance = program.State(layer, "runningVariance", shape, Initialization.Of(1f));
        Value scale = program.Scratch(layer, "scale", shape);
        Value result = program.Activation(layer);
        if (!program.IsTraining || layer.IsFrozen)
        {
            // Ahead of all, so that the product before this layer can normalise the rows that it finishes.
            program.Prepare(new ScaleOperation(layer, weight, runningVariance, epsilon, scale));
            return program.Add(new FixedNormalization(layer, input, runningMean, scale, bias, result));
        }

        var statistics = new Statistics(
            layer, input, weight, runningMean, runningVariance,
            program.Scratch(layer, "mean", shape), program.Scratch(layer, "inverse", shape), scale,
            (float)layer.Arguments<BatchNormAttribute>().Momentum, epsilon);
        program.Add(statistics);
        return program.Add(new BatchNormalization(layer, input, statistics, bias, result));
    }

    private static KernelCall Narrow(KernelCall call, Precision precision) => call with
    {
        Kernel = "Narrow" + call.Kernel,
        Arguments =
        [
            .. call.Arguments,
            Argument.Named("precision", new EnumArgument(nameof(Precision), $"{precision}")),
        ],
    };

    /// <summary>What inference, or a frozen layer, multiplies by: weight / √(running variance + ε).</summary>
    private sealed class ScaleOperation(BoundLayer layer, Value weight, Value variance, float epsilon, Value scale)
        : Operation(layer)
    {
        public override IEnumerable<Value> Reads => [weight, variance];

        public override IEnumerable<Value> Writes => [scale];

        public override string Describe(NameOf name) =>
            $"weight / √(running variance + {NumberText.Of(epsilon)}) → [{scale.Shape}]";

        public override IReadOnlyList<KernelCall> Calls =>
            [new("BatchNormalization.Scale", [weight, variance, scale, scale.Shape.Count, epsilon])];
    }

    /// <summary>Normalisation by statistics that no batch changes.</summary>
    private sealed class FixedNormalization(
        BoundLayer layer, Value source, Value mean, Value scale, Value bias, Value result)
        : StageOperation(layer, source, result)
    {
        public override IEnumerable<Value> Operands => [mean, scale, bias];

        public override string DescribeStage(NameOf name) => "normalised by running statistics";

        public override void Differentiate(IGradients gradients)
        {
            if (gradients.Of(Result, Layer) is { } gradient && gradients.Needs(Source))
            {
                gradients.Add(new ColumnScale(Layer, gradient, scale, gradients.Contribute(Source)));
            }
        }

        public override KernelObject Stage => new("Normalize", [mean, scale, bias]);
    }

    private sealed class ColumnScale(BoundLayer layer, Value source, Value scale, Value result)
        : StageOperation(layer, source, result)
    {
        public override IEnumerable<Value> Operands => [scale];

        public override string DescribeStage(NameOf name) => $"· {name(scale)}";

        public override KernelObject Stage => new("ScaleColumns", [scale]);
    }

    /// <summary>The moments of each channel over the batch; moves the running ones.</summary>
    private sealed class Statistics(
        BoundLayer layer, Value input, Value weight, Value runningMean, Value runningVariance,
        Value mean, Value inverse, Value scale, float momentum, float epsilon)
        : Operation(layer)
    {
        public Value Weight => weight;

        public Value Mean => mean;

        public Value Inverse => inverse;

        public Value Scale => scale;

        public override IEnumerable<Value> Reads => [input, weight, runningMean, runningVariance];

        public override bool IsRepeatable => false;

        public override IEnumerable<Value> Writes => [mean, inverse, scale];

        public override string Describe(NameOf name) =>
            $"{ShapeText.Matrix(input.Shape)} → mean and variance of each column, which the running ones move towards";

        // The normalisation's rule follows the statistics' dependence on the input too.
        public override void Differentiate(IGradients gradients)
        {
        }

        public override IReadOnlyList<KernelCall> Calls =>
            [new("BatchNormalization.Statistics", [input, weight, runningMean, runningVariance,
                mean, inverse, scale,
                Size.Rows(input.Shape), input.Shape.Columns,
                Argument.Named("momentum", momentum), Argument.Named("epsilon", epsilon)])];

        public override KernelCall NarrowCall(Precision precision) => Narrow(Calls[0], precision);
    }

    /// <summary>Normalisation by the batch's own statistics.</summary>
    private sealed class BatchNormalization(
        BoundLayer layer, Value source, Statistics statistics, Value bias, Value result)
        : StageOperation(layer, source, result)
    {
        public override IEnumerable<Value> Operands => [statistics.Mean, statistics.Scale, bias];

        public override string DescribeStage(NameOf name) => "normalised";

        public override void Differentiate(IGradients gradients)
        {
            if (gradients.Of(Result, Layer) is not { } gradient)
            {
                return;
            }

            Value weightGradient = gradients.OfParameter(statistics.Weight, out bool accumulate);
            Value biasGradient = gradients.OfParameter(bias, out _);
            Value offset = gradients.Scratch(Result, "Offset", bias.Shape, isPerSample: false);
            Value slope = gradients.Scratch(Result, "Slope", bias.Shape, isPerSample: false);
            gradients.Add(new GradientSums(
                Layer, gradient, Source, statistics, weightGradient, biasGradient, accumulate, offset, slope));
            if (gradients.Needs(Source))
            {
                gradients.Add(new MomentsInputGradient(
                    Layer, gradient, Source, statistics.Mean, statistics.Scale, offset, slope, isPerSample: false,
                    gradients.Contribute(Source)));
            }
        }

        public override KernelObject Stage => new("Normalize", [statistics.Mean, statistics.Scale, bias]);
    }

    private sealed class GradientSums(
        BoundLayer layer, Value gradient, Value input, Statistics statistics,
        Value weightGradient, Value biasGradient, bool accumulate, Value offset, Value slope)
        : Operation(layer)
    {
        public override IEnumerable<Value> Reads => [gradient, input, statistics.Mean, statistics.Inverse];

        public override IEnumerable<Value> Writes => [weightGradient, biasGradient, offset, slope];

        public override string Describe(NameOf name) =>
            $"{ShapeText.Matrix(gradient.Shape)} → its sums, and those of its products with what was normalised, [{offset.Shape}]";

        public override IReadOnlyList<KernelCall> Calls =>
        [
            new(
                "BatchNormalization.Gradients",
                [
                    gradient, input, statistics.Mean, statistics.Inverse,
                    weightGradient, biasGradient, offset, slope,
                    Size.Rows(gradient.Shape), gradient.Shape.Columns,
                    .. Argument.Flag("accumulate", accumulate),
                ]),
        ];

        public override KernelCall NarrowCall(Precision precision) => Narrow(Calls[0], precision);
    }
}
