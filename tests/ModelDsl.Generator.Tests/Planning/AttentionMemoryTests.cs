namespace ModelDsl.Generator.Tests.Planning;

/// <summary>What attention needs grows with the length of a sequence, not with its square.</summary>
public sealed class AttentionMemoryTests
{
    [Theory]
    [InlineData("")]
    [InlineData(", Causal = true, Rotary = true")]
    public void Twice_the_steps_need_twice_the_memory(string options)
    {
        ModelDescription once = Description(512, options);
        ModelDescription twice = Description(1024, options);
        Assert.InRange(twice.TrainingFloatsPerSample, 1, 2 * once.TrainingFloatsPerSample);
        Assert.InRange(twice.InferenceFloatsPerSample, 1, 2 * once.InferenceFloatsPerSample);

        // A matrix of scores for each of the four heads would be larger than all there is.
        Assert.True(twice.TrainingFloatsPerSample < 1024 * 1024);
    }

    private static ModelDescription Description(int steps, string options)
    {
        Type type = TestCompiler.Load(
            $"""
            [Model, Input({steps}, 16, Sequence = true), Dense(16), SelfAttention(Heads = 4{options}), Dense(2), MeanSquaredError]
            internal partial class Sample;
            """).GetType("Sample")!;
        return ((IModel)Activator.CreateInstance(type, 1UL)!).Description;
    }
}
