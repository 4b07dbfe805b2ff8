namespace ModelDsl;

/// <summary>A rule that updates parameters by their gradients.</summary>
/// <remarks>
/// An optimizer keeps state for one model's parameters, so each model gets its own. It serves one caller at a time.
/// </remarks>
public interface IOptimizer
{
    /// <summary>The step size. May be changed between steps, for example by a schedule.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    float LearningRate { get; set; }

    /// <summary>Updates all parameters by one step.</summary>
    /// <param name="parameters">The parameters, as of <see cref="IModel.Parameters"/>.</param>
    /// <param name="gradients">The gradient of the loss by each parameter.</param>
    /// <exception cref="ArgumentException">The lengths differ, or are not those of the first step.</exception>
    /// <exception cref="InvalidOperationException">A step of another thread is under way.</exception>
    void Step(Span<float> parameters, ReadOnlySpan<float> gradients);
}

/// <summary>Checks of the optimizers' settings: each returns the value, or says what was expected.</summary>
internal static class OptimizerArguments
{
    /// <summary>A finite value of at least 0.</summary>
    public static float NotNegative(float value, [CallerMemberName] string name = "") =>
        value >= 0f && float.IsFinite(value) ? value : throw Unexpected("a finite value of at least 0", value, name);

    /// <summary>A value in [0, 1).</summary>
    public static float Fraction(float value, [CallerMemberName] string name = "") =>
        value is >= 0f and < 1f ? value : throw Unexpected("a value in [0, 1)", value, name);

    /// <summary>A positive value, or none.</summary>
    public static float? PositiveOrNone(float? value, [CallerMemberName] string name = "") =>
        value is null or > 0f ? value : throw Unexpected("a positive value, or none", value.Value, name);

    private static ArgumentOutOfRangeException Unexpected(string expected, float value, string name) =>
        new(name, Invariant($"expected {expected}, got {value}"));
}

/// <summary>
/// What an optimizer remembers of each parameter: one or more contiguous memories, taken at the first step.
/// </summary>
internal sealed class OptimizerState(int count)
{
    private readonly AlignedMemory?[] _memories = new AlignedMemory?[count];
    private int _length = -1;

    /// <summary>One of the memories; empty where none was taken.</summary>
    public FloatSpan this[int index] => _memories[index] is { } memory ? memory.FloatSpan : default;

    /// <summary>Checks the lengths, and takes zeroed memory at the first step.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="gradients">Their gradients.</param>
    /// <param name="take">Whether memory is needed at all.</param>
    /// <exception cref="ArgumentException">The lengths differ, or are not those of the first step.</exception>
    public void Prepare(ReadOnlySpan<float> parameters, ReadOnlySpan<float> gradients, bool take = true)
    {
        if (gradients.Length != parameters.Length)
        {
            throw new ArgumentException(
                $"expected {parameters.Length} gradients, one for each parameter, got {gradients.Length}", nameof(gradients));
        }

        if (_length < 0)
        {
            _length = parameters.Length;
            for (int i = 0; take && i < _memories.Length; i++)
            {
                _memories[i] = new AlignedMemory(_length);
            }
        }

        if (parameters.Length != _length)
        {
            throw new ArgumentException(
                $"expected {_length} parameters as at the first step, got {parameters.Length}; "
                    + "each model needs an optimizer of its own",
                nameof(parameters));
        }
    }
}
