namespace ModelDsl.Compositions;

/// <summary>Layers that are made of blocks.</summary>
internal static class CompositeLayers
{
    public static readonly LayerChoice[] All =
    [
        new(typeof(ResidualAttribute<>), draft => draft.Input.IsTokens || draft.Block(keepsShape: true, out _) is not { } block
            ? null
            : draft.Layer($"Residual<{block}>", draft.Input)),
        new(typeof(RepeatAttribute<>), draft => draft.Input.IsTokens || draft.Block(keepsShape: true, out _) is not { } block
            ? null
            : draft.Layer($"Repeat<{block}>", draft.Input, draft.Number(1, 3), draft.Shares(0.6) ? "Shared = true" : null)),
        new(typeof(SumAttribute<,>), draft => draft.Shares(0.5) ? JoinShared(draft, "Sum") : Join(draft, "Sum", 2)),
        new(typeof(SumAttribute<,,>), draft => Join(draft, "Sum", 3)),
        new(typeof(SumAttribute<,,,>), draft => Join(draft, "Sum", 4)),
        new(
            typeof(MultiplyAttribute<,>),
            draft => draft.Shares(0.4) ? JoinShared(draft, "Multiply")
                : draft.Chance(0.4) ? GateOfBranch(draft)
                : Join(draft, "Multiply", 2)),
        new(typeof(MultiplyAttribute<>), Gate),
        new(typeof(ConcatAttribute<,>), draft => Concat(draft, 2)),
        new(typeof(ConcatAttribute<,,>), draft => Concat(draft, 3)),
        new(typeof(ConcatAttribute<,,,>), draft => Concat(draft, 4)),
    ];

    private static DrawnLayer? Join(LayerDraft draft, string kind, int count) =>
        draft.Input.IsTokens || draft.Branches(count, out SampleShape output) is not { } blocks
            ? null
            : draft.Layer($"{kind}<{string.Join(", ", blocks)}>", output);

    private static DrawnLayer? JoinShared(LayerDraft draft, string kind) =>
        draft.Input.IsTokens || draft.SharedBlock() is not { } block
            ? null
            : draft.Layer($"{kind}<{block}, {block}>", draft.Input);

    private static DrawnLayer? Gate(LayerDraft draft) => draft.Input.IsTokens || GateBlock(draft) is not { } gate
        ? null
        : draft.Layer($"Multiply<{gate}>", draft.Input);

    private static DrawnLayer? GateOfBranch(LayerDraft draft)
    {
        if (draft.Input.IsTokens
            || draft.Block(keepsShape: true, out _) is not { } branch
            || GateBlock(draft) is not { } gate)
        {
            return null;
        }

        return draft.Layer(
            draft.Chance(0.5) ? $"Multiply<{branch}, {gate}>" : $"Multiply<{gate}, {branch}>", draft.Input);
    }

    // One for each element, or one for all pixels, steps or features.
    private static string? GateBlock(LayerDraft draft)
    {
        int columns = draft.Input.Columns;
        bool isPooled = draft.Input.IsImage || draft.Input.IsVectorSequence;
        return draft.Number(0, 3) switch
        {
            0 => draft.BlockBefore(),
            1 when draft.Input.IsVector => draft.BlockBefore("Dense(1)", "Sigmoid"),
            2 when isPooled => draft.BlockBefore(
                "GlobalAveragePool", $"Dense({draft.Number(1, 4)})", "Relu", $"Dense({columns})", "Sigmoid"),
            3 when draft.Input.IsImage => draft.BlockBefore("Conv2D(1, 1)", "Tanh"),
            _ when isPooled => draft.BlockBefore("GlobalAveragePool", "Softmax"),
            _ => draft.BlockBefore("Tanh"),
        };
    }

    private static DrawnLayer? Concat(LayerDraft draft, int count) =>
        draft.Input.IsTokens || draft.Branches(count, out SampleShape output) is not { } blocks
            ? null
            : draft.Layer($"Concat<{string.Join(", ", blocks)}>", output.WithColumns(count * output.Columns));
}
