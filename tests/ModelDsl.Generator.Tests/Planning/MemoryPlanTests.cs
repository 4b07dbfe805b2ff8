using System.Runtime.InteropServices;
using ModelDsl.Tests.Reference;

namespace ModelDsl.Generator.Tests.Planning;

/// <summary>
/// Proves the shared arena: every model gives the same bits as with memory of its own for every value, and as with
/// memory that becomes NaN as soon as nothing should read it any more.
/// </summary>
public class MemoryPlanTests
{
    public static TheoryData<string> Models => TestModelSources.Names;

    [Fact]
    public void Models_are_found() => Assert.True(Models.Count > 40, $"found {Models.Count} models");

    [Theory]
    [MemberData(nameof(Models))]
    public void Layout_of_memory_changes_no_bit(string name)
    {
        uint[] planned = Train(TestModelSources.Create(name, "Planned", seed: 5));
        Assert.All(planned, bits => Assert.True(float.IsFinite(BitConverter.UInt32BitsToSingle(bits))));
        foreach (string mode in TestModelSources.Modes.Skip(1))
        {
            Assert.Equal(planned, Train(TestModelSources.Create(name, mode, seed: 5)));
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Planned_arena_is_never_larger_than_separate_memory(string name)
    {
        ModelDescription planned = TestModelSources.Create(name, "Planned", seed: 0).Description;
        ModelDescription separate = TestModelSources.Create(name, "Separate", seed: 0).Description;
        Assert.InRange(planned.TrainingFloatsPerSample, 0, separate.TrainingFloatsPerSample);
        Assert.InRange(planned.InferenceFloatsPerSample, 0, separate.InferenceFloatsPerSample);
    }

    [Fact]
    public void Planned_arena_of_a_deep_model_is_much_smaller_than_separate_memory()
    {
        const string name = "ModelDsl.TestModels.DenseDeep";
        ModelDescription planned = TestModelSources.Create(name, "Planned", seed: 0).Description;
        ModelDescription separate = TestModelSources.Create(name, "Separate", seed: 0).Description;
        Assert.True(planned.TrainingFloatsPerSample < separate.TrainingFloatsPerSample);
        Assert.True(planned.InferenceFloatsPerSample * 2 <= separate.InferenceFloatsPerSample);
    }

    // Losses, outputs, gradients and predictions of steps with batches that grow and shrink, and the parameters at the end.
    private static uint[] Train(IModel model)
    {
        var bits = new List<uint>();
        var optimizer = new Adam { LearningRate = 0.01f };
        int[] sizes = [3, 7, 1, 7];
        for (int step = 0; step < sizes.Length; step++)
        {
            foreach (Batch batch in Batch.Draw(model.Description, sizes[step], seed: step))
            {
                Keep([model.ComputeGradients(batch.Samples, batch.Targets)]);
                Keep(model.Outputs);
                Keep(model.Gradients);
                optimizer.Step(model.Parameters[..model.Gradients.Length], model.Gradients);
                Keep(model.Predict(batch.Samples));
                Keep([model.ComputeLoss(batch.Samples, batch.Targets)]);
            }
        }

        Keep(model.Parameters);
        return [.. bits];

        void Keep(ReadOnlySpan<float> values) => bits.AddRange(MemoryMarshal.Cast<float, uint>(values));
    }
}
