using System.Runtime.CompilerServices;
using ModelDsl.Threading;

namespace ModelDsl.Kernels;

/// <summary>The rows of <see cref="Softmax.Forward"/>.</summary>
internal readonly unsafe struct SoftmaxForwardKernel(float* source, float* destination, int columns) : IRangeKernel
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
            float sum = SoftmaxRow.Exponentials<TVector>(x, y, columns, SoftmaxRow.Max<TVector>(x, columns));
            SoftmaxRow.Scale<TVector>(y, columns, 1f / sum);
        }
    }
}
