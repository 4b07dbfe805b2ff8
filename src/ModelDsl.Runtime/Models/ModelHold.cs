namespace ModelDsl.CompilerServices;

/// <summary>
/// The time in which a model is kept for one caller, from <see cref="IInferenceModel.Hold"/> to the end of the scope.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct ModelHold
{
    private readonly ModelState? _state;
    private readonly bool _isReader;
    private readonly bool _endsChange;

    internal ModelHold(ModelState state, bool isReader, bool endsChange)
    {
        _state = state;
        _isReader = isReader;
        _endsChange = endsChange;
    }

    /// <summary>The model's state; null where the model was not compiled, or is only read.</summary>
    internal ModelState? State => _state;

    /// <summary>Lets others in again.</summary>
    public void Dispose() => _state?.EndHold(_isReader, _endsChange);
}
