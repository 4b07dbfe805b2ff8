using ModelDsl.Compositions;

namespace ModelDsl.Tests.Composition;

/// <summary>
/// Hundreds of random models of all layers and compositions, against the reference in double precision. How much single
/// precision may lose differs from one to the next: each is held to how much its own reference moves when parameters and
/// samples are rounded.
/// </summary>
public sealed class CompositionTests
{
    internal const int Models = 240;
    internal const int ModelsThatShare = 60;
    private const int BatchSize = 4;
    private const int ElementsPerTensor = 1;
    private const ulong Seed = 7;

    private static readonly double[] FinerSteps = [1e-6, 1e-7];

    private static readonly ComposedModel[] Composed =
    [
        .. Enumerable.Range(1, Models + ModelsThatShare).Select(seed => ModelComposer.Compose(seed, withSharing: seed > Models)),
    ];

    private static readonly Lazy<CompiledCompositions> Planned = new(() => CompiledCompositions.Compile(Composed));

    private static readonly Lazy<CompiledCompositions> Separate = new(() => CompiledCompositions.Compile(Composed, "Separate"));

    public static TheoryData<int> Seeds => [.. Composed.Select(model => model.Seed)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Random_model_matches_the_reference(int seed)
    {
        ComposedModel composed = Composed[seed - 1];
        IModel model = Planned.Value.Create(composed, Seed);
        ReferenceModel reference = new(model);
        ReferenceModel rounded = Rounded(model);
        foreach (Batch batch in Batches(model, composed))
        {
            Batch moved = Rounded(batch, model.Description);
            Close(composed, "predictions", reference.Forward(batch), rounded.Forward(moved), model.Predict(batch.Samples));
            Close(composed, "loss", [reference.Loss(batch)], [rounded.Loss(moved)], [model.ComputeLoss(batch.Samples, batch.Targets)]);

            reference.Draw = rounded.Draw = new DropoutDraw(Seed, model.TrainingStep);
            float loss = model.ComputeGradients(batch.Samples, batch.Targets);
            Close(composed, "training loss", [reference.Loss(batch)], [rounded.Loss(moved)], [loss]);
            Close(composed, "outputs", reference.Forward(batch), rounded.Forward(moved), model.Outputs);
            CheckGradients(composed, model, reference, rounded, batch, moved);

            // A training step moves running statistics.
            (reference, rounded) = (new ReferenceModel(model), Rounded(model));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Planned_memory_gives_the_bits_of_separate_memory(int seed)
    {
        ComposedModel composed = Composed[seed - 1];
        IModel planned = Planned.Value.Create(composed, Seed);
        IModel separate = Separate.Value.Create(composed, Seed);
        foreach (Batch batch in Batches(planned, composed))
        {
            Assert.Equal(separate.ComputeGradients(batch.Samples, batch.Targets), planned.ComputeGradients(batch.Samples, batch.Targets));
            Assert.True(separate.Outputs.SequenceEqual(planned.Outputs), composed.Source);
            Assert.True(separate.Gradients.SequenceEqual(planned.Gradients), composed.Source);
            Assert.True(separate.Predict(batch.Samples).SequenceEqual(planned.Predict(batch.Samples)), composed.Source);
        }
    }

    [Fact]
    public void Many_models_share_weights() =>
        Assert.InRange(
            Composed.Count(composed => composed.Source.Contains("Shared = true", StringComparison.Ordinal)), ModelsThatShare / 4, ModelsThatShare);

    // Else a wrong gradient could hide behind what rounding is allowed to do.
    [Fact]
    public void Most_models_are_held_to_three_digits_and_more()
    {
        int tight = Composed.Count(composed =>
        {
            IModel model = Planned.Value.Create(composed, Seed);
            Batch batch = Batches(model, composed).First();
            ReferenceModel reference = new(model) { Draw = new DropoutDraw(Seed, 0) };
            ReferenceModel rounded = Rounded(model);
            rounded.Draw = reference.Draw;
            double[] direction = [.. model.Parameters.ToArray().Select(_ => 1.0)];
            double derivative = reference.Derivative(batch, direction);
            double loss = reference.Loss(batch);
            return Tolerances.Of(Math.Max(1, Math.Abs(loss)), loss - rounded.Loss(batch)) < 1e-3 * Math.Abs(loss)
                && Tolerances.Of(Math.Abs(derivative), derivative - rounded.Derivative(batch, direction)) < (1e-3 * Math.Abs(derivative)) + 1e-5;
        });
        Assert.True(tight > Composed.Length * 0.7, $"only {tight} of {Composed.Length} models");
    }

    // Along a random direction, and for a few elements of each tensor.
    private static void CheckGradients(
        ComposedModel composed, IModel model, ReferenceModel reference, ReferenceModel rounded, Batch batch, Batch moved)
    {
        var random = new Random(composed.Seed);
        double largest = model.Gradients.Length == 0 ? 0 : model.Gradients.ToArray().Max(Math.Abs);
        double[] direction = new double[model.Parameters.Length];
        double along = 0, magnitude = 0;
        foreach (ParameterDescription parameter in model.Description.Parameters.Where(parameter => parameter.Offset < model.Description.TrainableLength))
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
                CheckDerivative(composed, parameter.Name, reference, batch, single, rounded.Derivative(moved, single), model.Gradients[element], largest);
            }
        }

        CheckDerivative(composed, "a random direction", reference, batch, direction, rounded.Derivative(moved, direction), along, magnitude);
    }

    private static void CheckDerivative(
        ComposedModel composed, string what, ReferenceModel reference, Batch batch, double[] direction, double moved, double actual, double scale)
    {
        double expected = reference.Derivative(batch, direction);
        double tolerance = Tolerances.Of(scale, expected - moved);

        // A rectifier's bend within the step spoils the difference: a smaller step may stay on this side of it.
        bool IsClose(double step) => Math.Abs(reference.Derivative(batch, direction, step) - actual) <= tolerance;
        if (!FinerSteps.Prepend(ReferenceModel.DefaultStep).Any(IsClose) && reference.IsSmooth(batch, direction))
        {
            Assert.Fail($"gradient of {what}: expected {expected:g6}, got {actual:g6} (within {tolerance:g2}) in\n{composed.Source}");
        }
    }

    private static void Close(ComposedModel composed, string what, double[] expected, double[] moved, ReadOnlySpan<float> actual)
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
                Assert.Fail($"{what}[{i}]: expected {expected[i]:g6}, got {actual[i]:g6} (within {tolerance:g2}) in\n{composed.Source}");
            }
        }
    }

    // The same model with parameters a rounding of single precision away.
    private static ReferenceModel Rounded(IModel model)
    {
        ReferenceModel reference = new(model);
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
            : batch with { Samples = [.. batch.Samples.Select(x => x * (1 + (float)(Tolerances.Rounding * ((2 * random.NextDouble()) - 1))))] };
    }

    private static IEnumerable<Batch> Batches(IModel model, ComposedModel composed) =>
        Batch.Draw(model.Description, BatchSize, composed.Seed);
}
