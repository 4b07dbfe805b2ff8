namespace ModelDsl.Generator.Layers;

/// <summary>Passes its input on, and adds a penalty for its size to what training minimises.</summary>
internal sealed class ActivityRegularizationLayer : LayerDefinition
{
    public override string AttributeType => typeof(ActivityRegularizationAttribute).FullName;

    public override TensorShape? InferShape(LayerContext layer)
    {
        var arguments = layer.Arguments<ActivityRegularizationAttribute>();
        return LossArguments.CheckFactor(layer, nameof(arguments.L1), arguments.L1, "L1 penalty")
            && LossArguments.CheckFactor(layer, nameof(arguments.L2), arguments.L2, "L2 penalty")
                ? layer.Input
                : null;
    }

    public override bool CanStep(BoundLayer layer) => true;

    public override string? ObstacleTo(Precision precision) => precision == Precision.Float16
        ? "adds its derivative to gradients that are multiplied by a loss scale; use Precision.BFloat16, which has none"
        : null;

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input)
    {
        var arguments = layer.Arguments<ActivityRegularizationAttribute>();
        var penalty = new Penalty((float)arguments.L1, (float)arguments.L2);
        if (!program.IsTraining || !penalty.IsPresent)
        {
            return program.View(layer, input);
        }

        program.AddEffect(new ActivityPenaltyOperation(layer, input, penalty));
        return program.Add(new PenalizedView(layer, input, penalty, new Value(new TensorId(layer.Path), layer.Output, input.Kind, input)));
    }

    /// <summary>The penalty itself, a number for the batch.</summary>
    private sealed class ActivityPenaltyOperation(BoundLayer layer, Value source, Penalty penalty) : Operation(layer)
    {
        public override IEnumerable<Value> Reads => [source];

        public override IEnumerable<Value> Writes => [];

        public override bool AddsPenalty => true;

        public override string Describe(NameOf name) => $"the batch's mean of {penalty} over [batch, {source.Shape.ToString(", ")}]";

        public override IReadOnlyList<KernelCall> Calls =>
        [
            new(
                "ActivityPenalty.Evaluate",
                [
                    source, Argument.Batch, source.Shape.Count, .. penalty.Arguments,
                    Argument.Named("batchSize", new VariableArgument(ModelVariable.BatchSize)),
                ])
            {
                Result = CallResult.Penalty,
            },
        ];
    }

    /// <summary>The layer's output: the input, whose gradient is that of the output and of the penalty.</summary>
    private sealed class PenalizedView(BoundLayer layer, Value source, Penalty penalty, Value result) : Operation(layer)
    {
        public override IEnumerable<Value> Reads => [source];

        public override IEnumerable<Value> Writes => [result];

        public override bool IsFree => true;

        public override string Describe(NameOf name) => $"{source.Shape}, penalised";

        public override void Differentiate(IGradients gradients)
        {
            if (gradients.Of(result, Layer) is { } gradient && gradients.Needs(source))
            {
                gradients.Add(new ActivityPenaltyGradient(Layer, gradient, source, penalty, gradients.Contribute(source)));
            }
        }

        public override IReadOnlyList<KernelCall> Calls => [];
    }

    private sealed class ActivityPenaltyGradient(
        BoundLayer layer, Value outputGradient, Value source, Penalty penalty, Value result)
        : StageOperation(layer, outputGradient, result)
    {
        // A part of a batch would be taken for all of it, over which the penalty is a mean.
        public override BatchUse BatchUse => BatchUse.Together;

        public override IEnumerable<Value> Operands => [source];

        public override string DescribeStage(NameOf name) => $"+ derivative of the mean of {penalty}";

        public override KernelObject Stage =>
            new(
                "AddPenaltyGradient",
                [source, Columns, new VariableArgument(ModelVariable.BatchSize), .. penalty.Arguments]);
    }
}
