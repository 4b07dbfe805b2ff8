namespace ModelDsl.Runtime.Tests.Models;

public sealed class ModelStateTests
{
    [Fact]
    public void The_same_seed_draws_the_same_parameters_and_another_seed_others()
    {
        ModelDescription description = Describe(new Initialization(Initializer.GlorotUniform, 30, 20), 600, 16);
        Assert.Equal(Draw(description, 7), Draw(description, 7));
        Assert.NotEqual(Draw(description, 7), Draw(description, 8));
    }

    [Fact]
    public void A_parameter_is_drawn_alike_whatever_comes_before_it()
    {
        var initialization = new Initialization(Initializer.HeNormal, 30, 20);
        ModelDescription small = Describe(initialization, 16, 100);
        ModelDescription large = Describe(initialization, 1600, 100);
        Assert.Equal(Draw(small, 3).AsSpan(16, 100), Draw(large, 3).AsSpan(1600, 100));
    }

    [Fact]
    public void Two_parameters_of_one_model_are_drawn_apart()
    {
        float[] parameters = Draw(Describe(new Initialization(Initializer.GlorotUniform, 4, 4), 160, 160), 3);
        Assert.Empty(parameters.Take(160).Intersect(parameters.Skip(160)));
    }

    [Theory]
    [InlineData(Initializer.GlorotUniform, 2.0 / 500)]
    [InlineData(Initializer.GlorotNormal, 2.0 / 500)]
    [InlineData(Initializer.HeUniform, 2.0 / 300)]
    [InlineData(Initializer.HeNormal, 2.0 / 300)]
    public void A_random_initializer_has_mean_zero_and_the_variance_of_its_formula(Initializer initializer, double variance)
    {
        const int Count = 100_000;
        float[] values = Draw(Describe(new Initialization(initializer, 300, 200), Count, 16), 11)[..Count];
        double mean = values.Average(value => (double)value);
        double actual = values.Average(value => value * (double)value);
        Assert.InRange(mean, -4 * Math.Sqrt(variance / Count), 4 * Math.Sqrt(variance / Count));
        Assert.InRange(actual / variance, 0.97, 1.03);
    }

    [Theory]
    [InlineData(Initializer.GlorotUniform, 500)]
    [InlineData(Initializer.HeUniform, 300)]
    public void A_uniform_initializer_stays_within_its_limit_and_comes_near_it(Initializer initializer, int fans)
    {
        float[] values = Draw(Describe(new Initialization(initializer, 300, 200), 10_000, 16), 5)[..10_000];
        double limit = Math.Sqrt(6.0 / fans);
        Assert.InRange(values.Max(), 0.99 * limit, limit * 1.000001);
        Assert.InRange(values.Min(), -limit * 1.000001, -0.99 * limit);
    }

    [Fact]
    public void Zeros_and_constants_are_what_they_say()
    {
        Assert.All(Draw(Describe(new Initialization(Initializer.Zeros), 16, 16), 1), value => Assert.Equal(0f, value));
        float[] constants = Draw(Describe(new Initialization(Initializer.Constant, Constant: 0.25f), 16, 16), 1);
        Assert.All(constants, value => Assert.Equal(0.25f, value));
    }

    [Fact]
    public void Padding_between_parameters_is_zero() =>
        Gen.Select(Gen.Int[1, 100], Gen.Int[1, 100], Gen.ULong).Sample((first, second, seed) =>
        {
            float[] parameters = Draw(Describe(new Initialization(Initializer.HeUniform, 3, 3), first, second), seed);
            int secondStart = RoundUp(first);
            return parameters[first..secondStart].All(value => value == 0f)
                && parameters[(secondStart + second)..].All(value => value == 0f);
        });

