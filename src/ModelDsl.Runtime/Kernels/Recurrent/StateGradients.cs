namespace ModelDsl.Kernels;

/// <summary>
/// The gradients of a recurrent layer's state at both ends of a sequence: of the last state, for who reads it, and of
/// the initial one.
/// </summary>
/// <remarks>
/// Each step hands the gradient of the state before it to the step that was read before. So the gradient of the last
/// state is what the last step is handed, and that of the initial state what the first one hands on.
/// </remarks>
internal readonly struct StateGradients
{
    private readonly int _batch;
    private readonly RecurrentShape _shape;
    private readonly FloatSpan _last;
    private readonly FloatSpan _initial;
    private readonly bool _hasLast;

    /// <param name="steps">The steps at hand; only those at an end of the sequence have to do with its state.</param>
    /// <param name="last">The gradient of the last state: [batch, units]; empty where it is zero.</param>
    /// <param name="initial">Where that of the initial state goes: [batch, units]; empty for nowhere.</param>
    /// <param name="hasLast">Whether the last state has a gradient, if only in another of its parts.</param>
    /// <exception cref="ArgumentException">An operand is too short.</exception>
    public StateGradients(RecurrentSteps steps, FloatSpan last, FloatSpan initial, bool hasLast)
    {
        (_shape, _batch) = (steps.Shape, steps.Batch);
        if (hasLast && steps.End == _shape.Steps)
        {
            _hasLast = true;
            _last = last;
        }

        if (steps.First == 0)
        {
            _initial = initial;
        }

        steps.CheckState(_last, nameof(last));
        steps.CheckState(_initial, nameof(initial));
    }

    /// <summary>Whether the gradient of the initial state is asked for.</summary>
    public bool HasInitial => !_initial.IsEmpty;

    /// <summary>The step that is read as number <paramref name="number"/>.</summary>
    public RecurrentStep StepAt(int number)
    {
        RecurrentStep step = _shape.StepAt(number);
        return step with { HasCarry = step.HasCarry || _hasLast };
    }

    /// <summary>Hands the gradient of the last state to the last step.</summary>
    /// <param name="carry">What steps hand on: a row for each sample.</param>
    /// <param name="width">The length of a row.</param>
    public void Begin(FloatSpan carry, int width)
    {
        if (_hasLast && _last.IsEmpty)
        {
            Columns.Clear(carry, width, 0, _batch, _shape.Units);
        }
        else if (_hasLast)
        {
            Columns.Copy(_last, _shape.Units, 0, carry, width, 0, _batch, _shape.Units);
        }
    }

    /// <summary>Takes what the first step hands on as the gradient of the initial state.</summary>
    /// <param name="carry">What steps hand on: a row for each sample.</param>
    /// <param name="width">The length of a row.</param>
    public void End(FloatSpan carry, int width)
    {
        if (HasInitial)
        {
            Columns.Copy(carry, width, 0, _initial, _shape.Units, 0, _batch, _shape.Units);
        }
    }
}
