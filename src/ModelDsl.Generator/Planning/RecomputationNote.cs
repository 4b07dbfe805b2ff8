using System.Globalization;

namespace ModelDsl.Generator.Planning;

/// <summary>What came of a budget.</summary>
/// <param name="Budget">The budget.</param>
/// <param name="BytesOfArena">What the values between the layers take.</param>
/// <param name="Parameters">The floats of the parameters, with statistics that layers keep.</param>
/// <param name="Gradients">The floats of their gradients.</param>
/// <param name="Samples">The floats of the samples of a batch.</param>
internal sealed record RecomputationNote(
    MemoryBudget Budget, long BytesOfArena, long Parameters, long Gradients, long Samples)
{
    /// <summary>The operations that are done again.</summary>
    public int Operations { get; init; }

    /// <summary>Their floating-point operations.</summary>
    public long ExtraWork { get; init; }

    /// <summary>Those of a step without them.</summary>
    public long TotalWork { get; init; }

    /// <summary>The programs whose memory was planned: what a test counts.</summary>
    public int Plans { get; init; }

    /// <summary>The operations that were looked at to estimate peaks: what a test counts.</summary>
    public long Steps { get; init; }

    /// <summary>What no recomputation changes.</summary>
    public long BytesOfModel => sizeof(float) * (Parameters + Gradients + Samples);

    /// <summary>What the model holds in a training step.</summary>
    public long Bytes => BytesOfArena + BytesOfModel;

    /// <summary>Whether the budget is kept.</summary>
    public bool Fits => Bytes <= Budget.Bytes;

    /// <summary>What the memory goes to, as a comment says it.</summary>
    public string Memory
    {
        get
        {
            string parameters = MemoryBudget.TextOf(sizeof(float) * (Parameters + Gradients));
            string samples = MemoryBudget.TextOf(sizeof(float) * Samples);
            string arena = MemoryBudget.TextOf(BytesOfArena);
            return $"A training step of a batch of {Budget.Batch} takes {MemoryBudget.TextOf(Bytes)} of the budget of "
                + $"{MemoryBudget.TextOf(Budget.Bytes)}: {arena} between the layers, {parameters} for the parameters "
                + $"and their gradients, {samples} for the samples.";
        }
    }

    /// <summary>What the backward pass does again, as a comment says it.</summary>
    public string Again
    {
        get
        {
            string percent = (100.0 * ExtraWork / Math.Max(1, TotalWork)).ToString("0.#", CultureInfo.InvariantCulture);
            string operations = Operations == 1 ? "1 operation" : $"{Operations} operations";
            return Operations == 0
                ? "Nothing is computed again."
                : $"The backward pass does {operations} of the forward pass again: "
                    + $"{percent} % more floating-point operations.";
        }
    }
}
