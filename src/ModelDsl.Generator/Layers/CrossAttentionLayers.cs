namespace ModelDsl.Generator.Layers;

/// <summary>
/// softmax(Q·Kᵀ / √size)·V for each head, with queries of one sequence, and keys and values of another, between
/// projections.
/// </summary>
internal abstract class CrossAttentionLayer : LayerDefinition
{
    /// <summary>The shape of the output; null after reporting that the operands do not fit.</summary>
    /// <param name="layer">The attention.</param>
    /// <param name="queries">The shape of what attends.</param>
    /// <param name="memory">The shape of what is attended to.</param>
    protected static TensorShape? Infer(LayerContext layer, Operand queries, Operand memory)
    {
        foreach (Operand operand in new[] { queries, memory })
        {
            if (operand.Shape.IsFixed)
            {
                layer.Report(ParametersAlone.Message(layer.Declaration.Quoted), operand.Argument, operand.Input);
                return null;
            }

            if (!operand.Shape.IsSequence || operand.Shape.IsTokens)
            {
                layer.Report(
                    operand.Shape.IsTokens
                        ? TokensNeedEmbedding.Message(layer.Declaration.Kind, operand.Shape, operand.Origin)
                        : LayerNeedsSequence.Message(
                            layer.Declaration.Kind, operand.Shape, operand.Origin, operand.Remedy),
                    operand.Argument,
                    operand.Input);
                return null;
            }
        }

        return AttentionProjections.CheckHeads(layer, queries.Shape.Columns, queries.Origin) ? queries.Shape : null;
    }

    /// <summary>Adds the projections and the attention, and returns the output.</summary>
    protected static Value Attend(BoundLayer layer, ProgramBuilder program, Value queries, Value memory)
    {
        int width = queries.Shape.Columns;
        int heads = layer.Arguments<IAttentionArguments>().Heads;
        TensorShape read = memory.Shape.WithColumns(width);
        var operands = new AttentionOperands(
            Projected("query", queries, queries.Shape, "queries"),
            Projected("key", memory, read, "keys"),
            Projected("value", memory, read, "values"),
            program.PaddingOf(memory, memory.Shape.Rows),
            heads,
            heads,
            Causal: false,
            (float)(1 / Math.Sqrt(width / heads)));
        Value? logSums = program.IsTraining
            ? program.Activation(layer, "logSums", new TensorShape(heads, queries.Shape.Rows))
            : null;
        Value attended = program.Add(new CrossAttentionOperation(
            layer, operands, logSums, program.Activation(layer, "attended", queries.Shape, mayBeRounded: true)));
        return program.TakeStepsOf(
            queries,
            AttentionProjections.Project(layer, program, "output", attended, width, program.Activation(layer)));

        Value Projected(string name, Value source, TensorShape shape, string result) => AttentionProjections.Project(
            layer, program, name, source, width, program.Activation(layer, result, shape, mayBeRounded: true));
    }

    /// <summary>A sequence that flows into the attention.</summary>
    /// <param name="Shape">Its shape.</param>
    /// <param name="Origin">What gives it.</param>
    /// <param name="Remedy">What to do where it is no sequence.</param>
    /// <param name="Argument">The type argument that names its block; null where it flows into the layer.</param>
    /// <param name="Input">The number of the layer's input that it is, or depends on.</param>
    protected sealed record Operand(
        TensorShape Shape, string Origin, Remedy Remedy, string? Argument = null, int Input = 0)
    {
        /// <summary>One of the layer's inputs.</summary>
        public static Operand InputOf(LayerContext layer, int input) => new(
            layer.Inputs[input],
            layer.InputOriginAt(input),
            input == 0 ? Remedies.ForSequence(layer) : "give it the steps of a sequence to attend to",
            Input: input);

        /// <summary>
        /// The output of a block on the layer's input; null after reporting that the block does not fit.
        /// </summary>
        public static Operand? BlockOf(LayerContext layer, int typeArgument) =>
            layer.BindBlock(typeArgument, layer.Input) is { } block
                ? new(
                    block.Output,
                    $"'{block.Name}'",
                    "end the block with a sequence",
                    $"<{typeArgument}>")
                : null;
    }
}

/// <summary>Attention of x to T(x).</summary>
internal sealed class BlockCrossAttentionLayer : CrossAttentionLayer
{
    public override string AttributeType => typeof(CrossAttentionAttribute<>).FullName;

    public override TensorShape? InferShape(LayerContext layer) =>
        Operand.BlockOf(layer, 0) is { } memory ? Infer(layer, Operand.InputOf(layer, 0), memory) : null;

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input) =>
        Attend(layer, program, input, program.Lower(layer.Blocks[0], input));
}

/// <summary>Attention of A(x) to B(x), or of one tower to another.</summary>
internal sealed class BranchCrossAttentionLayer : CrossAttentionLayer
{
    public override string AttributeType => typeof(CrossAttentionAttribute<,>).FullName;

    public override bool TakesTowers => true;

    public override TensorShape? InferShape(LayerContext layer) =>
        Operand.BlockOf(layer, 0) is { } queries && Operand.BlockOf(layer, 1) is { } memory
            ? Infer(layer, queries, memory)
            : null;

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input)
    {
        Value queries = program.Lower(layer.Blocks[0], input);
        return Attend(layer, program, queries, program.Lower(layer.Blocks[1], input));
    }
}

/// <summary>Attention of one tensor of a method to another.</summary>
internal sealed class TensorCrossAttentionLayer : CrossAttentionLayer
{
    public override string AttributeType => typeof(Primitives.CrossAttentionAttribute).FullName;

    public override TensorShape? InferShape(LayerContext layer) =>
        Infer(layer, Operand.InputOf(layer, 0), Operand.InputOf(layer, 1));

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input) =>
        throw new InvalidOperationException("A cross attention has two operands.");

    public override IReadOnlyList<Value> Lower(
        BoundLayer layer, ProgramBuilder program, IReadOnlyList<Value> inputs) =>
        [Attend(layer, program, inputs[0], inputs[1])];
}
