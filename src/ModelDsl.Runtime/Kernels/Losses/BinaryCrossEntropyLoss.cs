namespace ModelDsl.CompilerServices;

/// <summary>
/// -(1/N) Σ (p·t·log σ(y) + (1 - t)·log(1 - σ(y))) over all N logits y of a batch, with σ the sigmoid and p the weight of the
/// positive class; the gradient is ((1 + (p - 1)·t)·σ(y) - p·t) / N.
/// </summary>
/// <remarks>
/// Computed with log σ(y) = -(max(-y, 0) + log(1 + e^-|y|)) and 1 - σ(y) = σ(-y), which neither overflows nor cancels. The weight is
/// PyTorch's pos_weight.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class BinaryCrossEntropyLoss
{
    /// <summary>The mean loss of a batch.</summary>
    /// <param name="outputs">The model's outputs: [batch, columns].</param>
    /// <param name="targets">Values in [0, 1] of the output's shape.</param>
    /// <param name="batch">The number of samples; with 0 the loss is 0.</param>
    /// <param name="columns">The number of outputs of a sample; positive.</param>
    /// <param name="positiveWeights">
    /// A factor of at least 0 for the positive class: one for all outputs, one for each, or none (1).
    /// </param>
    /// <exception cref="ArgumentException">
    /// The targets are of the wrong kind, count or range, or the outputs are shorter than their shape.
    /// </exception>
    public static float Evaluate(
        FloatSpan outputs, Targets targets, int batch, int columns, ReadOnlySpan<float> positiveWeights = default) =>
        Evaluate(outputs, targets, default, batch, columns, positiveWeights, 1f);

    /// <summary>The mean loss of a batch and its gradient with respect to the outputs.</summary>
    /// <param name="outputs">The model's outputs: [batch, columns].</param>
    /// <param name="targets">Values in [0, 1] of the output's shape.</param>
    /// <param name="gradient">Where the gradient goes: [batch, columns]; may be the outputs.</param>
    /// <param name="batch">The number of samples; with 0 the loss is 0.</param>
    /// <param name="columns">The number of outputs of a sample; positive.</param>
    /// <param name="positiveWeights">
    /// A factor of at least 0 for the positive class: one for all outputs, one for each, or none (1).
    /// </param>
    /// <param name="gradientScale">What the gradient is multiplied by; the loss is not.</param>
    /// <exception cref="ArgumentException">
    /// The targets are of the wrong kind, count or range, or an operand is shorter than its shape.
    /// </exception>
    public static float EvaluateWithGradient(
        FloatSpan outputs,
        Targets targets,
        FloatSpan gradient,
        int batch,
        int columns,
        ReadOnlySpan<float> positiveWeights = default,
        float gradientScale = 1f)
    {
        Guard.Matrix(gradient, batch, columns);
        return Evaluate(outputs, targets, gradient, batch, columns, positiveWeights, gradientScale);
    }

    private static float Evaluate(
        FloatSpan outputs,
        Targets targets,
        FloatSpan gradient,
        int batch,
        int columns,
        ReadOnlySpan<float> positiveWeights,
        float gradientScale)
    {
        Guard.Matrix(outputs, batch, columns);
        ReadOnlySpan<float> values = TargetGuard.Probabilities(targets, batch, columns, "the binary cross-entropy");
        TargetGuard.Weights(positiveWeights, positiveWeights.Length > 1 ? columns : positiveWeights.Length, "output");
        int count = batch * columns;
        if (count == 0)
        {
            return 0f;
        }

        if (!positiveWeights.IsEmpty)
        {
            return Weighted(outputs, values, gradient, columns, positiveWeights, gradientScale);
        }

        int chunks = (count + BinaryCrossEntropyKernel.ChunkLength - 1) / BinaryCrossEntropyKernel.ChunkLength;
        double* partials = LossSum.Partials(chunks);
        fixed (float* target = values)
        {
            var kernel = new BinaryCrossEntropyKernel(
                outputs.Pointer, target, gradient.Pointer, count, gradientScale, partials);
            return (float)(LossSum.Run(kernel, partials, chunks, BinaryCrossEntropyKernel.ChunkLength) / count);
        }
    }

    private static float Weighted(
        FloatSpan outputs,
        ReadOnlySpan<float> values,
        FloatSpan gradient,
        int columns,
        ReadOnlySpan<float> positiveWeights,
        float gradientScale)
    {
        // One weight for all outputs: rows need not be told apart.
        bool byOutput = positiveWeights.Length > 1;
        int length = byOutput ? columns : BinaryCrossEntropyKernel.ChunkLength;
        int parts = (values.Length + length - 1) / length;
        double* partials = LossSum.Partials(parts);
        fixed (float* target = values)
        fixed (float* weights = positiveWeights)
        {
            var kernel = new WeightedBinaryCrossEntropyKernel(
                outputs.Pointer, target, gradient.Pointer, values.Length, length, gradientScale, partials)
            {
                Weights = weights,
                IsByOutput = byOutput,
            };
            return (float)(LossSum.Run(kernel, partials, parts, length) / values.Length);
        }
    }
}

