namespace ModelDsl.Compositions;

/// <summary>Layers for vectors, and those for every shape.</summary>
internal static class VectorLayers
{
    public static readonly LayerChoice[] All =
    [
        new(typeof(DenseAttribute), Dense),
        // Twice, since it is what most compositions need on their way.
        new(typeof(DenseAttribute), Dense),
        new(
            typeof(FlattenAttribute),
            draft => draft.Input.IsTokens ? null : draft.Layer("Flatten", SampleShape.Of(draft.Input.Count))),
        new(typeof(ReshapeAttribute), Reshape),
        new(
            typeof(DropoutAttribute),
            draft => draft.Input.IsTokens ? null : draft.Layer("Dropout", draft.Input, draft.Tenths(1, 5)),
            IsRandom: true),
        new(typeof(SoftmaxAttribute), draft => HasRows(draft) ? draft.Layer("Softmax", draft.Input) : null),
        new(typeof(LogSoftmaxAttribute), draft => HasRows(draft) ? draft.Layer("LogSoftmax", draft.Input) : null),
        new(typeof(GluAttribute), draft => !draft.Input.IsTokens && draft.Input.Columns % 2 == 0
            ? draft.Layer("Glu", draft.Input.WithColumns(draft.Input.Columns / 2))
            : null),
        new(typeof(LayerNormAttribute), draft => draft.Input.IsVector && draft.Input.Columns > 2
            ? draft.Layer("LayerNorm", draft.Input, draft.Maybe("Epsilon = 0.01f"), draft.Maybe("UseBias = false"))
            : null),
        new(typeof(RmsNormAttribute), draft => draft.Input.IsVector && draft.Input.Columns > 2
            ? draft.Layer("RmsNorm", draft.Input, draft.Maybe("Epsilon = 0.01f"))
            : null),
        new(typeof(BatchNormAttribute), draft => draft.Input.IsVector || draft.Input.IsImage
            ? draft.Layer("BatchNorm", draft.Input, draft.Maybe("Epsilon = 0.01f"), draft.Maybe("Momentum = 0.3f"))
            : null),
        new(typeof(GroupNormAttribute), draft => (draft.Input.IsVector && !draft.Input.IsSequence && draft.Input.Columns > 5) || draft.Input.IsImage
            ? draft.Layer("GroupNorm", draft.Input, draft.Input.IsImage ? draft.Divisor(draft.Input.Columns) : 1)
            : null),
    ];

    private static bool HasRows(LayerDraft draft) => !draft.Input.IsTokens && draft.Input.Columns > 1;

    private static DrawnLayer? Dense(LayerDraft draft)
    {
        int units = draft.Number(1, 9);
        return draft.Input.IsVector
            ? draft.Layer(
                "Dense",
                draft.Input.WithColumns(units),
                units,
                draft.Maybe("UseBias = false"),
                draft.Maybe("WeightL2 = 0.01f", 0.1))
            : null;
    }

    private static DrawnLayer? Reshape(LayerDraft draft)
    {
        if (draft.Input.IsTokens)
        {
            return null;
        }

        int count = draft.Input.Count;
        int first = draft.Divisor(count);
        int second = draft.Divisor(count / first);
        int third = count / first / second;
        return draft.Number(0, 2) switch
        {
            0 => draft.Layer("Reshape", SampleShape.Of(count), -1),
            1 => draft.Layer("Reshape", SampleShape.Of(first, count / first), first, count / first),
            _ => draft.Layer("Reshape", SampleShape.Of(first, second, third), first, second, third),
        };
    }
}
