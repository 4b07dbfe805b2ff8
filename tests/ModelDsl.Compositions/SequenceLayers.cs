namespace ModelDsl.Compositions;

/// <summary>Layers for sequences and tokens.</summary>
internal static class SequenceLayers
{
    public static readonly LayerChoice[] All =
    [
        new(typeof(EmbeddingAttribute), Embedding),
        new(typeof(PositionEmbeddingAttribute), draft => draft.Input.IsVectorSequence
            ? draft.Layer("PositionEmbedding", draft.Input, draft.Maybe("Deviation = 0.3f"))
            : null),
        new(typeof(SinusoidalPositionAttribute), draft => draft.Input.IsVectorSequence && draft.Input.Columns % 2 == 0
            ? draft.Layer("SinusoidalPosition", draft.Input)
            : null),
        new(typeof(ToSequenceAttribute), ToSequence),
        new(typeof(SelfAttentionAttribute), SelfAttention),
        new(typeof(CrossAttentionAttribute<>), draft => CrossAttention(draft, 1)),
        new(typeof(CrossAttentionAttribute<,>), draft => CrossAttention(draft, 2)),
        new(typeof(Conv1DAttribute), Conv1D),
        new(typeof(MaxPool1DAttribute), draft => Pool(draft, "MaxPool1D")),
        new(typeof(AvgPool1DAttribute), draft => Pool(draft, "AvgPool1D")),
        new(typeof(SimpleRnnAttribute), draft => Recurrent(draft, "SimpleRnn")),
        new(typeof(GruAttribute), draft => Recurrent(draft, "Gru")),
        new(typeof(LstmAttribute), draft => Recurrent(draft, "Lstm")),
    ];

    private static DrawnLayer? Embedding(LayerDraft draft)
    {
        int width = draft.Number(2, 8);
        return draft.Input.IsTokens
            ? draft.Layer(
                "Embedding", SampleShape.Sequence(draft.Input.Dimensions[0], width), draft.Number(3, 9), width)
            : null;
    }

    private static DrawnLayer? ToSequence(LayerDraft draft)
    {
        if (draft.Input.IsTokens || draft.Input.IsSequence || draft.Input.Dimensions.Length > 3)
        {
            return null;
        }

        int columns = draft.Input.Dimensions.Length == 1 ? 1 : draft.Input.Columns;
        return draft.Layer("ToSequence", SampleShape.Sequence(draft.Input.Count / columns, columns));
    }

    private static DrawnLayer? SelfAttention(LayerDraft draft) => draft.Input.IsVectorSequence
        ? draft.Layer(
            "SelfAttention",
            draft.Input,
            $"Heads = {draft.Divisor(draft.Input.Columns)}",
            draft.Maybe("Causal = true", 0.5),
            draft.Maybe("UseBias = false"))
        : null;

    // Blocks that keep the shape of their input are sequences for certain.
    private static DrawnLayer? CrossAttention(LayerDraft draft, int count)
    {
        if (!draft.Input.IsVectorSequence)
        {
            return null;
        }

        var blocks = new List<string>();
        while (blocks.Count < count)
        {
            if (draft.Block(keepsShape: true, out _) is not { } block)
            {
                return null;
            }

            blocks.Add(block);
        }

        return draft.Layer(
            $"CrossAttention<{string.Join(", ", blocks)}>",
            draft.Input,
            $"Heads = {draft.Divisor(draft.Input.Columns)}",
            draft.Maybe("UseBias = false"));
    }

    private static DrawnLayer? Recurrent(LayerDraft draft, string kind)
    {
        if (!draft.Input.IsVectorSequence)
        {
            return null;
        }

        int units = draft.Number(1, 6);
        bool isReduced = draft.Chance(0.3);
        return draft.Layer(
            kind,
            isReduced ? SampleShape.Of(units) : draft.Input.WithColumns(units),
            units,
            isReduced ? "ReturnSequences = false" : null,
            draft.Maybe("GoBackwards = true"),
            draft.Maybe("UseBias = false"),
            draft.Maybe(draft.Chance(0.5) ? "Unroll = Unrolling.Always" : "Unroll = Unrolling.Never"));
    }

    private static DrawnLayer? Pool(LayerDraft draft, string kind)
    {
        if (!draft.Input.IsVectorSequence)
        {
            return null;
        }

        int steps = draft.Input.Dimensions[0];
        int size = draft.Number(1, Math.Min(3, steps));
        int stride = draft.Number(1, 2);
        bool isSame = draft.Chance(0.4);
        return draft.Layer(
            kind,
            SampleShape.Sequence(
                isSame ? (steps + stride - 1) / stride : ((steps - size) / stride) + 1, draft.Input.Columns),
            size,
            $"Stride = {stride}",
            isSame ? "Padding = Padding.Same" : null,
            kind == "AvgPool1D" ? draft.Maybe("CountIncludePadding = true") : null);
    }

    private static DrawnLayer? Conv1D(LayerDraft draft)
    {
        if (!draft.Input.IsVectorSequence)
        {
            return null;
        }

        int steps = draft.Input.Dimensions[0];
        int kernel = draft.Number(1, Math.Min(3, steps));
        int stride = draft.Number(1, 2);
        int filters = draft.Number(1, 6);
        int groups = draft.Divisor(draft.Input.Columns, filters);
        bool isCausal = draft.Chance(0.3);
        bool isSame = !isCausal && draft.Chance(0.4);
        int output = isCausal || isSame ? (steps + stride - 1) / stride : ((steps - kernel) / stride) + 1;
        return draft.Layer(
            "Conv1D",
            SampleShape.Sequence(output, filters),
            filters,
            kernel,
            stride == 1 ? null : $"Stride = {stride}",
            groups == 1 ? null : $"Groups = {groups}",
            isCausal ? "Causal = true" : null,
            isSame ? "Padding = Padding.Same" : null,
            draft.Maybe("UseBias = false"));
    }
}
