namespace ModelDsl.CompilerServices;

/// <summary>x = f(x).</summary>
/// <param name="activation">The function f.</param>
/// <typeparam name="TActivation">The function's type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Activate<TActivation>(TActivation activation) : IEpilogue, IElementwiseFunction
    where TActivation : struct, IActivation
{
    private readonly TActivation _activation = activation;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(Span<float> values, int row, int column) => ElementwiseRun.Apply(values, this);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IElementwiseFunction.Invoke<TVector>(TVector values, int index, int count) => _activation.Forward(values);
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
    private readonly FloatSpan _saved = saved;
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

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The run reaches beyond the saved matrix.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(Span<float> values, int row, int column) =>
        ElementwiseRun.Apply(
            values,
            new ActivationGradientRun<TActivation>(
                _saved.Slice((row * columns) + column, values.Length), _activation, scale));
}

/// <summary>scale · g[i] · f'(saved[i]).</summary>
/// <param name="saved">As many floats as the run has.</param>
/// <param name="activation">The function f.</param>
/// <param name="scale">A factor for all elements.</param>
internal readonly unsafe struct ActivationGradientRun<TActivation>(
    FloatSpan saved, TActivation activation, float scale) : IElementwiseFunction
    where TActivation : struct, IActivation
{
    private readonly float* _saved = saved.Pointer;
    private readonly TActivation _activation = activation;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector values, int index, int count)
        where TVector : struct, ISimdVector<TVector> =>
        values * (_activation.Derivative(Operand.Load<TVector>(_saved + index, count)) * TVector.Broadcast(scale));
}
