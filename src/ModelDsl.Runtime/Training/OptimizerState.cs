namespace ModelDsl;

/// <summary>What an optimizer remembers of each parameter: one or more contiguous memories, taken at the first step.</summary>
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
