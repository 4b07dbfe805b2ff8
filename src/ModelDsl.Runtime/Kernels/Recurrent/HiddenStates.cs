namespace ModelDsl.Kernels;

/// <summary>Where a recurrent layer's outputs lie, and those of the step before, which each step reads.</summary>
/// <remarks>
/// In training each output is also written to where the step that reads it has its row. With these rows the gradient of the
/// recurrent weight is one product over all steps, like that of the input's weight.
/// </remarks>
/// <param name="result">[batch, steps, units], or [batch, units] where only the last output is wanted.</param>
/// <param name="previous">[batch, steps, units] for what each step has read of the one before, or null in inference.</param>
/// <param name="shape">The extents.</param>
/// <param name="initial">[batch, units] for what the first step reads, or null for zeros.</param>
internal readonly unsafe struct HiddenStates(
    float* result, float* previous, RecurrentShape shape, float* initial = null)
{
    /// <summary>Whether the first step reads something else than zeros.</summary>
    public bool HasInitial => initial is not null;

    private nint SampleLength => (nint)shape.Steps * shape.Units;

    /// <summary>What a sample's step reads of the one before it; null for zeros.</summary>
    public float* Before(int sample, RecurrentStep step) =>
        step.IsFirst && initial is null ? null : Source(sample, step, out _);

    /// <summary>
    /// What a sample's step reads of the one before it, or of the initial state: its row; and the distance to the next
    /// sample's.
    /// </summary>
    public float* Source(int sample, RecurrentStep step, out nint stride)
    {
        stride = SampleLength;
        if (previous is not null)
        {
            return Row(previous, sample, step.Position);
        }

        if (!step.IsFirst && !shape.LastOnly)
        {
            return Row(result, sample, step.Before);
        }

        stride = shape.Units;
        return (step.IsFirst ? initial : result) + (sample * stride);
    }

    /// <summary>The first step reads the initial state, or zeros.</summary>
    public void Begin(int sample, RecurrentStep step)
    {
        if (previous is not null)
        {
            float* before = initial is null ? null : initial + ((nint)sample * shape.Units);
            Copy(before, Row(previous, sample, step.Position), shape.Units);
        }
    }

    /// <summary>Where a sample's output at a step goes for the reader of the layer; null where nobody reads it.</summary>
    public float* Output(int sample, RecurrentStep step)
    {
        if (!shape.LastOnly)
        {
            return Row(result, sample, step.Position);
        }

        // In inference the result also carries the output to the next step.
        return previous is null || step.IsLast ? result + ((nint)sample * shape.Units) : null;
    }

    /// <summary>Where a sample's output at a step goes for the next step; null where that reads <see cref="Output"/>.</summary>
    public float* Next(int sample, RecurrentStep step) =>
        previous is null || step.IsLast ? null : Row(previous, sample, step.After);

    /// <summary>The output before is also that of a step that is padding.</summary>
    public void Keep(int sample, RecurrentStep step)
    {
        float* before = Before(sample, step);
        Copy(before, Output(sample, step), shape.Units);
        Copy(before, Next(sample, step), shape.Units);
    }

    /// <summary>Copies a state to where it goes, if anywhere; without one before it is zero.</summary>
    public static void Copy(float* before, float* to, int units)
    {
        if (to is null || to == before)
        {
            return;
        }

        var state = new Span<float>(to, units);
        if (before is null)
        {
            state.Clear();
        }
        else
        {
            new Span<float>(before, units).CopyTo(state);
        }
    }

    /// <summary>Writes a part of an output to both places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TVector>(TVector hidden, float* output, float* next, int index, int count)
        where TVector : struct, ISimdVector<TVector>
    {
        if (output is not null)
        {
            Operand.Store(hidden, output + index, count);
        }

        if (next is not null)
        {
            Operand.Store(hidden, next + index, count);
        }
    }

    private float* Row(float* rows, int sample, int position) =>
        rows + (sample * SampleLength) + ((nint)position * shape.Units);
}
