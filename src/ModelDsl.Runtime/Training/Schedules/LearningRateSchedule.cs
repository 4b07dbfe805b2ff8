namespace ModelDsl;

/// <summary>The learning rate as a function of the step alone, so that a training that resumes finds it
/// again.</summary>
/// <remarks>
/// <para>Steps are counted from 0: <c>RateAt(0)</c> is the rate of the first step. They are steps of the optimizer, not
/// epochs: an epoch has as many as it has batches. The formulas are the closed forms of PyTorch's schedulers, whose
/// rate after n calls of
/// <c>step()</c> is <c>RateAt(n)</c>.</para>
/// <para>A schedule of your own derives from this class, or is made by <see cref="From"/>.</para>
/// </remarks>
public abstract class LearningRateSchedule
{
    /// <summary>The learning rate of a step.</summary>
    /// <param name="step">The number of steps taken before, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative.</exception>
    public float RateAt(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        return (float)Compute(step);
    }

    /// <summary>The formula, in double precision.</summary>
    /// <param name="step">The number of steps taken before, at least 0.</param>
    protected abstract double Compute(long step);

    /// <summary>The same rate in each step.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative or not finite.</exception>
    public static LearningRateSchedule Constant(float rate)
    {
        Check(rate);
        return new Formula(_ => rate);
    }

    /// <summary>rate·factor^⌊step / every⌋. PyTorch's StepLR.</summary>
    /// <param name="rate">The rate of the first steps.</param>
    /// <param name="every">The number of steps from one change to the next, at least 1.</param>
    /// <param name="factor">What the rate is multiplied by then, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static LearningRateSchedule Step(float rate, long every, float factor = 0.1f)
    {
        Check(rate);
        CheckSteps(every);
        Check(factor);
        return new Formula(step => rate * Math.Pow(factor, step / every));
    }

    /// <summary>rate·factor^step. PyTorch's ExponentialLR.</summary>
    /// <param name="rate">The rate of the first step.</param>
    /// <param name="factor">What the rate is multiplied by after each step, at least 0; a little below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static LearningRateSchedule Exponential(float rate, float factor)
    {
        Check(rate);
        Check(factor);
        return new Formula(step => rate * Math.Pow(factor, step));
    }

    /// <summary>
    /// final + (rate − final)·(1 − step/steps)^power, and final from then on. PyTorch's PolynomialLR, whose final rate
    /// is 0; with a power of 1, a straight line.
    /// </summary>
    /// <param name="rate">The rate of the first step.</param>
    /// <param name="steps">The number of steps until the final rate, at least 1.</param>
    /// <param name="power">The power, at least 0.</param>
    /// <param name="final">The final rate.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static LearningRateSchedule Polynomial(float rate, long steps, float power = 1f, float final = 0f)
    {
        Check(rate);
        CheckSteps(steps);
        Check(power);
        Check(final);
        return new Formula(step => final + ((rate - (double)final) * Math.Pow(1 - Done(step, steps), power)));
    }

    /// <summary>
    /// final + (rate − final)·½(1 + cos(π·step/steps)), and final from then on. PyTorch's CosineAnnealingLR, which
    /// rises again afterwards. Loshchilov and Hutter (2017).
    /// </summary>
    /// <param name="rate">The rate of the first step.</param>
    /// <param name="steps">The number of steps until the final rate, at least 1.</param>
    /// <param name="final">The final rate.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static LearningRateSchedule Cosine(float rate, long steps, float final = 0f)
    {
        Check(rate);
        CheckSteps(steps);
        Check(final);
        return new Formula(step => AlongCosine(rate, final, Done(step, steps)));
    }

    /// <summary>
    /// <see cref="Cosine"/> in cycles: at the end of each the rate jumps back to where it began. PyTorch's
    /// CosineAnnealingWarmRestarts. Loshchilov and Hutter (2017).
    /// </summary>
    /// <param name="rate">The rate of the first step of each cycle.</param>
    /// <param name="cycle">The number of steps of the first cycle, at least 1.</param>
    /// <param name="cycleFactor">How many times as long as the one before each cycle is, at least 1.</param>
    /// <param name="final">The rate that a cycle falls to.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static LearningRateSchedule CosineWithRestarts(float rate, long cycle, int cycleFactor = 1, float final = 0f)
    {
        Check(rate);
        CheckSteps(cycle);
        CheckSteps(cycleFactor);
        Check(final);
        return new Formula(step =>
        {
            long length = cycle;
            if (cycleFactor == 1)
            {
                step %= cycle;
            }

            while (step >= length)
            {
                step -= length;
                length *= cycleFactor;
            }

            return AlongCosine(rate, final, (double)step / length);
        });
    }

