namespace ModelDsl.CompilerServices;

/// <summary>
/// Where the outputs of layers lie, of a model that keeps them after a training step. Generated classes use it through
/// <see cref="ModelState.Activations"/>; nobody else needs it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ActivationState
{
    private readonly ModelState _model;
    private long _batchNumber = -1;
    private int _batch;
    private int _start;

    internal ActivationState(ModelState model) => _model = model;

    /// <summary>Whether the memory is still that of the last training batch.</summary>
    public bool AreThere => _batchNumber == _model.LoadCount;

    /// <summary>The output of a number in the description, as a span that keeps it alive.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none.</exception>
    /// <exception cref="InvalidOperationException">
    /// Another batch was loaded since, or another thread is computing one.
    /// </exception>
    public ReadOnlySpan<float> this[int index]
    {
        get
        {
            ImmutableArray<ActivationDescription> activations = _model.Description.Activations;
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, activations.Length);
            _model.RequireMine();
            if (!AreThere)
            {
                throw new InvalidOperationException(
                    $"expected the outputs of the layers of {_model.Description.Name} to be read after a training "
                        + "step, but there was none, or another batch was loaded since");
            }

            ActivationDescription activation = activations[index];
            return _model.ArenaMemory.Span.Slice(
                _start + (_batch * activation.Offset), _batch * activation.Shape.Count);
        }
    }

    /// <summary>Notes that a training batch has run.</summary>
    /// <param name="batch">The number of samples.</param>
    /// <param name="fixedFloats">The floats of the arena that do not grow with the batch; they come first.</param>
    public void Note(int batch, int fixedFloats) =>
        (_batch, _start, _batchNumber) = (batch, fixedFloats, _model.LoadCount);
}
