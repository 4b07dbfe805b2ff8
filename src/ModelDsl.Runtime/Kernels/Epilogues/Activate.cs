namespace ModelDsl.CompilerServices;

/// <summary>x = f(x).</summary>
/// <param name="activation">The function f.</param>
/// <typeparam name="TActivation">The function's type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Activate<TActivation>(TActivation activation) : IEpilogue
    where TActivation : struct, IActivation
{
    private readonly TActivation _activation = activation;

    static bool IEpilogue.IsElementwise => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(Span<float> values, int row, int column) => ElementwiseStage.Invoke(this, values, row, column);

    void IEpilogue.Check(int row, int rows, int column, int columns)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IEpilogue.Apply<TVector>(TVector values, int row, int column, int count) => _activation.Forward(values);

    bool IEpilogue.Join(ref ColumnFinish finish) => typeof(TActivation) == typeof(Relu) && finish.TryRectify();

    bool IEpilogue.IsFlat(int columns) => true;
}

/// <summary>g = scale · g · f'(saved[row, column]).</summary>
/// <param name="saved">
/// The activation's output or input, as its <see cref="IActivation.DerivativeUsesOutput"/> says: a row-major matrix as
/// large as the gradient.
/// </param>
/// <param name="columns">The number of its columns.</param>
/// <param name="activation">The function f.</param>
/// <param name="scale">
/// A factor for all elements. After <see cref="Relu"/> and dropout it is 1 / (1 - rate) and <paramref name="saved"/> is
/// the dropped output: an element is positive there if and only if neither of the two has zeroed it.
/// </param>
/// <typeparam name="TActivation">The function's type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ActivationGradient<TActivation>(
    FloatSpan saved, int columns, TActivation activation, float scale = 1f) : IEpilogue
    where TActivation : struct, IActivation
{
    private readonly MatrixOperand _saved = new(saved, columns);
    private readonly TActivation _activation = activation;

    /// <summary>The same where only the function knows which of its output and its input it needs.</summary>
    /// <param name="output">The activation's output: a row-major matrix as large as the gradient.</param>
    /// <param name="input">The activation's input, of the same size.</param>
    /// <param name="columns">The number of their columns.</param>
    /// <param name="activation">The function f.</param>
    public ActivationGradient(FloatSpan output, FloatSpan input, int columns, TActivation activation)
        : this(TActivation.DerivativeUsesOutput ? output : input, columns, activation)
    {
    }

    static bool IEpilogue.IsElementwise => true;

    // What computes a derivative from the input computes the function too, and often a power beside it.
    static bool IEpilogue.IsLong => !TActivation.DerivativeUsesOutput;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The run reaches beyond the saved matrix.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(Span<float> values, int row, int column) => ElementwiseStage.Invoke(this, values, row, column);

    bool IEpilogue.Join(ref ColumnFinish finish) => false;

    bool IEpilogue.IsFlat(int columns) => _saved.IsFlat(columns);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void IEpilogue.Check(int row, int rows, int column, int columns) => _saved.Check(row, rows, column, columns);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IEpilogue.Apply<TVector>(TVector values, int row, int column, int count)
    {
        TVector saved = _saved.Load<TVector>(row, column, count);
        return values * (_activation.Derivative(saved) * TVector.Broadcast(scale));
    }
}
