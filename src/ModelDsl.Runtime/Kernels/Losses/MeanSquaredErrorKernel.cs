using System.Runtime.CompilerServices;
using ModelDsl.Threading;

namespace ModelDsl.Kernels;

/// <summary>The sums of <see cref="MeanSquaredErrorLoss"/> over chunks of the elements, and the gradient.</summary>
internal readonly unsafe struct MeanSquaredErrorKernel(
    float* outputs, float* targets, float* gradient, int count, float gradientScale, double* partials) : IRangeKernel
{
    /// <summary>The elements that are summed in single precision before their sum is added in double precision.</summary>
    public const int ChunkLength = 1024;

    private readonly float* _outputs = outputs;
    private readonly float* _targets = targets;
    private readonly float* _gradient = gradient;
    private readonly double* _partials = partials;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Invoke<TVector>(int start, int end)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector scale = TVector.Broadcast((float)(2.0 * gradientScale / count));
        for (int chunk = start; chunk < end; chunk++)
        {
            int last = (int)Math.Min(count, ((long)chunk + 1) * ChunkLength);
            TVector sum = TVector.Zero;
            for (int i = chunk * ChunkLength; i < last; i += TVector.Count)
            {
                int lanes = Math.Min(TVector.Count, last - i);
                TVector difference =
                    Operand.Load<TVector>(_outputs + i, lanes) - Operand.Load<TVector>(_targets + i, lanes);
                sum = TVector.MultiplyAdd(difference, difference, sum);
                if (_gradient is not null)
                {
                    Operand.Store(difference * scale, _gradient + i, lanes);
                }
            }

            _partials[chunk] = TVector.Sum(sum);
        }
    }
}
