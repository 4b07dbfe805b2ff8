using ModelDsl.Compositions;

namespace ModelDsl.Tests.Composition;

/// <summary>
/// Compares a composed model with the reference in double precision. How much single precision may lose differs from
/// one model to the next: each is held to how much its own reference moves when parameters and samples are rounded.
/// </summary>
/// <param name="composed">The model as text.</param>
/// <param name="twin">What the reference is made of: see <see cref="ReferenceModel"/>.</param>
internal sealed class CompositionCheck(ComposedModel composed, Type? twin = null)
{
    private const int BatchSize = 4;
    private const int ElementsPerTensor = 1;

    private static readonly double[] FinerSteps = [1e-6, 1e-7];

    /// <summary>Random batches, one for each kind of targets.</summary>
    public IEnumerable<Batch> Batches(IModel model) => Batch.Draw(model.Description, BatchSize, composed.Seed);

    /// <summary>Compares predictions, losses, outputs and gradients.</summary>
    /// <param name="model">The compiled model.</param>
    /// <param name="seed">What its parameters and its dropout are drawn from.</param>
    public void Matches(IModel model, ulong seed)
    {
        ReferenceModel reference = new(model, twin);
        ReferenceModel rounded = Rounded(model);
        foreach (Batch batch in Batches(model))
        {
            Batch moved = Rounded(batch, model.Description);
            Close("predictions", reference.Forward(batch), rounded.Forward(moved), model.Predict(batch.Samples));
            Close("loss", [reference.Loss(batch)], [rounded.Loss(moved)],
                [model.ComputeLoss(batch.Samples, batch.Targets)]);

            reference.Draw = rounded.Draw = new DropoutDraw(seed, model.TrainingStep);
            float loss = model.ComputeGradients(batch.Samples, batch.Targets);
            Close("training loss", [reference.Loss(batch)], [rounded.Loss(moved)], [loss]);
            Close("outputs", reference.Forward(batch), rounded.Forward(moved), model.Outputs);
            CheckGradients(model, reference, rounded, batch, moved);

            // A training step moves running statistics.
            (reference, rounded) = (new ReferenceModel(model, twin), Rounded(model));
        }
    }

    /// <summary>
    /// Compares the bits of a training step and of a prediction with those of a model of another layout.
    /// </summary>
    public void HasTheBitsOf(IModel other, IModel model)
    {
        foreach (Batch batch in Batches(model))
        {
            Assert.Equal(
                other.ComputeGradients(batch.Samples, batch.Targets),
                    model.ComputeGradients(batch.Samples, batch.Targets));
            Assert.True(other.Outputs.SequenceEqual(model.Outputs), composed.Source);
            Assert.True(other.Gradients.SequenceEqual(model.Gradients), composed.Source);
            Assert.True(other.Predict(batch.Samples).SequenceEqual(model.Predict(batch.Samples)), composed.Source);
        }
    }

    /// <summary>Whether loss and gradient are held to three digits and more.</summary>
    public bool IsTight(IModel model, ulong seed)
    {
        Batch batch = Batches(model).First();
        ReferenceModel reference = new(model, twin) { Draw = new DropoutDraw(seed, 0) };
        ReferenceModel rounded = Rounded(model);
        rounded.Draw = reference.Draw;
        double[] direction = [.. model.Parameters.ToArray().Select(_ => 1.0)];
        double derivative = reference.Derivative(batch, direction);
        double loss = reference.Loss(batch);
        return Tolerances.Of(Math.Max(1, Math.Abs(loss)), loss - rounded.Loss(batch)) < 1e-3 * Math.Abs(loss)
            && Tolerances.Of(Math.Abs(derivative), derivative - rounded.Derivative(batch, direction)) < (
                1e-3 * Math.Abs(derivative)) + 1e-5;
    }

    // Along a random direction, and for a few elements of each tensor.
    private void CheckGradients(
        IModel model, ReferenceModel reference, ReferenceModel rounded, Batch batch, Batch moved)
    {
        var random = new Random(composed.Seed);
        double largest = model.Gradients.Length == 0 ? 0 : model.Gradients.ToArray().Max(Math.Abs);
        double[] direction = new double[model.Parameters.Length];
        double along = 0, magnitude = 0;
        foreach (ParameterDescription parameter in model.Description.Parameters.Where(
            parameter => parameter.Offset < model.Description.TrainableLength))
        {
            for (int i = parameter.Offset; i < parameter.Offset + parameter.Shape.Count; i++)
            {
                direction[i] = (random.NextDouble() < 0.5 ? -1 : 1) / Math.Sqrt(model.Description.ParameterCount);
                along += direction[i] * model.Gradients[i];
                magnitude += Math.Abs(direction[i] * model.Gradients[i]);
            }

            for (int i = 0; i < ElementsPerTensor; i++)
            {
                int element = parameter.Offset + random.Next(parameter.Shape.Count);
                double[] single = new double[direction.Length];
                single[element] = 1;
                CheckDerivative(parameter.Name, reference, batch, single, rounded.Derivative(moved, single),
                    model.Gradients[element], largest);
            }
        }

        CheckDerivative("a random direction", reference, batch, direction, rounded.Derivative(moved, direction), along,
            magnitude);
    }

    private void CheckDerivative(
        string what, ReferenceModel reference, Batch batch, double[] direction, double moved, double actual,
            double scale)
    {
        double expected = reference.Derivative(batch, direction);
        double tolerance = Tolerances.Of(scale, expected - moved);

        // A rectifier's bend within the step spoils the difference: a smaller step may stay on this side of it.
        bool IsClose(double step) => Math.Abs(reference.Derivative(batch, direction, step) - actual) <= tolerance;
        if (!FinerSteps.Prepend(ReferenceModel.DefaultStep).Any(IsClose) && reference.IsSmooth(batch, direction))
        {
            Assert.Fail(
                $"gradient of {what}: expected {expected:g6}, got {actual:g6} (within {tolerance:g2}) in\n"
                    + composed.Source);
        }
    }

    private void Close(string what, double[] expected, double[] moved, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        // Within a model values are of the order of one: where they cancel at the end, what was lost before stays.
        double scale = Math.Max(1, expected.Max(Math.Abs));
        double movement = expected.Zip(moved, (one, other) => Math.Abs(one - other)).Max();
        double tolerance = Tolerances.Of(scale, movement);
        for (int i = 0; i < expected.Length; i++)
        {
            if (!(Math.Abs(expected[i] - actual[i]) <= tolerance))
            {
                Assert.Fail(
                    $"{what}[{i}]: expected {expected[i]:g6}, got {actual[i]:g6} (within {tolerance:g2}) in\n"
                        + composed.Source);
            }
        }
    }

    // The same model with parameters a rounding of single precision away.
    private ReferenceModel Rounded(IModel model)
    {
        ReferenceModel reference = new(model, twin);
        Random random = new(3);
        for (int i = 0; i < reference.Parameters.Length; i++)
        {
            reference.Parameters[i] *= 1 + (Tolerances.Rounding * ((2 * random.NextDouble()) - 1));
        }

        return reference;
    }

    // The same samples a rounding away; tokens are what they are.
    private static Batch Rounded(Batch batch, ModelDescription description)
    {
        Random random = new(4);
        return description.InputType == ElementType.Token
            ? batch
            : batch with
            {
                Samples = [.. batch.Samples.Select(
                x => x * (1 + (float)(Tolerances.Rounding * ((2 * random.NextDouble()) - 1))))]
            };
    }
}
