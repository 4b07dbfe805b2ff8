using System.Numerics.Tensors;

namespace ModelDsl;

/// <summary>
/// Compares the gradients of a model with differences of its loss: a test for activations and losses of your own, whose
/// derivatives are written by hand, and for layers that you compose. See <c>docs/checks.md</c>.
/// </summary>
/// <remarks>
/// <para>For each tensor that is trained, and each direction v of some: the derivative of the loss along v is ∇L·v by
/// the backward pass, and (L(θ + h·v) - L(θ - h·v)) / 2h by the loss alone. Directions are random signs over the whole
/// tensor, and single elements of it. The differences are taken at several h, from the largest down, and extrapolated
/// to h = 0, which also says how far they can be trusted (Ridders, "Accurate computation of F'(x) and F'(x)F''(x)",
/// 1982). A loss with kinks, such as those of rectifiers, is no smooth function of h: where the extrapolation disagrees
/// with the smallest h, the mean of these counts, and their spread is the uncertainty. Where the slopes on both sides
/// differ at the smallest h, a kink is near, and their difference adds to it.</para>
/// <para>All parameters are moved a little at random before, since those of a new model may lie exactly on kinks, and
/// are put back at the end.</para>
/// <para>The loss is computed in 32 bits, so a derivative is known to about four digits, and to fewer the less a
/// direction changes the loss. Therefore a deviation counts as wrong where it is more than
/// <see cref="GradientCheckOptions.Tolerance"/> of the derivative and more than the differences are uncertain.</para>
/// </remarks>
public static class GradientCheck
{
    private const int Steps = 10;
    private const double Shrink = 1.6;

    // A difference of losses is known to some units in the last place of them.
    private const double UnitsOfLoss = 32;

    // The smallest h, at which few kinks are near.
    private const int SmallestSteps = 3;

    // How many times the estimated error of the extrapolation is believed to be possible.
    private const double Doubt = 4;

    /// <summary>
    /// Checks a model on a batch. The model is afterwards as before, but for its gradients and outputs.
    /// </summary>
    /// <param name="model">The model, of 32 bits.</param>
    /// <param name="samples">Some samples. Few are enough, and quicker: a handful.</param>
    /// <param name="targets">Their targets.</param>
    /// <param name="options">What is checked; null for the usual.</param>
    /// <exception cref="ArgumentException">The model is one of 16 bits, whose rounding hides small differences; or
    /// samples and targets do not fit it.</exception>
    public static GradientCheckResult Run(
        IModel model, ReadOnlySpan<float> samples, Targets targets, GradientCheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new GradientCheckOptions();
        if (model.Description.Precision != Precision.Float32)
        {
            throw new ArgumentException(
                $"expected a model of Float32, got {model.Description.Name} of {model.Description.Precision}: rounding "
                    + "to 16 bits hides the differences of the loss",
                nameof(model));
        }

        var random = new Philox(options.Seed);
        var probe = new LossProbe(model, samples.ToArray(), random);
        try
        {
            return Run(probe, targets, options, random);
        }
        finally
        {
            probe.Leave();
        }
    }

