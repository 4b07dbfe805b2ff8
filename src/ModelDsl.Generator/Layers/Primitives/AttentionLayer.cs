namespace ModelDsl.Generator.Layers.Primitives;

/// <summary>Attention of queries to keys and values, with a mask where there is a fourth operand.</summary>
internal sealed class AttentionAttribute : LayerAttribute
{
    /// <summary>The heads of queries, of which each has an equal part of the features. Default: 1.</summary>
    public int Heads { get; set; } = 1;

    /// <summary>
    /// The heads of keys and values, each of which serves as many heads of queries; as many by default (0).
    /// </summary>
    public int KeyValueHeads { get; set; }

    /// <summary>
    /// Whether the query i sees only the keys up to i, also where there are more or fewer keys than queries.
    /// </summary>
    public bool Causal { get; set; }

    /// <summary>What scores are multiplied by; 1 / √size of a head by default (0).</summary>
    public double Scale { get; set; }
}

/// <summary>
/// softmax(scale·Q·Kᵀ + mask)·V for each head. Queries are [steps, heads·size], keys and values [keys, key heads·size],
/// the mask [steps, keys] or [keys].
/// </summary>
internal sealed class AttentionLayer : PrimitiveLayer
{
    public override string AttributeType => typeof(AttentionAttribute).FullName;

    public override TensorShape? InferShape(LayerContext layer)
    {
        if (!Primitive.CheckInputs(layer))
        {
            return null;
        }

        var arguments = layer.Arguments<AttentionAttribute>();
        if (arguments.Heads < 1)
        {
            layer.Report(
                SizeMustBePositive.Message("Attention", "number of heads", arguments.Heads), nameof(arguments.Heads));
            return null;
        }

        TensorShape queries = layer.Input, keys = layer.Inputs[1], values = layer.Inputs[2];
        if (ProblemOf(arguments, queries, keys, values) is { } problem)
        {
            layer.Report(AttentionOperandsMustFit.Message(queries, layer.InputOrigin, keys, values, problem));
            return null;
        }

        if (layer.Inputs.Count > 3 && !IsMask(layer.Inputs[3], queries.Rows, keys.Rows))
        {
            layer.Report(AttentionMaskMustFit.Message(layer.Inputs[3], queries.Rows, keys.Rows));
            return null;
        }

        // There is a result for each sample, also where all have the same queries.
        return queries with { IsFixed = false };
    }

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input) =>
        throw new InvalidOperationException("An attention has several operands.");

    public override IReadOnlyList<Value> Lower(BoundLayer layer, ProgramBuilder program, IReadOnlyList<Value> inputs)
    {
        var arguments = layer.Arguments<AttentionAttribute>();
        int size = layer.Input.Columns / arguments.Heads;
        var operands = new AttentionOperands(
            inputs[0],
            inputs[1],
            inputs[2],
            MaskOf(layer, program, inputs),
            arguments.Heads,
            KeyHeadsOf(arguments),
            arguments.Causal,
            (float)(arguments.Scale == 0 ? 1 / Math.Sqrt(size) : arguments.Scale));
        Value? logSums = program.IsTraining
            ? program.Activation(layer, "logSums", new TensorShape(arguments.Heads, layer.Input.Rows))
            : null;
        Value result = program.Add(new CrossAttentionOperation(layer, operands, logSums, program.Activation(layer)));
        program.TakeStepsOf(inputs[0], result);
        return [result];
    }

    // Keys that are padding are not seen, whatever the mask says.
    private static Value? MaskOf(BoundLayer layer, ProgramBuilder program, IReadOnlyList<Value> inputs)
    {
        Value? padding = program.PaddingOf(inputs[1], inputs[1].Shape.Rows);
        if (inputs.Count < 4 || padding is null)
        {
            return inputs.Count < 4 ? padding : inputs[3];
        }

        TensorShape shape = inputs[3].Shape with { IsFixed = false };
        Value mask = Primitive.LayOut(layer, program, inputs[3], shape, "mask");
        return program.Add(new CombineOperation(
            layer,
            BinaryFunction.Addition,
            mask,
            BroadcastOperand.Find(padding, shape)!,
            program.Activation(layer, "masked", shape)));
    }

    private static int KeyHeadsOf(AttentionAttribute arguments) =>
        arguments.KeyValueHeads == 0 ? arguments.Heads : arguments.KeyValueHeads;

    // What is wrong with the operands, as the end of a sentence.
    private static MessageArgument? ProblemOf(
        AttentionAttribute arguments, TensorShape queries, TensorShape keys, TensorShape values)
    {
        if (queries.Rank != 2 || keys.Rank != 2 || values.Rank != 2)
        {
            return MessageArgument.Phrase($"each must have two dimensions, steps and features");
        }

        int heads = arguments.Heads, keyHeads = KeyHeadsOf(arguments);
        if (queries.Columns % heads != 0)
        {
            return MessageArgument.Phrase($"{heads} heads do not divide {queries.Columns} features");
        }

        if (keyHeads < 1 || heads % keyHeads != 0)
        {
            return MessageArgument.Phrase(
                $"{keyHeads} heads of keys and values do not divide {heads} heads of queries");
        }

        int width = queries.Columns / heads * keyHeads;
        if (keys.Columns != width || values.Columns != width)
        {
            return MessageArgument.Phrase($"keys and values must have {width} features for {keyHeads} heads");
        }

        return keys.Rows == values.Rows ? null : MessageArgument.Phrase($"there must be a value for each key");
    }

    private static bool IsMask(TensorShape mask, int steps, int keys) => mask.Rank switch
    {
        1 => mask.Count == keys,
        2 => mask.Rows == steps && mask.Columns == keys,
        _ => false,
    };
}
