using System.Runtime.CompilerServices;

namespace ModelDsl.Kernels;

/// <summary>
/// The sums of <see cref="BinaryCrossEntropyLoss"/> with weights of the positive class over parts of the elements, and the
/// gradient. A part is a row where each output has a weight of its own.
/// </summary>
internal readonly unsafe struct WeightedBinaryCrossEntropyKernel(
    float* outputs, float* targets, float* gradient, int count, int partLength, float gradientScale, double* partials)
    : IRangeKernel
{
    private readonly float* _outputs = outputs;
    private readonly float* _targets = targets;
    private readonly float* _gradient = gradient;
    private readonly double* _partials = partials;

    public required float* Weights { get; init; }

    public required bool IsByOutput { get; init; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Invoke<TVector>(int start, int end)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector one = TVector.Broadcast(1f);
        TVector scale = TVector.Broadcast((float)((double)gradientScale / count));
        for (int part = start; part < end; part++)
        {
            long first = (long)part * partLength;
            int length = (int)Math.Min(count - first, partLength);
            float* y = _outputs + first;
            float* t = _targets + first;
            TVector sum = TVector.Zero, total = TVector.Zero, rest = TVector.Zero;
            for (int i = 0; i < length; i += TVector.Count)
            {
                if (i % (LongSum.Block * TVector.Count) == 0)
                {
                    LongSum.Add(ref total, ref rest, sum);
                    sum = TVector.Zero;
                }

                int lanes = Math.Min(TVector.Count, length - i);
                TVector output = Operand.Load<TVector>(y + i, lanes);
                TVector target = Operand.Load<TVector>(t + i, lanes);
                TVector weight = IsByOutput ? Operand.Load<TVector>(Weights + i, lanes) : TVector.Broadcast(*Weights);
                TVector positive = weight * target;
                TVector negative = one - target;
                TVector power = VectorMath.Exp(-TVector.Abs(output));
                TVector tail = VectorMath.LogOnePlus(power);
                TVector loss = TVector.MultiplyAdd(
                    positive, TVector.Max(TVector.Zero, -output) + tail, negative * (TVector.Max(TVector.Zero, output) + tail));
                sum += TVector.ConditionalSelect(TVector.FirstLanes(lanes), loss, TVector.Zero);
                if (_gradient is not null)
                {
                    TVector derivative = TVector.MultiplyAdd(
                        -positive,
                        BinaryCrossEntropyKernel.Logistic(-output, power),
                        negative * BinaryCrossEntropyKernel.Logistic(output, power));
                    Operand.Store(derivative * scale, _gradient + first + i, lanes);
                }
            }

            LongSum.Add(ref total, ref rest, sum);
            _partials[part] = TVector.Sum(total);
        }
    }
}
