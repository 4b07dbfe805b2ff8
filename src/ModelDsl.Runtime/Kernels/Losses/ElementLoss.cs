namespace ModelDsl.Kernels;

/// <summary>As <see cref="ILoss"/>, with constants of its own.</summary>
internal interface IElementLoss
{
    /// <summary>What a message calls the loss.</summary>
    static abstract string Name { get; }

    /// <summary>l(output, target) and ∂l/∂output, lane by lane.</summary>
    TVector Evaluate<TVector>(TVector output, TVector target, out TVector derivative)
        where TVector : struct, ISimdVector<TVector>;
}

/// <summary>
/// (1/N) Σ l(y, t) over all N elements of a batch, and the gradient l'(y, t) / N, in one pass; with weights of samples
/// Σ w·l(y, t) / Σ w over the elements, each of which has the weight of its sample.
/// </summary>
internal static unsafe class ElementLoss
{
    /// <summary>The mean loss of a batch, and its gradient where it is wanted.</summary>
    /// <param name="loss">The loss of one element.</param>
    /// <param name="outputs">[batch, columns].</param>
    /// <param name="targets">Values of the output's shape.</param>
    /// <param name="batch">The number of rows; with 0 the loss is 0.</param>
    /// <param name="columns">The number of outputs of a row.</param>
    /// <param name="rowsPerSample">How many rows belong to a sample.</param>
    /// <param name="gradient">[batch, columns].</param>
    /// <exception cref="ArgumentException">
    /// The targets are of the wrong kind or count, or the outputs are shorter than their shape.
    /// </exception>
    public static float Mean<TLoss>(
        TLoss loss,
        FloatSpan outputs,
        Targets targets,
        int batch,
        int columns,
        int rowsPerSample,
        LossGradient gradient)
        where TLoss : struct, IElementLoss
    {
        Guard.Matrix(outputs, batch, columns);
        TargetGuard.Values(targets, batch, columns, TLoss.Name);
        fixed (float* weights = targets.SampleWeights)
        {
            var mean = new LossMean(targets, weights, batch, rowsPerSample, columns);
            return Mean(loss, outputs, targets.Values, columns * rowsPerSample, mean, gradient);
        }
    }

    /// <summary>The mean loss of as many outputs as there are targets, which have been checked.</summary>
    public static float Mean<TLoss>(
        TLoss loss,
        FloatSpan outputs,
        ReadOnlySpan<float> values,
        int sampleLength,
        in LossMean mean,
        LossGradient gradient)
        where TLoss : struct, IElementLoss
    {
        if (values.IsEmpty)
        {
            return 0f;
        }

        var pieces = new LossPieces(values.Length, sampleLength, ElementLossKernel<TLoss>.ChunkLength, mean);
        double* partials = LossSum.Partials(pieces.Count);
        fixed (float* target = values)
        {
            var kernel = new ElementLossKernel<TLoss>(loss, outputs.Pointer, target, gradient, pieces, partials);
            return mean.Of(LossSum.Run(kernel, partials, pieces.Count, ElementLossKernel<TLoss>.ChunkLength));
        }
    }
}

/// <summary>
/// The elements of a batch in pieces whose losses are summed one by one: all of them as one run, or, where samples have
/// weights, the run of each sample by itself.
/// </summary>
internal readonly struct LossPieces
{
    private readonly LossMean _mean;
    private readonly int _runLength;
    private readonly int _pieceLength;
    private readonly int _piecesPerRun;

    /// <param name="length">The number of elements, positive.</param>
    /// <param name="sampleLength">The number of elements of a sample.</param>
    /// <param name="pieceLength">The most elements of a piece.</param>
    /// <param name="mean">The weights of the samples.</param>
    public LossPieces(int length, int sampleLength, int pieceLength, in LossMean mean)
    {
        _mean = mean;
        _pieceLength = pieceLength;
        _runLength = mean.IsWeighted ? sampleLength : length;
        _piecesPerRun = ((_runLength - 1) / pieceLength) + 1;
        Count = length / _runLength * _piecesPerRun;
    }

    /// <summary>The number of pieces.</summary>
    public int Count { get; }

    /// <summary>Where a piece lies among the elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (int Start, int Length) Place(int piece)
    {
        (int run, int number) = Math.DivRem(piece, _piecesPerRun);
        int start = number * _pieceLength;
        return ((run * _runLength) + start, Math.Min(_pieceLength, _runLength - start));
    }

    /// <summary>The weight of a piece, which is that of its sample.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float WeightOf(int piece) => _mean.WeightOfSample(piece / _piecesPerRun);

    /// <inheritdoc cref="LossMean.Share"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Share(float scale, float weight) => _mean.Share(scale, weight);
}

/// <summary>The sums of an element-wise loss over pieces of the elements, and the gradient.</summary>
internal readonly unsafe struct ElementLossKernel<TLoss>(
    TLoss loss, float* outputs, float* targets, LossGradient gradient, LossPieces pieces, double* partials)
    : IRangeKernel
    where TLoss : struct, IElementLoss
{
    /// <summary>
    /// The elements that are summed in single precision before their sum is added in double precision.
    /// </summary>
    public const int ChunkLength = 1024;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Invoke<TVector>(int start, int end)
        where TVector : struct, ISimdVector<TVector>
    {
        for (int piece = start; piece < end; piece++)
        {
            (int i, int length) = pieces.Place(piece);
            float weight = pieces.WeightOf(piece);
            if (weight == 0f)
            {
                // Also where its loss is no number.
                gradient.Clear(i, length);
                partials[piece] = 0;
                continue;
            }

            int last = i + length;
            TVector scale = TVector.Broadcast(pieces.Share(gradient.Scale, weight));

            // One sum would wait for itself: an addition takes longer than all else that a vector needs.
            TVector sum0 = TVector.Zero;
            TVector sum1 = TVector.Zero;
            TVector sum2 = TVector.Zero;
            TVector sum3 = TVector.Zero;
            for (; i <= last - (4 * TVector.Count); i += 4 * TVector.Count)
            {
                sum0 += Evaluate(i, TVector.Count, scale);
                sum1 += Evaluate(i + TVector.Count, TVector.Count, scale);
                sum2 += Evaluate(i + (2 * TVector.Count), TVector.Count, scale);
                sum3 += Evaluate(i + (3 * TVector.Count), TVector.Count, scale);
            }

            for (; i < last; i += TVector.Count)
            {
                // What a loss makes of the empty lanes' zeros is its own affair.
                int lanes = Math.Min(TVector.Count, last - i);
                TVector terms = Evaluate(i, lanes, scale);
                sum0 += lanes == TVector.Count
                    ? terms
                    : TVector.ConditionalSelect(TVector.FirstLanes(lanes), terms, TVector.Zero);
            }

            partials[piece] = (double)weight * TVector.Sum(sum0 + sum1 + (sum2 + sum3));
        }
    }

    /// <summary>The losses of some elements; writes their gradient where it is wanted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TVector Evaluate<TVector>(int i, int lanes, TVector scale)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector terms = loss.Evaluate(
            Operand.Load<TVector>(outputs + i, lanes), Operand.Load<TVector>(targets + i, lanes), out TVector derivative);
        if (gradient.IsWanted)
        {
            Operand.Store(derivative * scale, gradient.Values + i, lanes);
        }

        return terms;
    }
}
