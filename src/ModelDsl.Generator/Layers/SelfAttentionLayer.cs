namespace ModelDsl.Generator.Layers;

/// <summary>softmax(Q·Kᵀ / √size)·V for each head, between two projections.</summary>
internal sealed class SelfAttentionLayer : LayerDefinition
{
    public override string AttributeType => typeof(SelfAttentionAttribute).FullName;

    public override TensorShape? InferShape(LayerContext layer)
    {
        if (!layer.Input.IsSequence)
        {
            layer.Report(
                LayerNeedsSequence.Message(
                    "SelfAttention", layer.Input, layer.InputOrigin, Remedies.ForSequence(layer)));
            return null;
        }

        return AttentionProjections.CheckHeads(layer, layer.Input.Columns, layer.InputOrigin)
            && CheckRotary(layer, layer.Input.Columns / layer.Arguments<SelfAttentionAttribute>().Heads)
                ? layer.Input
                : null;
    }

    // A step that sees later ones cannot be computed before them.
    public override bool CanStep(BoundLayer layer) => layer.Arguments<SelfAttentionAttribute>().Causal;

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input)
    {
        int heads = Heads(layer);
        return Lower(layer, program, input, (qkv, attended) =>
        {
            Value? logSums = program.IsTraining
                ? program.Activation(layer, "logSums", new TensorShape(heads, layer.Input.Rows))
                : null;
            return new AttentionOperation(
                layer, Turned(layer, program, qkv, layer.Input.Rows), logSums,
                program.PaddingOf(input, layer.Input.Rows), heads,
                layer.Arguments<SelfAttentionAttribute>().Causal, attended);
        });
    }

    public override Value LowerStep(BoundLayer layer, ProgramBuilder program, Value input)
    {
        program.UsePosition();
        var past = new TensorShape(program.StepCount, layer.Input.Columns);
        return Lower(layer, program, input, (qkv, attended) => new AttentionStep(
            layer, Turned(layer, program, qkv, program.StepCount),
            program.Kept(layer, "keys", past), program.Kept(layer, "values", past), Heads(layer), attended));
    }

    private static bool CheckRotary(LayerContext layer, int headSize)
    {
        float angles = (float)layer.Arguments<SelfAttentionAttribute>().RotaryBase;
        if (!(angles > 0f && angles < float.PositiveInfinity))
        {
            layer.Report(
                NumberMustBePositive.Message(layer.Declaration.Kind, "a base", angles),
                nameof(SelfAttentionAttribute.RotaryBase));
            return false;
        }

        if (layer.Arguments<SelfAttentionAttribute>().Rotary && headSize % 2 != 0)
        {
            layer.Report(
                RotaryNeedsPairs.Message(
                    headSize, layer.Input.Columns, layer.InputOrigin, layer.Input.Columns / headSize),
                nameof(SelfAttentionAttribute.Rotary));
            return false;
        }

        return true;
    }

    // Queries and keys with rotary positions, where the layer has them.
    private static Value Turned(BoundLayer layer, ProgramBuilder program, Value qkv, int steps) =>
        layer.Arguments<SelfAttentionAttribute>().Rotary
            ? program.Add(new RotaryOperation(
                layer,
                qkv,
                steps,
                isStep: program.StepCount > 0,
                inverse: false,
                program.Activation(layer, "turned", qkv.Shape, mayBeRounded: true)))
            : qkv;

    private static int Heads(BoundLayer layer) => layer.Arguments<SelfAttentionAttribute>().Heads;

    private static Value Lower(BoundLayer layer, ProgramBuilder program, Value input, Func<Value, Value, Operation> attend)
    {
        int width = layer.Input.Columns;

        // Each of queries, keys and values is a projection of its own to the initializer.
        Value qkv = AttentionProjections.Project(
            layer, program, "qkv", input, width,
            program.Activation(layer, "qkv", layer.Input.WithColumns(3 * width), mayBeRounded: true));
        Value attended = program.Add(
            attend(qkv, program.Activation(layer, "attended", layer.Input, mayBeRounded: true)));
        return AttentionProjections.Project(layer, program, "output", attended, width, program.Activation(layer));
    }

    private sealed class AttentionOperation(
        BoundLayer layer, Value qkv, Value? logSums, Value? mask, int heads, bool causal, Value result)
        : Operation(layer)
    {
        public override BatchUse BatchUse => BatchUse.Apart;

        public override IEnumerable<Value> Reads => mask is null ? [qkv] : [qkv, mask];

        public override IEnumerable<Value> Writes => logSums is null ? [result] : [result, logSums];

        public override Work Work => WorkOf(result.Shape, heads, causal, products: 2);

        public override string Describe(NameOf name) => Text(result.Shape, heads, causal);

        public override void Differentiate(IGradients gradients)
        {
            if (gradients.Of(result, Layer) is { } gradient && gradients.Needs(qkv))
            {
                gradients.Add(new AttentionGradient(
                    Layer, qkv, result, logSums!, gradient, mask, heads, causal, gradients.Contribute(qkv)));
            }
        }

        public override IReadOnlyList<KernelCall> Calls =>
            [new("Attention.Forward", [qkv, result, logSums,
                    .. Sizes(result.Shape, heads, causal), .. Argument.Optional(mask),])];
    }

    private sealed class AttentionGradient(
        BoundLayer layer,
        Value qkv,
        Value output,
        Value logSums,
        Value outputGradient,
        Value? mask,
        int heads,
        bool causal,
        Value result)
        : Operation(layer)
    {
        public override BatchUse BatchUse => BatchUse.Apart;

        public override IEnumerable<Value> Reads =>
            mask is null ? [qkv, output, logSums, outputGradient] : [qkv, output, logSums, outputGradient, mask];

        public override IEnumerable<Value> Writes => [result];

        // The scores are computed again; then come the gradients of weights, values, queries and keys.
        public override Work Work => WorkOf(output.Shape, heads, causal, products: 5);

        public override string Describe(NameOf name) => $"{Text(output.Shape, heads, causal)}, gradient of queries, keys and values";

        public override IReadOnlyList<KernelCall> Calls =>
            [new("Attention.Backward", [qkv, output, logSums, outputGradient, result,
                    .. Sizes(output.Shape, heads, causal), .. Argument.Optional(mask),])];
    }

    /// <summary>result = queries and keys turned by the angles of their steps, and values as they are.</summary>
    private sealed class RotaryOperation(BoundLayer layer, Value qkv, int steps, bool isStep, bool inverse, Value result)
        : Operation(layer)
    {
        public override BatchUse BatchUse => BatchUse.Apart;

        public override IEnumerable<Value> Reads => [qkv];

        public override IEnumerable<Value> Writes => [result];

        public override Value? InPlaceSource(Value written) => qkv;

        public override string Describe(NameOf name) =>
            $"{ShapeText.Matrix(qkv.Shape)} → queries and keys turned {(inverse ? "back " : "")}by their {(isStep ? "position" : "step")}";

        public override void Differentiate(IGradients gradients)
        {
            if (gradients.Of(result, Layer) is { } gradient && gradients.Needs(qkv))
            {
                gradients.Add(new RotaryOperation(Layer, gradient, steps, isStep, inverse: true, gradients.Contribute(qkv)));
            }
        }

        public override IReadOnlyList<KernelCall> Calls =>
        [
            new(
                "RotaryPositions.Apply",
                [
                    qkv, result, Size.Rows(qkv.Shape), steps, isStep ? new VariableArgument(ModelVariable.Position) : 0,
                    Heads(Layer), qkv.Shape.Columns / 3 / Heads(Layer),
                    (float)Layer.Arguments<SelfAttentionAttribute>().RotaryBase,
                    .. Argument.Flag("inverse", inverse),
                ]),
        ];
    }

    /// <summary>Appends the key and the value of one step to those kept, and attends to all of them.</summary>
    private sealed class AttentionStep(BoundLayer layer, Value qkv, Value keys, Value values, int heads, Value result)
        : Operation(layer)
    {
        public override IEnumerable<Value> Reads => [qkv, keys, values];

        public override IEnumerable<Value> Writes => [result, keys, values];

        public override string Describe(NameOf name) =>
            $"{heads} heads of [{result.Shape.Columns / heads}]: softmax(q·Kᵀ / √{result.Shape.Columns / heads})·V "
            + $"over the steps up to position, kept in [{keys.Shape.ToString(", ")}]";

        public override IReadOnlyList<KernelCall> Calls =>
            [new("Attention.Step", [qkv, keys, values, result,
                new VariableArgument(ModelVariable.Position), keys.Shape.Rows, heads, result.Shape.Columns / heads])];
    }

    private static string Text(TensorShape shape, int heads, bool causal) =>
        $"{heads} heads of [batch, {shape.Rows}, {shape.Columns / heads}]: {(causal ? "causal " : "")}softmax(Q·Kᵀ / √{shape.Columns / heads})·V";

    private static Work WorkOf(TensorShape shape, int heads, bool causal, int products) => AttentionOperands.WorkOf(
        shape.Rows, shape.Rows, heads, shape.Columns / heads, causal, products);

    private static EquatableArray<Argument> Sizes(TensorShape shape, int heads, bool causal) =>
        [Argument.Batch, shape.Rows, heads, shape.Columns / heads, Argument.Named("causal", causal)];
}