    [Fact]
    public void A_parameter_outside_the_memory_is_refused()
    {
        ModelDescription description = Describe(new Initialization(Initializer.Zeros), 16, 16) with { ParameterLength = 20 };
        var exception = Assert.Throws<ArgumentException>(() => new ModelState(description, 0));
        Assert.StartsWith("Test: expected b to end within 20 floats, got 16 + 16", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(783, "expected 784 values per sample (28x28), got 783")]
    [InlineData(0, "expected 784 values per sample (28x28), got 0")]
    [InlineData(1569, "expected a multiple of 784 values, 784 per sample (28x28), got 1569: 2 samples and 1 values more")]
    public void Samples_of_a_wrong_length_are_refused(int length, string message)
    {
        ModelState state = CreateState(new Shape(28, 28));
        var exception = Assert.Throws<ArgumentException>(() => state.CheckSamples(new float[length]));
        Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Samples_are_counted()
    {
        ModelState state = CreateState(new Shape(28, 28));
        Assert.Equal(1, state.CheckSamples(new float[784]));
        Assert.Equal(3, state.CheckSamples(new float[3 * 784]));
    }

    [Fact]
    public void Samples_are_copied_unless_they_already_lie_in_the_input_buffer()
    {
        ModelState state = CreateState(new Shape(2));
        float[] samples = [1, 2, 3, 4];
        FloatSpan loaded = state.LoadSamples(samples, out int batch);
        Assert.Equal(2, batch);
        Assert.Equal(samples, loaded.AsSpan());
        Span<float> buffer = state.GetInputBuffer(2);
        buffer[0] = 9;
        FloatSpan inPlace = state.LoadSamples(buffer, out _);
        Assert.Equal([9f, 2f, 3f, 4f], inPlace.AsSpan());
        Assert.True(inPlace.AsSpan() == buffer);
    }

    [Fact]
    public void A_part_of_the_input_buffer_that_is_not_its_beginning_is_moved_there()
    {
        ModelState state = CreateState(new Shape(2));
        Span<float> buffer = state.GetInputBuffer(3);
        ((ReadOnlySpan<float>)[1, 2, 3, 4, 5, 6]).CopyTo(buffer);
        Assert.Equal([3f, 4f, 5f, 6f], state.LoadSamples(buffer[2..], out _).AsSpan());
    }

    [Fact]
    public void Buffers_grow_and_never_shrink()
    {
        ModelState state = CreateState(new Shape(2));
        Assert.Equal(6, state.Arena(2, 3).Length);
        Assert.Equal(6, state.ArenaMemory.Length);
        Assert.Equal(30, state.Arena(10, 3).Length);
        Assert.Equal(3, state.Arena(1, 3).Length);
        Assert.Equal(30, state.ArenaMemory.Length);
    }

    [Fact]
    public void A_batch_beyond_what_a_buffer_holds_is_refused_by_its_size()
    {
        ModelState state = CreateState(new Shape(2000));
        var arena = Assert.Throws<ArgumentOutOfRangeException>(() => state.Arena(2_000_000, 2000));
        Assert.StartsWith(
            "a batch of 2000000 needs 4000000000 floats for the working memory of Test (2000 per sample)",
            arena.Message,
            StringComparison.Ordinal);
        var input = Assert.Throws<ArgumentOutOfRangeException>(() => state.GetInputBuffer(2_000_000));
        Assert.Contains("use batches of at most", input.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => state.GetInputBuffer(0));
    }

    [Fact]
    public void Gradients_are_zero_before_the_first_batch()
    {
        ModelState state = CreateState(new Shape(2));
        Assert.Equal(new float[state.ParameterSpan.Length], state.GradientSpan);
    }

    private static ModelState CreateState(Shape input) =>
        new(Describe(new Initialization(Initializer.Zeros), 16, 16) with { InputShape = input }, 0);

    private static float[] Draw(ModelDescription description, ulong seed) =>
        new ModelState(description, seed).ParameterSpan.ToArray();

    private static ModelDescription Describe(Initialization initialization, int first, int second) => new(
        "Test",
        new Shape(2),
        new Shape(1),
        LossKind.MeanSquaredError,
        [],
        [
            new ParameterDescription("a", new Shape(first), 0, initialization),
            new ParameterDescription("b", new Shape(second), RoundUp(first), initialization),
        ],
        RoundUp(first) + RoundUp(second),
        1,
        1);

    private static int RoundUp(int length) => (length + 15) / 16 * 16;
}
