namespace ModelDsl.Tests.Generation;

/// <summary>What a generator does when the next token does not fit, and how it is used.</summary>
public sealed class FullContextTests
{
    private const int Context = 6;

    [Fact]
    public void The_context_is_that_of_the_input_where_steps_have_positions() =>
        Assert.Equal(Context, new TinyGpt(seed: 1).CreateGenerator().ContextLength);

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(5)]
    public void When_full_the_latest_tokens_are_computed_again_at_the_positions_that_they_have_now(int kept)
    {
        IGenerativeModel model = CachedGenerationTests.Create(nameof(TinyGpt));
        int[] tokens = [1, 2, 3, 4, 5, 6, 7];
        TokenGenerator generator = model.CreateGenerator();
        generator.KeptWhenFull = kept;
        foreach (int token in tokens)
        {
            generator.Append(token);
        }

        int count = kept + 1;
        Assert.Equal(count, generator.Count);
        int[] window = [.. tokens[^count..], .. new int[Context - count]];
        CachedGenerationTests.AssertClose(
            CachedGenerationTests.Predict(model, window).AsSpan((count - 1) * 9, 9), generator.Logits);
    }

    [Fact]
    public void Half_of_the_context_is_kept_by_default() =>
        Assert.Equal(Context / 2, new TinyGpt(seed: 1).CreateGenerator().KeptWhenFull);

    [Theory]
    [InlineData(-1)]
    [InlineData(Context)]
    public void No_more_can_be_kept_than_leaves_room_for_a_token(int kept)
    {
        TokenGenerator generator = new TinyGpt(seed: 1).CreateGenerator();
        Assert.Throws<ArgumentOutOfRangeException>(() => generator.KeptWhenFull = kept);
    }

    [Fact]
    public void Of_a_long_prompt_the_last_tokens_are_read()
    {
        IGenerativeModel model = CachedGenerationTests.Create(nameof(TinyGpt));
        TokenGenerator generator = model.CreateGenerator();
        float[] logits = generator.Append([8, 8, 8, 1, 2, 3, 4, 5, 6]).ToArray();
        Assert.Equal(Context, generator.Count);
        Assert.Equal(model.CreateGenerator().Append([1, 2, 3, 4, 5, 6]), logits);
    }

    [Fact]
    public void A_model_without_positions_goes_on_for_ever()
    {
        IGenerativeModel model = CachedGenerationTests.Create(nameof(BigramModel));
        TokenGenerator generator = model.CreateGenerator();
        Assert.Null(generator.ContextLength);
        for (int i = 0; i < 20; i++)
        {
            generator.Append(i % 6);
        }

        Assert.Equal(20, generator.Count);
    }

    [Fact]
    public void Generate_draws_what_Next_draws()
    {
        var model = new TinyGpt(seed: 3);
        TokenGenerator generator = model.CreateGenerator();
        generator.Append([1, 2]);
        var sampler = new TokenSampler(seed: 4) { Temperature = 2f };
        int[] expected = [.. Enumerable.Range(0, 12).Select(_ => generator.Next(sampler))];
        Assert.Equal(expected, model.Generate([1, 2], count: 12, new TokenSampler(seed: 4) { Temperature = 2f }));
        Assert.True(expected.Distinct().Count() > 1);
    }

    [Fact]
    public void Generate_goes_on_where_the_generator_stands()
    {
        var model = new TinyGpt(seed: 3);
        var greedy = new TokenSampler { Temperature = 0f };
        TokenGenerator generator = model.CreateGenerator();
        int[] halves = [.. generator.Generate([4], 3, greedy), .. generator.Generate([], 3, greedy)];
        Assert.Equal(model.Generate([4], 6, greedy), halves);
    }

    [Fact]
    public void Wrong_use_is_told_at_once()
    {
        var model = new TinyGpt(seed: 1);
        var sampler = new TokenSampler();
        Assert.Throws<InvalidOperationException>(() => model.CreateGenerator().Next(sampler));
        Assert.Throws<ArgumentException>(() => model.CreateGenerator().Append([]));
        Assert.Throws<ArgumentException>(() => model.Generate([], 1, sampler));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Generate([1], -1, sampler));
        Assert.Throws<ArgumentNullException>(() => model.Generate([1], 1, null!));
    }

    [Fact]
    public void Padding_is_not_a_token_to_continue_with() =>
        Assert.Throws<ArgumentException>(() => new PaddedGpt(seed: 1).CreateGenerator().Append(2));

    [Fact]
    public void Parameters_are_those_of_the_moment()
    {
        IGenerativeModel model = CachedGenerationTests.Create(nameof(TinyGpt));
        TokenGenerator generator = model.CreateGenerator();
        float[] before = generator.Append(1).ToArray();
        model.Parameters.Clear();
        generator.Clear();
        Assert.NotEqual(before, generator.Append(1).ToArray());
        Assert.All(generator.Logits.ToArray(), logit => Assert.Equal(0f, logit));
    }
}
