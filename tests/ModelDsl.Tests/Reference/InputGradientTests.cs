using System.Runtime.InteropServices;
using ModelDsl.Compositions;

namespace ModelDsl.Tests.Reference;

/// <summary>
/// Gradients by the samples, and backward passes from a given gradient of the outputs, of every test model against
/// central differences in double precision: so that of each layer, as far as some model has it behind its input.
/// </summary>
public sealed class InputGradientTests
{
    private const double Tolerance = 2e-5;
    private const ulong Seed = 7;
    private const int MostElements = 40;

    public static TheoryData<string> Models => DifferentiableModels.Names;

    [Fact]
    public void Models_are_found() => Assert.InRange(Models.Count, 150, int.MaxValue);

    [Theory]
    [MemberData(nameof(Models))]
    public void Gradient_of_the_loss_by_the_samples_matches_central_differences(string name)
    {
        IDifferentiableModel model = Create(name);
        ReferenceModel reference = new(model);
        foreach (Batch batch in Batch.Draw(model.Description, 3, seed: 31))
        {
            reference.Draw = new DropoutDraw(Seed, model.TrainingStep);
            model.ComputeGradients(batch.Samples, batch.Targets);
            CheckInput(model, batch, element => reference.InputDerivative(() => reference.Loss(batch), batch, element));

            // A training step moves running statistics.
            reference = new ReferenceModel(model);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Backward_pass_from_a_given_gradient_matches_central_differences(string name)
    {
        IDifferentiableModel model = Create(name);
        ReferenceModel reference = new(model) { Draw = new DropoutDraw(Seed, model.TrainingStep) };
        Batch batch = Batch.Draw(model.Description, 3, seed: 37).First();
        Random random = new(41);
        float[] outputGradient = [.. Enumerable.Range(0, 3 * model.Description.OutputShape.Count).Select(_ => (2 * random.NextSingle()) - 1)];
        double[] factors = [.. outputGradient.Select(value => (double)value)];

        AssertClose(reference.Forward(batch), model.Forward(batch.Samples), ToleranceOf(model));
        model.Backward(outputGradient);
        AssertClose(reference.Forward(batch), model.Outputs, ToleranceOf(model));
        CheckInput(
            model, batch, element => reference.InputDerivative(() => reference.Projection(batch, factors), batch, element));

        double[] direction = new double[model.Parameters.Length];
        double sum = 0, magnitude = 0;
        foreach (ParameterDescription parameter in model.Description.Parameters.Where(
            parameter => parameter.Offset < model.Description.TrainableLength))
        {
            for (int i = parameter.Offset; i < parameter.Offset + parameter.Shape.Count; i++)
            {
                direction[i] = (random.NextDouble() < 0.5 ? -1 : 1) / Math.Sqrt(model.Description.ParameterCount);
                double term = direction[i] * model.Gradients[i];
                sum += term;
                magnitude += Math.Abs(term);
            }
        }

        Assert.Equal(
            reference.Derivative(() => reference.Projection(batch, factors), direction),
            sum,
            ToleranceOf(model) * (magnitude + 1e-3));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Training_step_gives_the_bits_of_the_model_that_does_not_ask_for_it(string name)
    {
        IModel plain = TestModelCatalog.Create(name, Seed);
        IDifferentiableModel model = DifferentiableModels.Create(name, Seed);
        foreach (Batch batch in Batch.Draw(plain.Description, 5, seed: 43))
        {
            Assert.Equal(plain.ComputeGradients(batch.Samples, batch.Targets), model.ComputeGradients(batch.Samples, batch.Targets));
            Assert.True(plain.Gradients.SequenceEqual(model.Gradients));
            Assert.True(plain.Outputs.SequenceEqual(model.Outputs));
            Assert.Equal(plain.TrainingStep, model.TrainingStep);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Layout_of_memory_changes_no_bit(string name)
    {
        uint[] planned = Run(name, "Planned");
        Assert.Equal(planned, Run(name, "Separate"));
        Assert.Equal(planned, Run(name, "Poisoned"));
    }

    // Passes of batches that grow and shrink, and training steps between them.
    private static uint[] Run(string name, string memoryMode)
    {
        var bits = new List<uint>();
        IDifferentiableModel model = DifferentiableModels.Create(name, Seed, memoryMode);
        Random random = new(3);
        foreach (int size in (int[])[3, 7, 1])
        {
            Batch batch = Batch.Draw(model.Description, size, seed: size).First();
            Keep(model.Forward(batch.Samples));
            float[] gradient = [.. Enumerable.Range(0, model.Outputs.Length).Select(_ => random.NextSingle())];
            model.Backward(gradient, accumulate: size == 1);
            Keep(model.Gradients);
            Keep(model.InputGradient);
            Keep(model.Outputs);
            Keep([model.ComputeGradients(batch.Samples, batch.Targets)]);
            Keep(model.Gradients);
            Keep(model.InputGradient);
        }

        Assert.All(bits, value => Assert.True(float.IsFinite(BitConverter.UInt32BitsToSingle(value))));
        return [.. bits];

        void Keep(ReadOnlySpan<float> values) => bits.AddRange(MemoryMarshal.Cast<float, uint>(values));
    }

    private static void CheckInput(IDifferentiableModel model, Batch batch, Func<int, double> derivative)
    {
        float[] gradient = model.InputGradient.ToArray();
        Assert.Equal(batch.Samples.Length, gradient.Length);
        bool[] isNumber = NumberColumns(model.Description);
        for (int i = 0; i < gradient.Length; i++)
        {
            if (!isNumber[i % isNumber.Length])
            {
                Assert.Equal(0f, gradient[i]);
            }
        }

        Random random = new(17);
        int[] elements =
        [
            .. Enumerable.Range(0, gradient.Length)
                .Where(i => isNumber[i % isNumber.Length])
                .OrderBy(_ => random.Next())
                .Take(MostElements),
        ];
        double scale = gradient.Max(Math.Abs) + 1e-3;
        foreach (int element in elements)
        {
            Assert.Equal(derivative(element), gradient[element], ToleranceOf(model) * scale);
        }
    }

    private static bool[] NumberColumns(ModelDescription description) => description.Inputs.IsEmpty
        ? [true]
        : [.. description.Inputs.SelectMany(input => Enumerable.Repeat(input.Type == ElementType.Value, input.Shape.Count))];

    private static double ToleranceOf(IModel model) =>
        Math.Max(Tolerance, Rounding.OfAPass(model.Description.Precision));

    private static void AssertClose(double[] expected, ReadOnlySpan<float> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = expected.Max(Math.Abs) + 1e-3;
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], tolerance * scale);
        }
    }

    private static IDifferentiableModel Create(string name)
    {
        IDifferentiableModel model = DifferentiableModels.Create(name, Seed);
        CompiledCompositions.Draw(model, 5);
        return model;
    }
}
