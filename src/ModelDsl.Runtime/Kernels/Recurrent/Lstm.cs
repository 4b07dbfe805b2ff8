namespace ModelDsl.CompilerServices;

/// <summary>
/// i, f, o = σ(…), g = tanh(…), each of x·Wᵀ + h·Uᵀ + b with rows of its own; c ← f·c + i·g; h ← o·tanh(c), step by step.
/// </summary>
/// <remarks>
/// Hochreiter and Schmidhuber, "Long Short-Term Memory" (1997), with the forget gate of Gers, Schmidhuber and Cummins (2000).
/// The gates lie in the order i, f, g, o, as in PyTorch. See <see cref="RecurrentShape"/> for the order of the steps;
/// a call works on the steps from <c>firstStep</c> to before <c>endStep</c>, in the order in which they are read.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Lstm
{
    /// <summary>The outputs of some steps, from the products of the input with its weight.</summary>
    /// <param name="projected">x·Wᵀ + b of all steps: [batch, steps, 4·units].</param>
    /// <param name="packedWeight">U, laid out by <see cref="RecurrentWeight.PackForward"/>.</param>
    /// <param name="gates">In training, where i, f, g and o go: [batch, steps, 4·units]; may be <paramref name="projected"/>. Else empty.</param>
    /// <param name="cells">In training, where c of all steps goes: [batch, steps, units]; else working memory of [batch, units].</param>
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
    /// <param name="initialCell">The cell that the first step reads: [batch, units]; empty for zeros.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape, or the steps are none of the sequence.</exception>
    public static void Forward(
        FloatSpan projected,
        FloatSpan packedWeight,
        FloatSpan gates,
        FloatSpan cells,
        FloatSpan previous,
        FloatSpan result,
        int batch,
        RecurrentShape shape,
        int firstStep,
        int endStep,
        FloatSpan mask = default,
        FloatSpan initialHidden = default,
        FloatSpan initialCell = default)
    {
        var steps = new RecurrentSteps(batch, shape, gates: 4, firstStep, endStep, mask);
        steps.CheckGates(projected);
        steps.CheckResult(result);
        steps.CheckState(initialHidden);
        steps.CheckState(initialCell);
        Guard.Blocks(cells, batch, gates.IsEmpty ? 1 : shape.Steps, shape.Units);
        if (!gates.IsEmpty)
        {
            steps.CheckGates(gates);
            steps.CheckStates(previous);
        }

        bool isTraining = !gates.IsEmpty;
        var hidden = new HiddenStates(
            result.Pointer, isTraining ? previous.Pointer : null, shape, initialHidden.Pointer);
        var cell = new ForwardCell(
            shape.Units, projected.Pointer, isTraining ? gates.Pointer : null,
            new CellStates(cells.Pointer, initialCell.Pointer, shape.Units, hasSteps: isTraining), hidden);
        RecurrentForward<ForwardCell>.Run(cell, hidden, packedWeight, steps);
    }

    /// <summary>The gradient of what the gates are computed from, over some steps, from the one that is read last.</summary>
    /// <param name="gates">What the forward pass kept.</param>
    /// <param name="cells">What the forward pass kept.</param>
    /// <param name="packedWeight">U, laid out by <see cref="RecurrentWeight.PackBackward"/>.</param>
    /// <param name="resultGradient">As large as the result; empty where it is zero.</param>
    /// <param name="gateGradient">Where it goes: [batch, steps, 4·units]; may be <paramref name="gates"/>.</param>
    /// <param name="hiddenGradient">What a call hands to the next: [batch, units rounded up to a multiple of 32].</param>
    /// <param name="cellGradient">What a call hands to the next: [batch, units].</param>
    /// <param name="batch">The number of samples; with 0 nothing is done.</param>
    /// <param name="shape">The extents.</param>
    /// <param name="firstStep">The first step.</param>
    /// <param name="endStep">The step after the last one.</param>
    /// <param name="mask">
    /// Not 0 where a step is padding, which changes no state: [batch, steps]; empty where none is.
    /// </param>
    /// <param name="lastHiddenGradient">That of the last state: [batch, units]; empty where it is zero.</param>
    /// <param name="lastCellGradient">That of the last cell: [batch, units]; empty where it is zero.</param>
    /// <param name="initialHiddenGradient">Where that of the initial state goes: [batch, units]; or empty.</param>
    /// <param name="initialCell">The cell that the first step read; empty for zeros.</param>
    /// <param name="initialCellGradient">Where its gradient goes: [batch, units]; empty for nowhere.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape, or the steps are none of the sequence.</exception>
    public static void Backward(
        FloatSpan gates,
        FloatSpan cells,
        FloatSpan packedWeight,
        FloatSpan resultGradient,
        FloatSpan gateGradient,
        FloatSpan hiddenGradient,
        FloatSpan cellGradient,
        int batch,
        RecurrentShape shape,
        int firstStep,
        int endStep,
        FloatSpan mask = default,
        FloatSpan lastHiddenGradient = default,
        FloatSpan lastCellGradient = default,
        FloatSpan initialHiddenGradient = default,
        FloatSpan initialCell = default,
        FloatSpan initialCellGradient = default)
    {
        var steps = new RecurrentSteps(batch, shape, gates: 4, firstStep, endStep, mask);
        steps.CheckGates(gates);
        steps.CheckStates(cells);
        steps.CheckResultGradient(resultGradient);
        steps.CheckGates(gateGradient);
        steps.CheckRows(cellGradient, shape.Units);
        steps.CheckState(initialCell);
        bool hasLast = !lastHiddenGradient.IsEmpty || !lastCellGradient.IsEmpty;
        var cellStates = new StateGradients(steps, lastCellGradient, initialCellGradient, hasLast);
        var cell = new BackwardCell(
            shape.Units, gates.Pointer,
            new CellStates(cells.Pointer, initialCell.Pointer, shape.Units, hasSteps: true),
            new OutputGradients(resultGradient.Pointer, shape), gateGradient.Pointer, cellGradient.Pointer);
        cellStates.Begin(cellGradient, shape.Units);
        RecurrentBackward<BackwardCell>.Run(
            cell, gateGradient, packedWeight, hiddenGradient, steps,
            new StateGradients(steps, lastHiddenGradient, initialHiddenGradient, hasLast));
        cellStates.End(cellGradient, shape.Units);
    }

    /// <summary>One step of one sequence at inference.</summary>
    /// <param name="projected">x·Wᵀ + b: [4·units].</param>
    /// <param name="products">h·Uᵀ: [4·units].</param>
    /// <param name="cells">c, which the step replaces: [units].</param>
    /// <param name="hidden">h, which the step replaces: [units].</param>
    /// <param name="units">The number of units; positive.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    public static void Step(FloatSpan projected, FloatSpan products, FloatSpan cells, FloatSpan hidden, int units)
    {
        Guard.Matrix(projected, 4, units);
        Guard.Matrix(products, 4, units);
        Guard.Vector(cells, units);
        Guard.Vector(hidden, units);
        RecurrentShape shape = RecurrentStepKernel<ForwardCell>.Shape(units);
        var cell = new ForwardCell(
            units, projected.Pointer, null, new CellStates(cells.Pointer, null, units, hasSteps: false),
            new HiddenStates(hidden.Pointer, null, shape));
        RecurrentStepKernel<ForwardCell>.Run(cell, products.Pointer);
    }

    /// <summary>Where the cells lie, and those of the step before.</summary>
    /// <param name="cells">[batch, steps, units], or [batch, units] for those of the step at hand only.</param>
    /// <param name="initial">[batch, units] for what the first step reads, or null for zeros.</param>
    /// <param name="units">The number of units.</param>
    /// <param name="hasSteps">Whether the cells of all steps lie there.</param>
    private readonly struct CellStates(float* cells, float* initial, int units, bool hasSteps)
    {
        /// <summary>Where the cell of a sample's step lies.</summary>
        public float* Of(nint row, int sample) => cells + ((hasSteps ? row : sample) * units);

        /// <summary>What a sample's step reads of the one before it; null for zeros.</summary>
        public float* Before(nint row, int sample, RecurrentStep step)
        {
            if (step.IsFirst)
            {
                return initial is null ? null : initial + ((nint)sample * units);
            }

            return hasSteps ? Of(row - step.Direction, sample) : Of(row, sample);
        }
    }

    private readonly struct ForwardCell(
        int units, float* projected, float* gates, CellStates cells, HiddenStates hidden)
        : IRecurrentForward
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Finish<TVector>(float* products, nint row, int sample, RecurrentStep step)
            where TVector : struct, ISimdVector<TVector>
        {
            float* x = projected + (row * 4 * units);
            float* kept = gates is null ? null : gates + (row * 4 * units);
            float* cell = cells.Of(row, sample);
            float* before = cells.Before(row, sample, step);
            float* output = hidden.Output(sample, step);
            float* next = hidden.Next(sample, step);
            for (int i = 0; i < units; i += TVector.Count)
            {
                int count = Math.Min(TVector.Count, units - i);
                TVector input = VectorMath.Sigmoid(Sum<TVector>(products, x, i, count));
                TVector forget = VectorMath.Sigmoid(Sum<TVector>(products, x, units + i, count));
                TVector candidate = VectorMath.Tanh(Sum<TVector>(products, x, (2 * units) + i, count));
                TVector outward = VectorMath.Sigmoid(Sum<TVector>(products, x, (3 * units) + i, count));
                TVector old = before is null ? TVector.Zero : Operand.Load<TVector>(before + i, count);
                TVector state = TVector.MultiplyAdd(forget, old, input * candidate);
                Operand.Store(state, cell + i, count);
                HiddenStates.Store(outward * VectorMath.Tanh(state), output, next, i, count);
                if (kept is not null)
                {
                    Operand.Store(input, kept + i, count);
                    Operand.Store(forget, kept + units + i, count);
                    Operand.Store(candidate, kept + (2 * units) + i, count);
                    Operand.Store(outward, kept + (3 * units) + i, count);
                }
            }
        }

        public void Keep(nint row, int sample, RecurrentStep step)
        {
            hidden.Keep(sample, step);
            float* cell = cells.Of(row, sample);
            float* before = cells.Before(row, sample, step);
            HiddenStates.Copy(before, cell, units);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static TVector Sum<TVector>(float* products, float* x, int index, int count)
            where TVector : struct, ISimdVector<TVector> =>
            Operand.Load<TVector>(products + index, count) + Operand.Load<TVector>(x + index, count);
    }

    private readonly struct BackwardCell(
        int units,
        float* gates,
        CellStates cells,
        OutputGradients outputs,
        float* gateGradient,
        float* cellGradient)
        : IRecurrentBackward
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Differentiate<TVector>(float* carry, nint row, int sample, RecurrentStep step)
            where TVector : struct, ISimdVector<TVector>
        {
            float* gate = gates + (row * 4 * units);
            float* gradient = gateGradient + (row * 4 * units);
            float* cell = cells.Of(row, sample);
            float* before = cells.Before(row, sample, step);
            float* cellCarry = cellGradient + ((nint)sample * units);
            float* output = outputs.Of(sample, step);
            TVector one = TVector.Broadcast(1f);
            for (int i = 0; i < units; i += TVector.Count)
            {
                int count = Math.Min(TVector.Count, units - i);
                TVector input = Operand.Load<TVector>(gate + i, count);
                TVector forget = Operand.Load<TVector>(gate + units + i, count);
                TVector candidate = Operand.Load<TVector>(gate + (2 * units) + i, count);
                TVector outward = Operand.Load<TVector>(gate + (3 * units) + i, count);
                TVector old = before is null ? TVector.Zero : Operand.Load<TVector>(before + i, count);
                TVector squashed = VectorMath.Tanh(Operand.Load<TVector>(cell + i, count));
                TVector hidden = OutputGradients.Sum<TVector>(output, carry, step, i, count);
                TVector slope = TVector.MultiplyAdd(-squashed, squashed, one);
                TVector state = hidden * outward * slope;
                if (step.HasCarry)
                {
                    state += Operand.Load<TVector>(cellCarry + i, count);
                }

                Operand.Store(state * forget, cellCarry + i, count);
                Operand.Store(state * candidate * (input * (one - input)), gradient + i, count);
                Operand.Store(state * old * (forget * (one - forget)), gradient + units + i, count);
                Operand.Store(
                    state * input * TVector.MultiplyAdd(-candidate, candidate, one), gradient + (2 * units) + i, count);
                Operand.Store(hidden * squashed * (outward * (one - outward)), gradient + (3 * units) + i, count);
            }
        }

        public void Pass<TVector>(float* carry, nint row, int sample, RecurrentStep step)
            where TVector : struct, ISimdVector<TVector>
        {
            outputs.AddTo<TVector>(carry, sample, step);
            new Span<float>(gateGradient + (row * 4 * units), 4 * units).Clear();
            if (!step.HasCarry)
            {
                new Span<float>(cellGradient + ((nint)sample * units), units).Clear();
            }
        }
    }
}
