namespace ModelDsl.Generator.Layers;

/// <summary>The shape of one sample.</summary>
internal sealed class InputLayer : LayerDefinition
{
    public override string AttributeType => typeof(InputAttribute).FullName;

    public override LayerRole Role => LayerRole.Input;

    /// <summary>Whether an input's elements are tokens rather than numbers.</summary>
    public static bool IsOfTokens(LayerDeclaration declaration) =>
        declaration.Read<InputAttribute>().Type == ElementType.Token;

    /// <summary>The token that fills up what is too short; null where there is none.</summary>
    public static int? PaddingOf(LayerDeclaration declaration) =>
        declaration.Read<InputAttribute>().Padding is >= 0 and int token ? token : null;

    public override TensorShape? InferShape(LayerContext layer)
    {
        var arguments = layer.Arguments<InputAttribute>();
        if (DeclaredDimensions.Of(layer, arguments.Dimensions) is not { } shape)
        {
            return null;
        }

        bool tokens = IsOfTokens(layer.Declaration);
        if (tokens && shape.Rank != 1)
        {
            layer.Report(TokensNeedOneDimension.Message(shape));
            return null;
        }

        if (layer.Declaration.Has(nameof(arguments.Padding)) && (!tokens || arguments.Padding < 0))
        {
            layer.Report(
                PaddingMustBeToken.Message(arguments.Padding, tokens ? "of tokens" : "of numbers"),
                nameof(arguments.Padding));
            return null;
        }

        bool sequence = arguments.Sequence;
        if (sequence && shape.Rank != 2)
        {
            layer.Report(SequenceNeedsTwoDimensions.Message(shape), nameof(arguments.Sequence));
            return null;
        }

        return shape with { IsTokens = tokens, IsSequence = sequence };
    }

    public override bool CanStep(BoundLayer layer) => true;

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input)
    {
        Value own = program.TakeInput(layer, input);
        if (PaddingOf(layer.Declaration) is { } padding)
        {
            // The input of a tower is there only when it has been taken out of the samples.
            bool isPrepared = own == input;
            program.SetPadding(own, new StepPadding(new Lazy<Value>(Mask), Dimension: 0, isPrepared));

            Value Mask()
            {
                Value result = program.Activation(layer, "padding", layer.Output with { IsTokens = false });
                return StepPadding.Add(program, new PaddingOperation(layer, own, padding, result), isPrepared);
            }
        }

        return own;
    }

    // Padding fills up what is shorter than the model's length; a sequence that grows token by token has none.
    public override Value LowerStep(BoundLayer layer, ProgramBuilder program, Value input) => input;

    /// <summary>result = -∞ where a token is padding, 0 elsewhere.</summary>
    private sealed class PaddingOperation(BoundLayer layer, Value tokens, int padding, Value result) : Operation(layer)
    {
        public override IEnumerable<Value> Reads => [tokens];

        public override IEnumerable<Value> Writes => [result];

        public override string Describe(NameOf name) => $"[batch, {result.Shape}] → -∞ where the token is {padding}, 0 elsewhere";

        // Tokens have no gradient.
        public override void Differentiate(IGradients gradients)
        {
        }

        public override IReadOnlyList<KernelCall> Calls =>
            [new("PaddingMask.Compute", [tokens, result, Size.Times(tokens.Shape.Count), padding])];
    }
}
