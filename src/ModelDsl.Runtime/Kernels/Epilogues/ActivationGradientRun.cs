using System.Runtime.CompilerServices;

namespace ModelDsl.Kernels;

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
