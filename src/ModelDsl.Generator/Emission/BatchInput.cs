namespace ModelDsl.Generator.Emission;

/// <summary>One of the ways in which members that compute take a batch.</summary>
/// <param name="Parameters">The parameters: samples, tokens, or the inputs by their names.</param>
/// <param name="Load">The expression that brings them to where kernels read them, and declares <c>batch</c>.</param>
/// <param name="Source">What tells the member from that of samples, for a comment; null for samples.</param>
internal sealed record BatchInput(string Parameters, string Load, string? Source)
{
    private const string Floats = "global::System.ReadOnlySpan<float>";
    private const string Tokens = "global::System.ReadOnlySpan<int>";

    /// <summary>The ways of a model: as samples, and as tokens or inputs by name where it has such.</summary>
    public static IEnumerable<BatchInput> Of(LoweredModel model)
    {
        TensorShape input = model.Input;
        yield return new BatchInput(
            $"[{SurfaceEmitter.BatchShape(input)}] {Floats} samples",
            "_modelState.LoadSamples(samples, out int batch)",
            null);
        if (input.IsTokens)
        {
            yield return new BatchInput(
                $"[{SurfaceEmitter.BatchShape(input)}] {Tokens} tokens",
                "_modelState.LoadTokens(tokens, out int batch)",
                "from tokens");
        }

        if (NamedInput.Of(model) is { Count: > 0 } towers)
        {
            yield return new BatchInput(
                string.Join(
                    ", ",
                    towers.Select(tower =>
                        $"[{SurfaceEmitter.BatchShape(tower.Shape)}] {tower.SpanType} {tower.Parameter}")),
                $"JoinInputs({string.Join(", ", towers.Select(tower => tower.Parameter))}, out int batch)",
                "from inputs by name");
        }
    }
}
