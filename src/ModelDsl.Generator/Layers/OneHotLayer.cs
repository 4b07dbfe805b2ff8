namespace ModelDsl.Generator.Layers;

/// <summary>A vector for each token that is 1 at its place.</summary>
internal sealed class OneHotLayer : LayerDefinition
{
    public override string AttributeType => typeof(OneHotAttribute).FullName;

    public override bool TakesTokens => true;

    public override TensorShape? InferShape(LayerContext layer)
    {
        int classes = layer.Arguments<OneHotAttribute>().Classes;
        if (!WindowArguments.CheckSize(layer, nameof(OneHotAttribute.Classes), "number of classes", classes))
        {
            return null;
        }

        TensorShape tokens = layer.Input;
        if (!tokens.IsTokens)
        {
            layer.Report(EmbeddingNeedsTokens.Message(
                layer.Declaration.Kind, tokens, layer.InputOrigin, Remedies.ForTokens(layer)));
            return null;
        }

        return tokens.Count == 1
            ? new TensorShape(classes)
            : new TensorShape([.. tokens.Dimensions, classes]) with { IsSequence = tokens.Rank == 1 };
    }

    public override bool CanStep(BoundLayer layer) => layer.Input.Count > 1;

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input) =>
        program.Add(new OneHotOperation(layer, input, program.ExactActivation(layer)));

    private sealed class OneHotOperation(BoundLayer layer, Value tokens, Value result) : Operation(layer)
    {
        public override BatchUse BatchUse => BatchUse.Apart;

        public override IEnumerable<Value> Reads => [tokens];

        public override IEnumerable<Value> Writes => [result];

        public override Work Work => Work.None;

        public override string Describe(NameOf name) =>
            $"[{ShapeText.Rows(result.Shape)}] tokens → {ShapeText.Matrix(result.Shape)}, 1 at each token's place";

        // Tokens have no gradient.
        public override void Differentiate(IGradients gradients)
        {
        }

        public override IReadOnlyList<KernelCall> Calls =>
            [new("OneHot.Forward", [tokens, result, Size.Rows(result.Shape), result.Shape.Columns])];
    }
}
