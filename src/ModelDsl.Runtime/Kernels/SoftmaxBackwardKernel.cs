using System.Runtime.CompilerServices;
using ModelDsl.Threading;

namespace ModelDsl.Kernels;

/// <summary>The rows of <see cref="Softmax.Backward"/>.</summary>
internal readonly unsafe struct SoftmaxBackwardKernel(
    float* output, float* outputGradient, float* inputGradient, int columns) : IRangeKernel
{
    private readonly float* _output = output;
    private readonly float* _outputGradient = outputGradient;
    private readonly float* _inputGradient = inputGradient;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Invoke<TVector>(int start, int end)
        where TVector : struct, ISimdVector<TVector>
    {
        for (int row = start; row < end; row++)
        {
            nint offset = (nint)row * columns;
            TVector dot = TVector.Broadcast(
                SoftmaxRow.Dot<TVector>(_output + offset, _outputGradient + offset, columns));
            for (int i = 0; i < columns; i += TVector.Count)
            {
                int count = Math.Min(TVector.Count, columns - i);
                TVector y = Operand.Load<TVector>(_output + offset + i, count);
                TVector g = Operand.Load<TVector>(_outputGradient + offset + i, count);
                Operand.Store(y * (g - dot), _inputGradient + offset + i, count);
            }
        }
    }
}