/// <summary>The sums of <see cref="BinaryCrossEntropyLoss"/> over chunks of the elements, and the gradient.</summary>
internal readonly unsafe struct BinaryCrossEntropyKernel(
    float* outputs, float* targets, float* gradient, int count, float gradientScale, double* partials) : IRangeKernel
{
    /// <summary>
    /// The elements that are summed in single precision before their sum is added in double precision.
    /// </summary>
    public const int ChunkLength = 1024;

    private readonly float* _outputs = outputs;
    private readonly float* _targets = targets;
    private readonly float* _gradient = gradient;
    private readonly double* _partials = partials;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Invoke<TVector>(int start, int end)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector one = TVector.Broadcast(1f);
        TVector scale = TVector.Broadcast((float)((double)gradientScale / count));
        for (int chunk = start; chunk < end; chunk++)
        {
            int last = (int)Math.Min(count, ((long)chunk + 1) * ChunkLength);
            TVector sum = TVector.Zero, total = TVector.Zero, rest = TVector.Zero;
            for (int i = chunk * ChunkLength; i < last; i += TVector.Count)
            {
                if (i % (LongSum.Block * TVector.Count) == 0)
                {
                    LongSum.Add(ref total, ref rest, sum);
                    sum = TVector.Zero;
                }

                int lanes = Math.Min(TVector.Count, last - i);
                TVector y = Operand.Load<TVector>(_outputs + i, lanes);
                TVector t = Operand.Load<TVector>(_targets + i, lanes);
                TVector power = VectorMath.Exp(-TVector.Abs(y));
                TVector tail = VectorMath.LogOnePlus(power);
                TVector loss = TVector.MultiplyAdd(-t, y, TVector.Max(TVector.Zero, y)) + tail;
                sum += TVector.ConditionalSelect(TVector.FirstLanes(lanes), loss, TVector.Zero);
                if (_gradient is not null)
                {
                    // (1 - t)·σ(y) - t·σ(-y), where σ(y) - t would round away what is missing to 1.
                    TVector derivative = TVector.MultiplyAdd(-t, Logistic(-y, power), (one - t) * Logistic(y, power));
                    Operand.Store(derivative * scale, _gradient + i, lanes);
                }
            }

            LongSum.Add(ref total, ref rest, sum);
            _partials[chunk] = TVector.Sum(total);
        }
    }

    /// <summary>σ(y) from e^-|y|.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Logistic<TVector>(TVector y, TVector power)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector one = TVector.Broadcast(1f);
        return TVector.ConditionalSelect(TVector.LessThan(y, TVector.Zero), power, one) / (one + power);
    }
}

/// <summary>
/// The sums of <see cref="BinaryCrossEntropyLoss"/> with weights of the positive class over parts of the elements, and
/// the gradient. A part is a row where each output has a weight of its own.
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
