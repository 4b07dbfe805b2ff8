namespace ModelDsl.CompilerServices;

/// <summary>
/// The time in which one caller computes a model, from <see cref="ModelState.Use"/> or <see cref="ModelState.UseToTrain"/> to the
/// end of the scope. Generated code holds one.
/// </summary>
/// <remarks>
/// It keeps the state, and with it the memory of all views that kernels were given, alive until the last kernel has ended.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct ModelUse
{
    private readonly ModelState _state;
    private readonly bool _endsChange;

    internal ModelUse(ModelState state, bool endsChange = false)
    {
        _state = state;
        _endsChange = endsChange;
    }

    /// <summary>The outputs of what was computed, as a span that keeps them alive.</summary>
    public ReadOnlySpan<float> Outputs => _state.LastOutputs;

    /// <summary>Lets the next caller in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Dispose() => _state?.EndUse(_endsChange);
}
