using System.ComponentModel;
using System.Runtime.CompilerServices;

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
