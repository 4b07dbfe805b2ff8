using System.Runtime.CompilerServices;

namespace ModelDsl.Kernels;

/// <summary>The sums l1·|x| + l2·x² over chunks of the elements, and the derivative l1·sign(x) + 2·l2·x, with sign(0) = 0.</summary>
/// <param name="values">The elements.</param>
/// <param name="gradient">Where the derivative goes, or null.</param>
/// <param name="count">The number of elements.</param>
/// <param name="l1">The factor of the absolute values.</param>
/// <param name="l2">The factor of the squares.</param>
/// <param name="accumulate">Whether the derivative is added to what is there.</param>
/// <param name="partials">Room for the sum of each chunk.</param>
internal readonly unsafe struct PenaltyKernel(
    float* values, float* gradient, int count, float l1, float l2, bool accumulate, double* partials) : IRangeKernel
{
    /// <summary>The elements that are summed in single precision before their sum is added in double precision.</summary>
    public const int ChunkLength = 1024;

    private readonly float* _values = values;
    private readonly float* _gradient = gradient;
    private readonly double* _partials = partials;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Invoke<TVector>(int start, int end)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector absolute = TVector.Broadcast(l1);
        TVector square = TVector.Broadcast(l2);
        for (int chunk = start; chunk < end; chunk++)
        {
            int last = (int)Math.Min(count, ((long)chunk + 1) * ChunkLength);
            TVector sum = TVector.Zero;
            for (int i = chunk * ChunkLength; i < last; i += TVector.Count)
            {
                int lanes = Math.Min(TVector.Count, last - i);
                TVector x = Operand.Load<TVector>(_values + i, lanes);
                sum = TVector.MultiplyAdd(TVector.MultiplyAdd(square, TVector.Abs(x), absolute), TVector.Abs(x), sum);
                if (_gradient is not null)
                {
                    TVector derivative = Derivative(x, absolute, square);
                    if (accumulate)
                    {
                        derivative += Operand.Load<TVector>(_gradient + i, lanes);
                    }

                    Operand.Store(derivative, _gradient + i, lanes);
                }
            }

            _partials[chunk] = TVector.Sum(sum);
        }
    }

    /// <summary>l1·sign(x) + 2·l2·x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Derivative<TVector>(TVector x, TVector l1, TVector l2)
        where TVector : struct, ISimdVector<TVector>
    {
        // A NaN passes on through the product.
        TVector sign = TVector.ConditionalSelect(TVector.EqualTo(x, TVector.Zero), TVector.Zero, TVector.CopySign(l1, x));
        return TVector.MultiplyAdd(l2 + l2, x, sign);
    }
}