    /// <summary>
    /// Rises along half a cosine to the largest rate and falls along another to nearly nothing. PyTorch's OneCycleLR
    /// with two phases. Smith and Topin (2018).
    /// </summary>
    /// <param name="maxRate">The largest rate.</param>
    /// <param name="steps">The number of all steps, at least 2; afterwards the rate stays what it was in the
    /// last.</param>
    /// <param name="rising">The part of the steps in which the rate rises, in [0, 1].</param>
    /// <param name="startDivisor">The first step has maxRate/startDivisor; positive.</param>
    /// <param name="endDivisor">The last step has the rate of the first, divided by this; positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static LearningRateSchedule OneCycle(
        float maxRate, long steps, float rising = 0.3f, float startDivisor = 25f, float endDivisor = 1e4f)
    {
        Check(maxRate);
        CheckSteps(steps, least: 2);
        Check(rising, "a part of the steps in [0, 1]", rising is >= 0f and <= 1f);
        Check(startDivisor, "a positive finite divisor", startDivisor > 0f && float.IsFinite(startDivisor));
        Check(endDivisor, "a positive finite divisor", endDivisor > 0f && float.IsFinite(endDivisor));
        double first = (double)maxRate / startDivisor, last = first / endDivisor;
        double peak = (rising * (double)steps) - 1;
        return new Formula(step => step <= peak && peak > 0
            ? AlongCosine(first, maxRate, step / peak)
            : AlongCosine(maxRate, last, Math.Clamp((step - peak) / (steps - 1 - peak), 0, 1)));
    }

    /// <summary>
    /// rate·√(scale/(step + scale)). After a warm-up of as many steps as the scale it is the schedule of Vaswani et al.
    /// (2017):
    /// <c>InverseSquareRoot(1e-3f, 4000).WithWarmUp(4000)</c>.
    /// </summary>
    /// <param name="rate">The rate of the first step.</param>
    /// <param name="scale">The step at which the rate has fallen to 1/√2, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static LearningRateSchedule InverseSquareRoot(float rate, long scale)
    {
        Check(rate);
        CheckSteps(scale);
        return new Formula(step => rate * Math.Sqrt(scale / ((double)step + scale)));
    }

    /// <summary>A schedule that a function computes.</summary>
    /// <param name="rateAt">The rate of a step: finite, at least 0, and the same whenever it is asked for.</param>
    public static LearningRateSchedule From(Func<long, double> rateAt)
    {
        ArgumentNullException.ThrowIfNull(rateAt);
        return new Formula(rateAt);
    }

    /// <summary>
    /// This schedule after a linear warm-up: step t of the first <paramref name="steps"/> takes the rate of this
    /// schedule's first step times startFactor + (1 − startFactor)·t/steps; then this schedule begins, with its step 0.
    /// PyTorch's LinearLR, joined by SequentialLR.
    /// </summary>
    /// <param name="steps">The number of steps of the warm-up, at least 1.</param>
    /// <param name="startFactor">What the first step's rate is multiplied by, in [0, 1] (PyTorch: 1/3).</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public LearningRateSchedule WithWarmUp(long steps, float startFactor = 0.01f)
    {
        CheckSteps(steps);
        Check(startFactor, "a factor in [0, 1]", startFactor is >= 0f and <= 1f);
        double rate = RateAt(0);
        var warmUp = new Formula(step => rate * (startFactor + ((1.0 - startFactor) * Done(step, steps))));
        return warmUp.Then(steps, this);
    }

    /// <summary>
    /// This schedule for a number of steps, and then another one, which begins with its step 0. PyTorch's SequentialLR.
    /// </summary>
    /// <param name="steps">The number of steps of this schedule, at least 1, with those of the schedules before
    /// it.</param>
    /// <param name="next">The schedule that follows.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of steps is not positive.</exception>
    public LearningRateSchedule Then(long steps, LearningRateSchedule next)
    {
        CheckSteps(steps);
        ArgumentNullException.ThrowIfNull(next);
        return new Formula(step => step < steps ? Compute(step) : next.Compute(step - steps));
    }

    private static double Done(long step, long steps) => Math.Min(step, steps) / (double)steps;

    private static double AlongCosine(double from, double to, double done) =>
        to + ((from - to) * 0.5 * (1 + Math.Cos(Math.PI * done)));

    private static void Check(float value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        SettingChecks.NotNegative(value, name);

    private static void Check(
        float value, string expected, bool holds, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(name, Invariant($"expected {expected}, got {value}"));
        }
    }

    private static void CheckSteps(
        long steps, long least = 1, [CallerArgumentExpression(nameof(steps))] string name = "")
    {
        if (steps < least)
        {
            throw new ArgumentOutOfRangeException(name, Invariant($"expected at least {least}, got {steps}"));
        }
    }

    private sealed class Formula(Func<long, double> formula) : LearningRateSchedule
    {
        protected override double Compute(long step) => formula(step);
    }
}