    private static GradientCheckResult Run(
        LossProbe probe, Targets targets, GradientCheckOptions options, Philox random)
    {
        double loss = probe.Compute(targets);
        float[] gradients = probe.Model.Gradients.ToArray();
        float[] inputGradient = probe.InputGradient();
        List<GradientComparison> comparisons = [];
        foreach (ParameterDescription tensor in probe.Model.Description.Parameters)
        {
            if (tensor.Offset < probe.Model.Description.TrainableLength && !tensor.IsStatistic)
            {
                ReadOnlySpan<float> gradient = gradients.AsSpan(tensor.Offset, tensor.Shape.Count);
                Check(tensor.Name, probe.Parameters, tensor.Offset, gradient, targets);
            }
        }

        if (inputGradient.Length > 0)
        {
            Check("samples", probe.Samples, 0, inputGradient, targets);
        }

        return new GradientCheckResult(probe.Model.Description.Name, options.Tolerance, [.. comparisons]);

        void Check(string name, float[] memory, int offset, ReadOnlySpan<float> gradient, Targets targets)
        {
            var place = new TensorPlace(memory, offset, gradient.Length);
            for (int number = 0; number < options.Directions; number++)
            {
                var signs = new sbyte[gradient.Length];
                foreach (ref sbyte sign in signs.AsSpan())
                {
                    sign = (sbyte)((random.NextUInt32() & 1) == 0 ? 1 : -1);
                }

                Add(null, signs, gradient, targets);
            }

            foreach (int element in Elements(gradient, options.Elements, random))
            {
                var signs = new sbyte[gradient.Length];
                signs[element] = 1;
                Add(element, signs, gradient, targets);
            }

            void Add(int? element, sbyte[] signs, ReadOnlySpan<float> gradient, Targets targets) =>
                comparisons.Add(
                    Compare(probe, targets, loss, name, element, place, signs, gradient, options.Tolerance));
        }
    }

    // The one with the largest gradient, which can be told best, and random ones.
    private static IEnumerable<int> Elements(ReadOnlySpan<float> gradient, int count, Philox random)
    {
        HashSet<int> elements = count == 0 ? [] : [TensorPrimitives.IndexOfMaxMagnitude(gradient)];
        while (elements.Count < Math.Min(count, gradient.Length))
        {
            elements.Add(random.NextInt32(gradient.Length));
        }

        return elements.Order();
    }

    private static GradientComparison Compare(
        LossProbe probe,
        Targets targets,
        double loss,
        string tensor,
        int? element,
        TensorPlace place,
        sbyte[] signs,
        ReadOnlySpan<float> gradient,
        double tolerance)
    {
        double analytic = 0;
        for (int i = 0; i < signs.Length; i++)
        {
            analytic += (double)gradient[i] * signs[i];
        }

        // Ridders' table: each column removes one more power of h² from the error of the one before.
        double[] previous = [], raw = new double[Steps], best = [double.NaN, double.PositiveInfinity];
        double noise = 0, bend = 0;
        double step = 0.1 * place.Scale;
        for (int row = 0; row < Steps; row++, step /= Shrink)
        {
            double[] current = new double[row + 1];
            (double forward, double backward) = probe.Sides(place, signs, step, targets);
            current[0] = (forward - backward) / (2 * step);
            if (row >= Steps - SmallestSteps)
            {
                bend = Math.Max(bend, Math.Abs(forward - (2 * loss) + backward) / step);
            }

            raw[row] = current[0];
            noise = UnitsOfLoss * Math.ScaleB(Math.Max(Math.Abs(loss), float.Epsilon), -24) / step;
            Take(current[0], row == 0 ? double.PositiveInfinity : Math.Abs(current[0] - previous[0]) + noise);
            double factor = Shrink * Shrink;
            for (int column = 1; column <= row; column++, factor *= Shrink * Shrink)
            {
                current[column] = ((current[column - 1] * factor) - previous[column - 1]) / (factor - 1);
                double change = Math.Max(
                    Math.Abs(current[column] - current[column - 1]), Math.Abs(current[column] - previous[column - 1]));
                Take(current[column], change + noise);
            }

            previous = current;
        }

        double[] smallest = raw[^SmallestSteps..];
        if (smallest.Any(slope => !(Math.Abs(slope - best[0]) <= best[1] + noise)))
        {
            best = [smallest.Average(), smallest.Max() - smallest.Min() + noise];
        }

        double allowed = (tolerance * Math.Max(Math.Abs(analytic), Math.Abs(best[0]))) + (Doubt * (best[1] + bend));
        return new GradientComparison(tensor, element, analytic, best[0], allowed);

        void Take(double value, double error)
        {
            if (error < best[1])
            {
                best = [value, error];
            }
        }
    }
}
