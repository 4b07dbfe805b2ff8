using System.Runtime.InteropServices;
using ModelDsl.Compositions;
using ModelDsl.Tests.Reference.Methods;

namespace ModelDsl.Tests.Reference;

/// <summary>The outputs of layers that a model keeps, of every test model.</summary>
public sealed class ActivationTests
{
    private const double Tolerance = 2e-5;
    private const ulong Seed = 7;

    public static TheoryData<string> Models => TestModelCatalog.Names;

    [Theory]
    [MemberData(nameof(Models))]
    public void Outputs_of_layers_match_the_reference(string name)
    {
        IInspectableModel model = InspectableModels.Create(name, Seed);
        CompiledCompositions.Draw(model, 3);
        ModelDescription description = model.Description;
        bool hasMethod = MethodTwins.ForwardOf(model.GetType()) is not null;
        string[] layers = [.. description.Layers.Select(layer => layer.Name)];
        foreach (Batch batch in Batch.Draw(description, 3, seed: 31))
        {
            var reference = new ReferenceModel(model) { Draw = new DropoutDraw(Seed, model.TrainingStep) };
            List<double[]> expected = reference.Outputs(batch);
            model.ComputeGradients(batch.Samples, batch.Targets);
            for (int i = 0; i < description.Activations.Length; i++)
            {
                Assert.Equal(3 * description.Activations[i].Shape.Count, model.GetActivation(i).Length);

                // Those within blocks and methods are compared by what they lead to.
                int layer = Array.IndexOf(layers, description.Activations[i].Layer);
                layer = !hasMethod ? layer : layer == layers.Length - 2 ? expected.Count - 1 : -1;
                if (layer >= 0 && layer < expected.Count)
                {
                    AssertClose(
                        expected[layer],
                        model.GetActivation(i),
                        Math.Max(Tolerance, Rounding.OfAPass(description.Precision)));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Training_steps_give_the_bits_of_the_model_that_does_not_keep_them_however_memory_is_planned(string name)
    {
        IModel plain = TestModelCatalog.Create(name, Seed);
        IInspectableModel planned = InspectableModels.Create(name, Seed);
        IInspectableModel separate = InspectableModels.Create(name, Seed, "Separate");
        Assert.Empty(plain.Description.Activations);
        foreach (Batch batch in Batch.Draw(plain.Description, 5, seed: 43))
        {
            float loss = plain.ComputeGradients(batch.Samples, batch.Targets);
            Assert.Equal(Bits([loss]), Bits([planned.ComputeGradients(batch.Samples, batch.Targets)]));
            Assert.Equal(Bits([loss]), Bits([separate.ComputeGradients(batch.Samples, batch.Targets)]));
            Assert.Equal(Bits(plain.Outputs), Bits(planned.Outputs));
            Assert.Equal(Bits(plain.Gradients), Bits(planned.Gradients));
            Assert.Equal(Bits(plain.Parameters), Bits(planned.Parameters));
            for (int i = 0; i < planned.Description.Activations.Length; i++)
            {
                Assert.Equal(Bits(separate.GetActivation(i)), Bits(planned.GetActivation(i)));
            }
        }
    }

    private static uint[] Bits(ReadOnlySpan<float> values) => [.. MemoryMarshal.Cast<float, uint>(values)];

    private static void AssertClose(double[] expected, ReadOnlySpan<float> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = expected.Max(Math.Abs) + 1e-3;
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], tolerance * scale);
        }
    }
}
