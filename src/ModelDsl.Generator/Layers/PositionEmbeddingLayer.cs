namespace ModelDsl.Generator.Layers;

/// <summary>Adds a learned vector to each step.</summary>
internal sealed class PositionEmbeddingLayer : LayerDefinition
{
    public override string AttributeType => typeof(PositionEmbeddingAttribute).FullName;

    public override TensorShape? InferShape(LayerContext layer)
    {
        if (!layer.Input.IsSequence)
        {
            layer.Report(
                LayerNeedsSequence.Message(
                    "PositionEmbedding", layer.Input, layer.InputOrigin, Remedies.ForSequence(layer)));
            return null;
        }

        return InitialDeviation.Check(layer) ? layer.Input : null;
    }

    public override bool CanStep(BoundLayer layer) => true;

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input)
    {
        Value weight = program.Parameter(
            layer,
            "weight",
            new TensorShape(layer.Input.Rows, layer.Input.Columns),
            InitialDeviation.Of(layer.Declaration));
        return program.Add(new AddPositionsOperation(layer, input, weight, program.Activation(layer)));
    }

    public override Value LowerStep(BoundLayer layer, ProgramBuilder program, Value input)
    {
        Value weight = program.Parameter(
            layer, "weight", new TensorShape(program.StepCount, layer.Input.Columns), InitialDeviation.Of(layer.Declaration));
        program.UsePosition();
        return program.Add(new AddPositionOperation(layer, input, weight, program.Activation(layer)));
    }

    /// <summary>result = source + the vector of the step at hand.</summary>
    private sealed class AddPositionOperation(BoundLayer layer, Value source, Value weight, Value result)
        : StageOperation(layer, source, result)
    {
        public override IEnumerable<Value> Operands => [weight];

        public override string DescribeStage(NameOf name) => $"+ row of [{weight.Shape.ToString(", ")}] by position";

        public override KernelObject Stage => new("Add", [new RowAtPositionArgument(weight, Columns), Columns]);
    }

    private sealed class AddPositionsOperation(BoundLayer layer, Value source, Value weight, Value result)
        : StageOperation(layer, source, result)
    {
        public override IEnumerable<Value> Operands => [weight];

        public override string DescribeStage(NameOf name) => $"+ [{weight.Shape.ToString(", ")}] by step";

        public override void Differentiate(IGradients gradients)
        {
            if (gradients.Of(Result, Layer) is not { } gradient)
            {
                return;
            }

            if (gradients.Needs(weight))
            {
                Value weightGradient = gradients.OfParameter(weight, out bool accumulate);
                gradients.Add(new PositionGradient(Layer, gradient, weightGradient, accumulate));
            }

            if (gradients.Needs(Source))
            {
                gradients.ContributeView(Source, gradient);
            }
        }

        public override KernelObject Stage => new("AddRepeated", [weight, weight.Shape.Rows, Columns]);
    }

    private sealed class PositionGradient(BoundLayer layer, Value outputGradient, Value weightGradient, bool accumulate)
        : Operation(layer)
    {
        public override BatchUse BatchUse => BatchUse.Summed;

        public override Operation AddingUp =>
            new PositionGradient(Layer, outputGradient, weightGradient, accumulate: true);

        public override IEnumerable<Value> Reads => [outputGradient];

        public override IEnumerable<Value> Writes => [weightGradient];

        public override string Describe(NameOf name) =>
            $"sum of [{weightGradient.Shape.ToString(", ")}] over the batch";

        public override IReadOnlyList<KernelCall> Calls =>
        [
            new(
                "ColumnSums.Compute",
                [
                    outputGradient, weightGradient, Argument.Batch, weightGradient.Shape.Count,
                    .. Argument.Flag("accumulate", accumulate),
                ]),
        ];
    }
}
