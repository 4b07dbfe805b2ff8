namespace ModelDsl.Generator.Lowering;

/// <summary>
/// The forward pass of one token of one sequence, which finds what the layers have kept of the tokens before: the program
/// behind text generation.
/// </summary>
/// <param name="Operations">The operations.</param>
/// <param name="Output">What they compute: the logits of the next token.</param>
/// <param name="ContextLength">The most tokens of a sequence; null where no layer sets a limit.</param>
/// <param name="Padding">The token that stands for none; null where the model has no such token.</param>
internal sealed record StepProgram(IReadOnlyList<Operation> Operations, Value Output, int? ContextLength, int? Padding)
{
    /// <summary>The program of a model; null where <see cref="Obstacle"/> stands in the way, or the model takes no tokens.</summary>
    /// <param name="layers">The layers.</param>
    /// <param name="result">The output; null for the first one of the last layer.</param>
    /// <param name="cancellation">Looked at for each layer.</param>
    public static StepProgram? From(
        IReadOnlyList<BoundLayer> layers, LayerSource? result, CancellationToken cancellation)
    {
        if (!IsOfTokens(layers) || Obstacle(layers) is not null)
        {
            return null;
        }

        int steps = layers[0].Output.Count;
        int? padding = layers[0].Arguments<InputAttribute>().Padding is >= 0 and int token ? token : null;
        var program = new ProgramBuilder(isTraining: false, cancellation) { StepCount = steps };
        Value output = LoweredModel.LowerAll(
            [.. layers.Select(layer => layer.ForOneStep(cancellation))], program, result);
        return new StepProgram(program.Operations, output, program.UsesPosition ? steps : null, padding);
    }

    /// <summary>Whether the input is a sequence of tokens.</summary>
    public static bool IsOfTokens(IReadOnlyList<BoundLayer> layers) => ModelInputs.Shape(layers).IsTokens;

    /// <summary>The first layer that needs all steps of a sequence at once; null where none does.</summary>
    public static BoundLayer? Obstacle(IReadOnlyList<BoundLayer> layers)
    {
        foreach (BoundLayer layer in layers)
        {
            if (!layer.CanStep)
            {
                return layer;
            }
        }

        return null;
    }
}
