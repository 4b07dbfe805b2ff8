namespace ModelDsl.Generator.Layers;

/// <summary>A learned vector for each token.</summary>
internal sealed class EmbeddingLayer : LayerDefinition
{
    public override string AttributeType => typeof(EmbeddingAttribute).FullName;

    public override bool TakesTokens => true;

    public override TensorShape? InferShape(LayerContext layer)
    {
        LayerDeclaration declaration = layer.Declaration;
        var arguments = layer.Arguments<EmbeddingAttribute>();
        if (!WindowArguments.CheckSize(layer, nameof(arguments.Vocabulary), "vocabulary", arguments.Vocabulary)
            || !WindowArguments.CheckSize(layer, nameof(arguments.Width), "width", arguments.Width))
        {
            return null;
        }

        if (!layer.Input.IsTokens)
        {
            layer.Report(EmbeddingNeedsTokens.Message(
                declaration.Kind, layer.Input, layer.InputOrigin, Remedies.ForTokens(layer)));
            return null;
        }

        if (layer.OriginLayer is { Definition.Role: LayerRole.Input } input
            && InputLayer.PaddingOf(input.Declaration) is { } padding
            && padding >= arguments.Vocabulary)
        {
            layer.ReportAt(
                input,
                PaddingMustBeToken.Message(
                    padding,
                    $"of tokens below {arguments.Vocabulary}, the vocabulary of {declaration.Quoted}"),
                nameof(InputAttribute.Padding));
            return null;
        }

        return InitialDeviation.Check(layer) && WeightArguments.CheckPenalty(layer)
            ? new TensorShape(layer.Input.Count, arguments.Width) with { IsSequence = true }
            : null;
    }

    public override TensorShape? WeightShape(BoundLayer layer) =>
        new TensorShape(layer.Arguments<EmbeddingAttribute>().Vocabulary, layer.Output.Columns);

    public override bool CanStep(BoundLayer layer) => true;

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input)
    {
        Value weight = program.Parameter(
            layer,
            "weight",
            new TensorShape(layer.Arguments<EmbeddingAttribute>().Vocabulary, layer.Output.Columns),
            InitialDeviation.Of(layer.Declaration));
        return program.Add(new EmbeddingOperation(layer, input, weight, program.Activation(layer)));
    }

    private sealed class EmbeddingOperation(BoundLayer layer, Value tokens, Value weight, Value result)
        : HostOperation(layer, result)
    {
        public override BatchUse BatchUse => BatchUse.Apart;

        public override IEnumerable<Value> Reads => [tokens, weight];

        public override Work Work => Work.None;

        public override IEnumerable<Value> ReadsInPart => [weight];

        public override string Describe(NameOf name) =>
            $"[{ShapeText.Rows(Result.Shape)}] tokens, rows of [{weight.Shape.ToString(", ")}] → {ShapeText.Matrix(Result.Shape)}";

        public override void Differentiate(IGradients gradients)
        {
            if (gradients.Of(Result, Layer) is { } gradient && gradients.Needs(weight))
            {
                Value weightGradient = gradients.OfParameter(weight, out bool accumulate);
                gradients.Add(new EmbeddingGradient(Layer, tokens, gradient, weightGradient, accumulate));
            }
        }

        public override KernelCall CallInto(Value destination, IReadOnlyList<KernelObject> stages) =>
            KernelCall.Hosting("Embedding.Forward", stages, [tokens, weight, destination,
                Size.Rows(Result.Shape), weight.Shape.Dimensions[0], Columns]);
    }

    private sealed class EmbeddingGradient(
        BoundLayer layer, Value tokens, Value outputGradient, Value weightGradient, bool accumulate)
        : Operation(layer)
    {
        public override BatchUse BatchUse => BatchUse.Summed;

        public override Operation AddingUp =>
            new EmbeddingGradient(Layer, tokens, outputGradient, weightGradient, accumulate: true);

        public override IEnumerable<Value> Reads => [tokens, outputGradient];

        public override IEnumerable<Value> Writes => [weightGradient];

        public override string Describe(NameOf name) =>
            $"{ShapeText.Matrix(outputGradient.Shape)} added up by token → [{weightGradient.Shape.ToString(", ")}]";

        public override IReadOnlyList<KernelCall> Calls =>
        [
            new(
                "Embedding.Backward",
                [
                    tokens, outputGradient, weightGradient,
                    Size.Rows(outputGradient.Shape), weightGradient.Shape.Dimensions[0], outputGradient.Shape.Columns,
                    .. Argument.Flag("accumulate", accumulate),
                ]),
        ];
    }
}
