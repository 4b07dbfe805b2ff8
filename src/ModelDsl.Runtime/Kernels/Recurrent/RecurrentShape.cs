namespace ModelDsl.CompilerServices;

/// <summary>The extents of a recurrent layer, and in which order it reads a sequence.</summary>
/// <param name="Steps">The length of the sequence; positive.</param>
/// <param name="Units">The number of units; positive.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct RecurrentShape(int Steps, int Units)
{
    /// <summary>Whether the last step is read first. The output of each step stands at the step's own place all the same.</summary>
    public bool Reverse { get; init; }

    /// <summary>Whether the result is the output of the step that is read last, rather than those of all steps.</summary>
    public bool LastOnly { get; init; }

    /// <summary>The floats of one sample's result.</summary>
    internal int ResultLength => LastOnly ? Units : Steps * Units;

    /// <summary>The step that is read as number <paramref name="number"/>.</summary>
    internal RecurrentStep StepAt(int number)
    {
        int direction = Reverse ? -1 : 1;
        return new RecurrentStep(
            Reverse ? Steps - 1 - number : number, direction, IsFirst: number == 0, IsLast: number == Steps - 1)
        {
            HasCarry = number != Steps - 1,
        };
    }

    /// <summary>A sample's step, counted through all samples.</summary>
    internal nint Row(int sample, RecurrentStep step) => ((nint)sample * Steps) + step.Position;

    /// <summary>Checks the extents and a range of steps.</summary>
    /// <exception cref="ArgumentException">An extent is not positive, or the steps do not lie within the sequence.</exception>
    internal void Check(int firstStep, int endStep)
    {
        if (Steps < 1 || Units < 1)
        {
            throw new ArgumentException(Invariant($"expected at least one step and one unit, got {Steps} and {Units}"));
        }

        // An LSTM has four numbers for each unit.
        Guard.Extents(Steps, Units, 1, factor: 4);
        if (firstStep < 0 || firstStep > endStep || endStep > Steps)
        {
            throw new ArgumentException(
                Invariant($"expected a range of the steps 0 to {Steps}, got {firstStep} to {endStep}"));
        }
    }
}
