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
            draft => draft.Shares(0.5) ? JoinShared(draft, "Multiply") : Join(draft, "Multiply", 2)),
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

    private static DrawnLayer? Concat(LayerDraft draft, int count) =>
        draft.Input.IsTokens || draft.Branches(count, out SampleShape output) is not { } blocks
            ? null
            : draft.Layer($"Concat<{string.Join(", ", blocks)}>", output.WithColumns(count * output.Columns));
}
