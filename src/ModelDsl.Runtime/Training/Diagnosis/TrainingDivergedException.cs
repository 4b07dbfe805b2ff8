namespace ModelDsl;

/// <summary>A training came upon a loss, a gradient or a parameter that is infinite or not a number.</summary>
public sealed class TrainingDivergedException : NotFiniteNumberException
{
    internal TrainingDivergedException(
        string message, double offendingNumber, long step, string? layer, string? tensor, ImmutableArray<string> causes)
        : base(message, offendingNumber)
    {
        Step = step;
        Layer = layer;
        Tensor = tensor;
        Causes = causes;
    }

    /// <summary>The step that could not be taken, counted from 1 over all epochs.</summary>
    public long Step { get; }

    /// <summary>
    /// The first layer in data-flow order whose output is not finite, where the model keeps outputs
    /// (<c>[Model(KeepActivations = true)]</c>). Else the first of which a tensor, or a tensor's gradient, is not
    /// finite; null where only the loss is not.
    /// </summary>
    public string? Layer { get; }

    /// <summary>The first such tensor, such as <c>dense1.weight</c>; null where there is none.</summary>
    public string? Tensor { get; }

    /// <summary>What may have caused it, each a sentence, the likeliest first.</summary>
    public ImmutableArray<string> Causes { get; }

    /// <summary>The results up to the step; null outside of a <see cref="TrainingRun"/>.</summary>
    public History? History { get; internal set; }
}
