using System.Runtime.CompilerServices;
using ModelDsl.Threading;

namespace ModelDsl.Kernels;

/// <summary>The rows of <see cref="LogSoftmax.Forward"/>.</summary>
internal readonly unsafe struct LogSoftmaxForwardKernel(float* source, float* destination, int columns) : IRangeKernel
{
    private readonly float* _source = source;
    private readonly float* _destination = destination;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Invoke<TVector>(int start, int end)
        where TVector : struct, ISimdVector<TVector>
    {
        for (int row = start; row < end; row++)
        {
            float* x = _source + ((nint)row * columns);
            float* y = _destination + ((nint)row * columns);
            float max = SoftmaxRow.Max<TVector>(x, columns);
            float sum = SoftmaxRow.Exponentials<TVector>(x, null, columns, max);
            TVector shift = TVector.Broadcast(max);
            TVector log = TVector.Broadcast(SoftmaxRow.LogOfTotal<TVector>(x, null, columns, max, sum, out _));
            for (int i = 0; i < columns; i += TVector.Count)
            {
                int count = Math.Min(TVector.Count, columns - i);
                Operand.Store(Operand.Load<TVector>(x + i, count) - shift - log, y + i, count);
            }
        }
    }
}
