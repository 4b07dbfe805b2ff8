namespace ModelDsl.CompilerServices;

/// <summary>h ← f(x·Wᵀ + h·Uᵀ + b), step by step.</summary>
/// <remarks>
/// Elman, "Finding Structure in Time" (1990). See <see cref="RecurrentShape"/> for the order of the steps; a call works on the
/// steps from <c>firstStep</c> to before <c>endStep</c>, in the order in which they are read.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class SimpleRnn
{
    /// <summary>The outputs of some steps, from the products of the input with its weight.</summary>
    /// <param name="projected">x·Wᵀ + b of all steps: [batch, steps, units].</param>
    /// <param name="packedWeight">U, laid out by <see cref="RecurrentWeight.PackForward"/>.</param>
    /// <param name="states">In training, where the outputs of all steps go: [batch, steps, units]; may be <paramref name="projected"/>. Else empty.</param>
    /// <param name="previous">In training, where what each step reads of the output before goes: [batch, steps, units]. Else empty.</param>
    /// <param name="result">[batch, steps, units], or [batch, units] where only the last output is wanted.</param>
    /// <param name="batch">The number of samples; with 0 nothing is done.</param>
    /// <param name="shape">The extents.</param>
    /// <param name="firstStep">The first step.</param>
    /// <param name="endStep">The step after the last one.</param>
    /// <param name="activation">f; its derivative must be one of its output.</param>
    /// <param name="mask">
    /// Not 0 where a step is padding, which changes no state: [batch, steps]; empty where none is.
    /// </param>
    /// <param name="initialHidden">What the first step reads: [batch, units]; empty for zeros.</param>
    /// <typeparam name="TActivation">The type of f.</typeparam>
    /// <exception cref="ArgumentException">An operand is shorter than its shape, or the steps are none of the sequence.</exception>
    public static void Forward<TActivation>(
        FloatSpan projected,
        FloatSpan packedWeight,
        FloatSpan states,
        FloatSpan previous,
        FloatSpan result,
        int batch,
        RecurrentShape shape,
        int firstStep,
        int endStep,
        TActivation activation,
        FloatSpan mask = default,
        FloatSpan initialHidden = default)
        where TActivation : struct, IActivation
    {
        var steps = new RecurrentSteps(batch, shape, gates: 1, firstStep, endStep, mask);
        steps.CheckStates(projected);
        steps.CheckResult(result);
        steps.CheckState(initialHidden);
        bool isTraining = !states.IsEmpty;
        if (isTraining)
        {
            steps.CheckStates(states);
            steps.CheckStates(previous);
        }

        var hidden = new HiddenStates(
            result.Pointer, isTraining ? previous.Pointer : null, shape, initialHidden.Pointer);
        var cell = new ForwardCell<TActivation>(
            shape.Units, projected.Pointer, isTraining ? states.Pointer : null, hidden, activation);
        RecurrentForward<ForwardCell<TActivation>>.Run(cell, hidden, packedWeight, steps);
    }

    /// <summary>The gradient of what f is applied to, over some steps, from the one that is read last.</summary>
    /// <param name="states">What the forward pass kept.</param>
    /// <param name="packedWeight">U, laid out by <see cref="RecurrentWeight.PackBackward"/>.</param>
    /// <param name="resultGradient">As large as the result; empty where it is zero.</param>
    /// <param name="gradient">Where it goes: [batch, steps, units]; may be <paramref name="states"/>.</param>
    /// <param name="hiddenGradient">What a call hands to the next: [batch, units rounded up to a multiple of 32].</param>
    /// <param name="batch">The number of samples; with 0 nothing is done.</param>
    /// <param name="shape">The extents.</param>
    /// <param name="firstStep">The first step.</param>
    /// <param name="endStep">The step after the last one.</param>
    /// <param name="activation">f.</param>
    /// <param name="mask">
    /// Not 0 where a step is padding, which changes no state: [batch, steps]; empty where none is.
    /// </param>
    /// <param name="lastHiddenGradient">That of the last state: [batch, units]; empty where it is zero.</param>
    /// <param name="initialHiddenGradient">Where that of the initial state goes: [batch, units]; or empty.</param>
    /// <typeparam name="TActivation">The type of f.</typeparam>
    /// <exception cref="ArgumentException">An operand is shorter than its shape, or the steps are none of the sequence.</exception>
    public static void Backward<TActivation>(
        FloatSpan states,
        FloatSpan packedWeight,
        FloatSpan resultGradient,
        FloatSpan gradient,
        FloatSpan hiddenGradient,
        int batch,
        RecurrentShape shape,
        int firstStep,
        int endStep,
        TActivation activation,
        FloatSpan mask = default,
        FloatSpan lastHiddenGradient = default,
        FloatSpan initialHiddenGradient = default)
        where TActivation : struct, IActivation
    {
        var steps = new RecurrentSteps(batch, shape, gates: 1, firstStep, endStep, mask);
        steps.CheckStates(states);
        steps.CheckResultGradient(resultGradient);
        steps.CheckStates(gradient);
        var ends = new StateGradients(
            steps, lastHiddenGradient, initialHiddenGradient, hasLast: !lastHiddenGradient.IsEmpty);
        var cell = new BackwardCell<TActivation>(
            shape.Units, states.Pointer, new OutputGradients(resultGradient.Pointer, shape), gradient.Pointer, activation);
        RecurrentBackward<BackwardCell<TActivation>>.Run(cell, gradient, packedWeight, hiddenGradient, steps, ends);
    }

    /// <summary>One step of one sequence at inference.</summary>
    /// <param name="projected">x·Wᵀ + b: [units].</param>
    /// <param name="products">h·Uᵀ: [units].</param>
    /// <param name="hidden">h, which the step replaces: [units].</param>
    /// <param name="units">The number of units; positive.</param>
    /// <param name="activation">f.</param>
    /// <typeparam name="TActivation">The type of f.</typeparam>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    public static void Step<TActivation>(
        FloatSpan projected, FloatSpan products, FloatSpan hidden, int units, TActivation activation)
        where TActivation : struct, IActivation
    {
        Guard.Vector(projected, units);
        Guard.Vector(products, units);
        Guard.Vector(hidden, units);
        RecurrentShape shape = RecurrentStepKernel<ForwardCell<TActivation>>.Shape(units);
        var cell = new ForwardCell<TActivation>(
            units, projected.Pointer, null, new HiddenStates(hidden.Pointer, null, shape), activation);
        RecurrentStepKernel<ForwardCell<TActivation>>.Run(cell, products.Pointer);
    }

    private readonly struct ForwardCell<TActivation>(
        int units, float* projected, float* states, HiddenStates hidden, TActivation activation)
        : IRecurrentForward
        where TActivation : struct, IActivation
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Finish<TVector>(float* products, nint row, int sample, RecurrentStep step)
            where TVector : struct, ISimdVector<TVector>
        {
            float* x = projected + (row * units);
            float* kept = states is null ? null : states + (row * units);
            float* output = hidden.Output(sample, step);
            float* next = hidden.Next(sample, step);
            for (int i = 0; i < units; i += TVector.Count)
            {
                int count = Math.Min(TVector.Count, units - i);
                TVector state = activation.Forward(
                    Operand.Load<TVector>(products + i, count) + Operand.Load<TVector>(x + i, count));
                HiddenStates.Store(state, output, next, i, count);
                if (kept is not null)
                {
                    Operand.Store(state, kept + i, count);
                }
            }
        }

        public void Keep(nint row, int sample, RecurrentStep step) => hidden.Keep(sample, step);
    }

    private readonly struct BackwardCell<TActivation>(
        int units, float* states, OutputGradients outputs, float* gradient, TActivation activation)
        : IRecurrentBackward
        where TActivation : struct, IActivation
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Differentiate<TVector>(float* carry, nint row, int sample, RecurrentStep step)
            where TVector : struct, ISimdVector<TVector>
        {
            float* state = states + (row * units);
            float* to = gradient + (row * units);
            float* output = outputs.Of(sample, step);
            for (int i = 0; i < units; i += TVector.Count)
            {
                int count = Math.Min(TVector.Count, units - i);
                TVector hidden = OutputGradients.Sum<TVector>(output, carry, step, i, count);
                Operand.Store(hidden * activation.Derivative(Operand.Load<TVector>(state + i, count)), to + i, count);
            }
        }

        public void Pass<TVector>(float* carry, nint row, int sample, RecurrentStep step)
            where TVector : struct, ISimdVector<TVector>
        {
            outputs.AddTo<TVector>(carry, sample, step);
            new Span<float>(gradient + (row * units), units).Clear();
        }
    }
}
