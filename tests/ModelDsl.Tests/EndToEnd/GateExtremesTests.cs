namespace ModelDsl.Tests.EndToEnd;

/// <summary>Gates of samples that are tiny or large, or no numbers.</summary>
public sealed class GateExtremesTests
{
    private const double OutputTolerance = 1e-4;

    // The derivative of a gate that is almost open or closed is the difference of numbers that are almost equal.
    private const double GradientTolerance = 1e-3;
    private const ulong Seed = 3;

    public static TheoryData<string, float> Scaled
    {
        get
        {
            TheoryData<string, float> data = [];
            string[] names = [nameof(GatedRows), nameof(GatedSteps), nameof(GatedVector), nameof(GatedOuter)];
            foreach (string name in names)
            {
                foreach (float scale in (float[])[1e-12f, 1e-3f, 30f])
                {
                    data.Add(name, scale);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Scaled))]
    public void Outputs_and_gradients_of_tiny_and_large_samples_are_those_of_double_precision(string name, float scale)
    {
        IModel model = TestModelCatalog.Create(name, Seed);
        Batch drawn = Batch.Draw(model.Description, size: 3, seed: 9).First();
        Batch batch = drawn with { Samples = [.. drawn.Samples.Select(value => scale * value)] };
        var reference = new ReferenceModel(model);
        AssertClose(reference.Forward(batch), model.Predict(batch.Samples).ToArray(), OutputTolerance);
        reference.Draw = new DropoutDraw(Seed, model.TrainingStep);
        model.ComputeGradients(batch.Samples, batch.Targets);
        foreach (ParameterDescription parameter in model.Description.Parameters)
        {
            int[] elements = [.. Enumerable.Range(parameter.Offset, parameter.Shape.Count)];
            AssertClose(
                [.. elements.Select(element => reference.Derivative(batch, element))],
                [.. elements.Select(element => model.Gradients[element])],
                GradientTolerance);
        }
    }

    [Theory]
    [InlineData(nameof(GatedImage))]
    [InlineData(nameof(GatedRows))]
    [InlineData(nameof(GatedSteps))]
    [InlineData(nameof(GatedVector))]
    public void What_is_no_number_in_one_sample_stays_in_it(string name)
    {
        IModel model = TestModelCatalog.Create(name, Seed);
        float[] samples = Batch.Draw(model.Description, size: 3, seed: 9).First().Samples;
        float[] expected = model.Predict(samples).ToArray();
        samples[samples.Length / 3] = float.NaN;
        float[] outputs = model.Predict(samples).ToArray();
        int count = outputs.Length / 3;
        Assert.Equal(expected[..count], outputs[..count]);
        Assert.Contains(outputs[count..^count], float.IsNaN);
        Assert.Equal(expected[^count..], outputs[^count..]);
    }

    [Fact]
    public void Gate_that_is_closed_passes_nothing_and_has_gradients_that_are_numbers()
    {
        var model = new GatedImage(Seed);
        ParameterDescription bias = model.Description.Parameters
            .Single(parameter => parameter.Name == "multiply1.dense2.bias");
        model.Parameters.Slice(bias.Offset, bias.Shape.Count).Fill(-1e9f);
        float[] samples = Batch.Draw(model.Description, size: 2, seed: 9).First().Samples;
        float[] outputs = model.Predict(samples).ToArray();
        Assert.Equal(outputs[..3], outputs[3..]);
        model.ComputeGradients(samples, (int[])[0, 2]);
        Assert.All(model.Gradients.ToArray(), gradient => Assert.True(float.IsFinite(gradient)));
    }

    private static void AssertClose(double[] expected, float[] actual, double tolerance)
    {
        double scale = expected.Max(Math.Abs) + 1e-6;
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], tolerance * scale);
        }
    }
}
