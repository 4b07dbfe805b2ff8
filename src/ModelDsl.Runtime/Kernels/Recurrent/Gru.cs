namespace ModelDsl.CompilerServices;

/// <summary>
/// r, z = σ(x·Wᵀ + b + h·Uᵀ + d), n = tanh(x·Wᵀ + b + r·(h·Uᵀ + d)), each with rows of its own; h ← (1 - z)·n + z·h, step by
/// step.
/// </summary>
/// <remarks>
/// Cho et al., "Learning Phrase Representations using RNN Encoder-Decoder" (2014), in the variant where the reset gate r
/// multiplies the product (PyTorch's, and Keras' <c>reset_after</c>). The gates lie in the order r, z, n, as in PyTorch. See
/// <see cref="RecurrentShape"/> for the order of the steps; a call works on the steps from <c>firstStep</c> to before
/// <c>endStep</c>, in the order in which they are read.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Gru
{
    /// <summary>The outputs of some steps, from the products of the input with its weight.</summary>
    /// <param name="projected">x·Wᵀ + b of all steps: [batch, steps, 3·units].</param>
    /// <param name="packedWeight">U, laid out by <see cref="RecurrentWeight.PackForward"/>.</param>
    /// <param name="bias">d: [3·units], or empty.</param>
    /// <param name="gates">In training, where r, z and n go: [batch, steps, 3·units]; may be <paramref name="projected"/>. Else empty.</param>
    /// <param name="candidates">In training, where h·Uᵀ + d of n goes: [batch, steps, units]. Else empty.</param>
    /// <param name="previous">In training, where what each step reads of the output before goes: [batch, steps, units]. Else empty.</param>
    /// <param name="result">[batch, steps, units], or [batch, units] where only the last output is wanted.</param>
    /// <param name="batch">The number of samples; with 0 nothing is done.</param>
    /// <param name="shape">The extents.</param>
    /// <param name="firstStep">The first step.</param>
    /// <param name="endStep">The step after the last one.</param>
    /// <param name="mask">
    /// Not 0 where a step is padding, which changes no state: [batch, steps]; empty where none is.
    /// </param>
    /// <param name="initialHidden">What the first step reads: [batch, units]; empty for zeros.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape, or the steps are none of the sequence.</exception>
    public static void Forward(
        FloatSpan projected,
        FloatSpan packedWeight,
        FloatSpan bias,
        FloatSpan gates,
        FloatSpan candidates,
        FloatSpan previous,
        FloatSpan result,
        int batch,
        RecurrentShape shape,
        int firstStep,
        int endStep,
        FloatSpan mask = default,
        FloatSpan initialHidden = default)
    {
        var steps = new RecurrentSteps(batch, shape, gates: 3, firstStep, endStep, mask);
        steps.CheckGates(projected);
        steps.CheckResult(result);
        steps.CheckState(initialHidden);
        if (!bias.IsEmpty)
        {
            Guard.Vector(bias, 3 * shape.Units);
        }

        bool isTraining = !gates.IsEmpty;
        if (isTraining)
        {
            steps.CheckGates(gates);
            steps.CheckStates(candidates);
            steps.CheckStates(previous);
        }

        var hidden = new HiddenStates(
            result.Pointer, isTraining ? previous.Pointer : null, shape, initialHidden.Pointer);
        var cell = new ForwardCell(
            shape.Units, projected.Pointer, bias.IsEmpty ? null : bias.Pointer, isTraining ? gates.Pointer : null,
            isTraining ? candidates.Pointer : null, hidden);
        RecurrentForward<ForwardCell>.Run(cell, hidden, packedWeight, steps);
    }

    /// <summary>The gradients of both products, over some steps, from the one that is read last.</summary>
    /// <param name="gates">What the forward pass kept.</param>
    /// <param name="candidates">What the forward pass kept.</param>
    /// <param name="previous">What the forward pass kept.</param>
    /// <param name="packedWeight">U, laid out by <see cref="RecurrentWeight.PackBackward"/>.</param>
    /// <param name="resultGradient">As large as the result; empty where it is zero.</param>
    /// <param name="projectedGradient">Where that of x·Wᵀ + b goes: [batch, steps, 3·units].</param>
    /// <param name="productGradient">Where that of h·Uᵀ + d goes: [batch, steps, 3·units]; may be <paramref name="gates"/>.</param>
    /// <param name="hiddenGradient">What a call hands to the next: [batch, units rounded up to a multiple of 32].</param>
    /// <param name="batch">The number of samples; with 0 nothing is done.</param>
    /// <param name="shape">The extents.</param>
    /// <param name="firstStep">The first step.</param>
    /// <param name="endStep">The step after the last one.</param>
    /// <param name="mask">
    /// Not 0 where a step is padding, which changes no state: [batch, steps]; empty where none is.
    /// </param>
    /// <param name="lastHiddenGradient">That of the last state: [batch, units]; empty where it is zero.</param>
    /// <param name="initialHiddenGradient">Where that of the initial state goes: [batch, units]; or empty.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape, or the steps are none of the sequence.</exception>
    public static void Backward(
        FloatSpan gates,
        FloatSpan candidates,
        FloatSpan previous,
        FloatSpan packedWeight,
        FloatSpan resultGradient,
        FloatSpan projectedGradient,
        FloatSpan productGradient,
        FloatSpan hiddenGradient,
        int batch,
        RecurrentShape shape,
        int firstStep,
        int endStep,
        FloatSpan mask = default,
        FloatSpan lastHiddenGradient = default,
        FloatSpan initialHiddenGradient = default)
    {
        var steps = new RecurrentSteps(batch, shape, gates: 3, firstStep, endStep, mask);
        steps.CheckGates(gates);
        steps.CheckStates(candidates);
        steps.CheckStates(previous);
        steps.CheckResultGradient(resultGradient);
        steps.CheckGates(projectedGradient);
        steps.CheckGates(productGradient);
        var ends = new StateGradients(
            steps, lastHiddenGradient, initialHiddenGradient, hasLast: !lastHiddenGradient.IsEmpty);
        var cell = new BackwardCell(
            shape.Units, gates.Pointer, candidates.Pointer, previous.Pointer, new OutputGradients(
                resultGradient.Pointer, shape),
            projectedGradient.Pointer, productGradient.Pointer);
        RecurrentBackward<BackwardCell>.Run(cell, productGradient, packedWeight, hiddenGradient, steps, ends);
    }

    /// <summary>One step of one sequence at inference.</summary>
    /// <param name="projected">x·Wᵀ + b: [3·units].</param>
    /// <param name="products">h·Uᵀ + d: [3·units].</param>
    /// <param name="hidden">h, which the step replaces: [units].</param>
    /// <param name="units">The number of units; positive.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    public static void Step(FloatSpan projected, FloatSpan products, FloatSpan hidden, int units)
    {
        Guard.Matrix(projected, 3, units);
        Guard.Matrix(products, 3, units);
        Guard.Vector(hidden, units);
        RecurrentShape shape = RecurrentStepKernel<ForwardCell>.Shape(units);
        var cell = new ForwardCell(
            units, projected.Pointer, null, null, null, new HiddenStates(hidden.Pointer, null, shape));
        RecurrentStepKernel<ForwardCell>.Run(cell, products.Pointer);
    }

    private readonly struct ForwardCell(
        int units, float* projected, float* bias, float* gates, float* candidates, HiddenStates hidden)
        : IRecurrentForward
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Finish<TVector>(float* products, nint row, int sample, RecurrentStep step)
            where TVector : struct, ISimdVector<TVector>
        {
            float* x = projected + (row * 3 * units);
            float* kept = gates is null ? null : gates + (row * 3 * units);
            float* keptCandidate = candidates is null ? null : candidates + (row * units);
            float* before = hidden.Before(sample, step);
            float* output = hidden.Output(sample, step);
            float* next = hidden.Next(sample, step);
            for (int i = 0; i < units; i += TVector.Count)
            {
                int count = Math.Min(TVector.Count, units - i);
                TVector reset = VectorMath.Sigmoid(
                    Operand.Load<TVector>(x + i, count) + Product<TVector>(products, i, count));
                TVector update = VectorMath.Sigmoid(
                    Operand.Load<TVector>(x + units + i, count) + Product<TVector>(products, units + i, count));
                TVector product = Product<TVector>(products, (2 * units) + i, count);
                TVector candidate = VectorMath.Tanh(
                    TVector.MultiplyAdd(reset, product, Operand.Load<TVector>(x + (2 * units) + i, count)));
                TVector old = before is null ? TVector.Zero : Operand.Load<TVector>(before + i, count);
                HiddenStates.Store(TVector.MultiplyAdd(update, old - candidate, candidate), output, next, i, count);
                if (kept is not null)
                {
                    Operand.Store(reset, kept + i, count);
                    Operand.Store(update, kept + units + i, count);
                    Operand.Store(candidate, kept + (2 * units) + i, count);
                    Operand.Store(product, keptCandidate + i, count);
                }
            }
        }

        public void Keep(nint row, int sample, RecurrentStep step) => hidden.Keep(sample, step);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private TVector Product<TVector>(float* products, int index, int count)
            where TVector : struct, ISimdVector<TVector>
        {
            TVector product = Operand.Load<TVector>(products + index, count);
            return bias is null ? product : product + Operand.Load<TVector>(bias + index, count);
        }
    }

    private readonly struct BackwardCell(
        int units,
        float* gates,
        float* candidates,
        float* previous,
        OutputGradients outputs,
        float* projectedGradient,
        float* productGradient)
        : IRecurrentBackward
    {
        public static bool HasDirectPath => true;

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Differentiate<TVector>(float* carry, nint row, int sample, RecurrentStep step)
            where TVector : struct, ISimdVector<TVector>
        {
            float* gate = gates + (row * 3 * units);
            float* product = candidates + (row * units);
            float* before = previous + (row * units);
            float* output = outputs.Of(sample, step);
            float* toProjected = projectedGradient + (row * 3 * units);
            float* toProduct = productGradient + (row * 3 * units);
            TVector one = TVector.Broadcast(1f);
            for (int i = 0; i < units; i += TVector.Count)
            {
                int count = Math.Min(TVector.Count, units - i);
                TVector reset = Operand.Load<TVector>(gate + i, count);
                TVector update = Operand.Load<TVector>(gate + units + i, count);
                TVector candidate = Operand.Load<TVector>(gate + (2 * units) + i, count);
                TVector hidden = OutputGradients.Sum<TVector>(output, carry, step, i, count);
                TVector ofUpdate = hidden * (Operand.Load<TVector>(before + i, count) - candidate)
                    * (update * (one - update));
                TVector ofCandidate = hidden * (one - update) * TVector.MultiplyAdd(-candidate, candidate, one);
                TVector ofReset = ofCandidate * Operand.Load<TVector>(product + i, count) * (reset * (one - reset));
                Operand.Store(hidden * update, carry + i, count);
                Operand.Store(ofReset, toProjected + i, count);
                Operand.Store(ofUpdate, toProjected + units + i, count);
                Operand.Store(ofCandidate, toProjected + (2 * units) + i, count);
                Operand.Store(ofReset, toProduct + i, count);
                Operand.Store(ofUpdate, toProduct + units + i, count);
                Operand.Store(ofCandidate * reset, toProduct + (2 * units) + i, count);
            }
        }

        public void Pass<TVector>(float* carry, nint row, int sample, RecurrentStep step)
            where TVector : struct, ISimdVector<TVector>
        {
            outputs.AddTo<TVector>(carry, sample, step);
            new Span<float>(projectedGradient + (row * 3 * units), 3 * units).Clear();
            new Span<float>(productGradient + (row * 3 * units), 3 * units).Clear();
        }
    }
}
