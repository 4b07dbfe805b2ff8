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
    /// <summary>The elements whose losses are added up by themselves where rows need not be told apart.</summary>
    private const int ChunkLength = 1024;

    /// <summary>The mean loss of a batch.</summary>
    /// <param name="outputs">The model's outputs: [batch, columns].</param>
    /// <param name="targets">Values in [0, 1] of the output's shape.</param>
    /// <param name="batch">The number of samples; with 0 the loss is 0.</param>
    /// <param name="columns">The number of outputs of a sample; positive.</param>
    /// <param name="positiveWeights">
    /// A factor of at least 0 for the positive class: one for all outputs, one for each, or none (1).
    /// </param>
    /// <param name="rowsPerSample">How many rows belong to a sample.</param>
    /// <exception cref="ArgumentException">
    /// The targets are of the wrong kind, count or range, or the outputs are shorter than their shape.
    /// </exception>
    public static float Evaluate(
        FloatSpan outputs,
        Targets targets,
        int batch,
        int columns,
        ReadOnlySpan<float> positiveWeights = default,
        int rowsPerSample = 1) =>
        Evaluate(outputs, targets, batch, columns, positiveWeights, rowsPerSample, LossGradient.None);

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
    /// <param name="rowsPerSample">How many rows belong to a sample.</param>
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
        float gradientScale = 1f,
        int rowsPerSample = 1) =>
        Evaluate(
            outputs,
            targets,
            batch,
            columns,
            positiveWeights,
            rowsPerSample,
            LossGradient.Of(gradient, batch, columns, gradientScale));

    private static float Evaluate(
        FloatSpan outputs,
        Targets targets,
        int batch,
        int columns,
        ReadOnlySpan<float> positiveWeights,
        int rowsPerSample,
        LossGradient gradient)
    {
        Guard.Matrix(outputs, batch, columns);
        ReadOnlySpan<float> values = TargetGuard.Probabilities(targets, batch, columns, "the binary cross-entropy");
        TargetGuard.Weights(positiveWeights, positiveWeights.Length > 1 ? columns : positiveWeights.Length, "output");
        if (values.IsEmpty)
        {
            return 0f;
        }

        // Where each output has a weight of its own, a part is a row. Otherwise rows need not be told apart.
        bool byOutput = positiveWeights.Length > 1;
        int partLength = byOutput ? columns : ChunkLength;
        fixed (float* weights = positiveWeights)
        fixed (float* sampleWeights = targets.SampleWeights)
        {
            var mean = new LossMean(targets, sampleWeights, batch, rowsPerSample, columns);
            var pieces = new LossPieces(values.Length, columns * rowsPerSample, partLength, mean);
            return mean.Of(weights is null
                ? Sum(default(LogisticLoss), outputs, values, gradient, pieces, partLength)
                : Sum(new WeightedLogisticLoss(weights, byOutput), outputs, values, gradient, pieces, partLength));
        }
    }

    private static double Sum<TLoss>(
        TLoss loss,
        FloatSpan outputs,
        ReadOnlySpan<float> values,
        LossGradient gradient,
        in LossPieces pieces,
        int partLength)
        where TLoss : struct, ILogisticLoss
    {
        double* partials = LossSum.Partials(pieces.Count);
        fixed (float* target = values)
        {
            var kernel = new BinaryCrossEntropyKernel<TLoss>(
                loss, outputs.Pointer, target, gradient, pieces, partials);
            return LossSum.Run(kernel, partials, pieces.Count, partLength);
        }
    }
}

/// <summary>The loss of a logit, by what the sum over the logits has computed of it already.</summary>
internal interface ILogisticLoss
{
    /// <summary>The loss, and its derivative where it is wanted.</summary>
    /// <param name="y">Logits.</param>
    /// <param name="t">Targets.</param>
    /// <param name="power">e^-|y|.</param>
    /// <param name="i">The place of the first logit in its part.</param>
    /// <param name="lanes">The number of lanes that are filled.</param>
    /// <param name="withDerivative">Whether the derivative is wanted.</param>
    /// <param name="derivative">The derivative, or zero.</param>
    TVector Evaluate<TVector>(
        TVector y, TVector t, TVector power, int i, int lanes, bool withDerivative, out TVector derivative)
        where TVector : struct, ISimdVector<TVector>;
}

