using System.Runtime.CompilerServices;
using ModelDsl.Threading;

namespace ModelDsl.Kernels;

/// <summary>The rows of <see cref="LogSoftmax.Backward"/>.</summary>
internal readonly unsafe struct LogSoftmaxBackwardKernel(
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
            TVector sum = TVector.Broadcast((float)RowSums.Sum<TVector>(_outputGradient + offset, 0f, columns));
            for (int i = 0; i < columns; i += TVector.Count)
            {
                int count = Math.Min(TVector.Count, columns - i);
                TVector power = VectorMath.Exp(Operand.Load<TVector>(_output + offset + i, count));
                TVector gradient = Operand.Load<TVector>(_outputGradient + offset + i, count);
                Operand.Store(gradient - (power * sum), _inputGradient + offset + i, count);
            }
        }
    }
}