/// <summary>max(0, y) - t·y + log(1 + e^-|y|).</summary>
internal readonly struct LogisticLoss : ILogisticLoss
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Evaluate<TVector>(
        TVector y, TVector t, TVector power, int i, int lanes, bool withDerivative, out TVector derivative)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector tail = VectorMath.LogOnePlus(power);
        derivative = TVector.Zero;
        if (withDerivative)
        {
            // (1 - t)·σ(y) - t·σ(-y), where σ(y) - t would round away what is missing to 1.
            TVector positive = (TVector.Broadcast(1f) - t) * Logistic(y, power);
            derivative = TVector.MultiplyAdd(-t, Logistic(-y, power), positive);
        }

        return TVector.MultiplyAdd(-t, y, TVector.Max(TVector.Zero, y)) + tail;
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

/// <summary>p·t·(max(0, -y) + log(1 + e^-|y|)) + (1 - t)·(max(0, y) + log(1 + e^-|y|)).</summary>
/// <param name="weights">The weight p of the positive class: one for each logit of a part, or one for all.</param>
/// <param name="isByOutput">Whether there is one for each.</param>
internal readonly unsafe struct WeightedLogisticLoss(float* weights, bool isByOutput) : ILogisticLoss
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Evaluate<TVector>(
        TVector y, TVector t, TVector power, int i, int lanes, bool withDerivative, out TVector derivative)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector weight = isByOutput ? Operand.Load<TVector>(weights + i, lanes) : TVector.Broadcast(*weights);
        TVector positive = weight * t;
        TVector negative = TVector.Broadcast(1f) - t;
        TVector tail = VectorMath.LogOnePlus(power);
        derivative = TVector.Zero;
        if (withDerivative)
        {
            derivative = TVector.MultiplyAdd(
                -positive, LogisticLoss.Logistic(-y, power), negative * LogisticLoss.Logistic(y, power));
        }

        return TVector.MultiplyAdd(
            positive, TVector.Max(TVector.Zero, -y) + tail, negative * (TVector.Max(TVector.Zero, y) + tail));
    }
}

/// <summary>The sums of <see cref="BinaryCrossEntropyLoss"/> over parts of the elements, and the gradient.</summary>
internal readonly unsafe struct BinaryCrossEntropyKernel<TLoss>(
    TLoss loss,
    float* outputs,
    float* targets,
    LossGradient gradient,
    LossPieces pieces,
    double* partials)
    : IRangeKernel
    where TLoss : struct, ILogisticLoss
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Invoke<TVector>(int start, int end)
        where TVector : struct, ISimdVector<TVector>
    {
        bool withGradient = gradient.IsWanted;
        for (int part = start; part < end; part++)
        {
            (int first, int length) = pieces.Place(part);
            float weight = pieces.WeightOf(part);
            if (weight == 0f)
            {
                // Also where its loss is no number.
                gradient.Clear(first, length);
                partials[part] = 0;
                continue;
            }

            TVector scale = TVector.Broadcast(pieces.Share(gradient.Scale, weight));
            float* partOutputs = outputs + first;
            float* partTargets = targets + first;
            TVector sum = TVector.Zero, total = TVector.Zero, rest = TVector.Zero;
            for (int i = 0; i < length; i += TVector.Count)
            {
                if (i % (LongSum.Block * TVector.Count) == 0)
                {
                    LongSum.Add(ref total, ref rest, sum);
                    sum = TVector.Zero;
                }

                int lanes = Math.Min(TVector.Count, length - i);
                TVector y = Operand.Load<TVector>(partOutputs + i, lanes);
                TVector t = Operand.Load<TVector>(partTargets + i, lanes);
                TVector power = VectorMath.Exp(-TVector.Abs(y));
                TVector terms = loss.Evaluate(y, t, power, i, lanes, withGradient, out TVector derivative);
                sum += TVector.ConditionalSelect(TVector.FirstLanes(lanes), terms, TVector.Zero);
                if (withGradient)
                {
                    Operand.Store(derivative * scale, gradient.Values + first + i, lanes);
                }
            }

            LongSum.Add(ref total, ref rest, sum);
            partials[part] = (double)weight * TVector.Sum(total);
        }
    }
}
