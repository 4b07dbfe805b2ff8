using System.Reflection;
using ModelDsl.Compositions;

namespace ModelDsl.Tests.Generation;

/// <summary>
/// Every model that continues sequences token by token gives the logits of its forward pass over the same tokens. The sums
/// are taken in other orders: of single precision's seven digits, six of the largest value must agree.
/// </summary>
public sealed class CachedGenerationTests
{
    private const double Tolerance = 2e-6;

    public static TheoryData<string> Models => [.. TestModelCatalog.NamesOf<IGenerativeModel>()];

    [Fact]
    public void Models_are_found() => Assert.Empty(
        new[] { "TinyGpt", "GenerativeMix", "BigramModel" }.Except(TestModelCatalog.NamesOf<IGenerativeModel>()));

    [Theory]
    [MemberData(nameof(Models))]
    public void Logits_of_each_token_are_those_of_the_forward_pass(string name)
    {
        IGenerativeModel model = Create(name);
        int[] tokens = Tokens(model, seed: 3);
        float[] expected = Predict(model, tokens);
        TokenGenerator generator = model.CreateGenerator();
        for (int position = 0; position < tokens.Length; position++)
        {
            ReadOnlySpan<float> logits = generator.Append(tokens[position]);
            AssertClose(expected.AsSpan(position * logits.Length, logits.Length), logits);
            Assert.Equal(position + 1, generator.Count);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_prompt_at_once_gives_what_its_tokens_give_one_by_one(string name)
    {
        IGenerativeModel model = Create(name);
        int[] tokens = Tokens(model, seed: 4);
        TokenGenerator generator = model.CreateGenerator();
        foreach (int token in tokens)
        {
            generator.Append(token);
        }

        Assert.Equal(generator.Logits, model.CreateGenerator().Append(tokens));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_cleared_generator_begins_anew(string name)
    {
        IGenerativeModel model = Create(name);
        int[] tokens = Tokens(model, seed: 5);
        TokenGenerator generator = model.CreateGenerator();
        float[] first = generator.Append(tokens).ToArray();
        generator.Clear();
        Assert.Equal(0, generator.Count);
        Assert.True(generator.Logits.IsEmpty);
        Assert.Equal(first, generator.Append(tokens));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Generators_of_one_model_do_not_disturb_each_other_nor_the_model(string name)
    {
        IGenerativeModel model = Create(name);
        int[] one = Tokens(model, seed: 6);
        int[] other = Tokens(model, seed: 7);
        float[] expectedOne = model.CreateGenerator().Append(one).ToArray();
        float[] expectedOther = model.CreateGenerator().Append(other).ToArray();
        float[] outputs = Predict(model, one);
        TokenGenerator left = model.CreateGenerator(), right = model.CreateGenerator();
        for (int i = 0; i < one.Length; i++)
        {
            left.Append(one[i]);
            right.Append(other[i]);
        }

        Assert.Equal(expectedOne, left.Logits);
        Assert.Equal(expectedOther, right.Logits);
        Assert.Equal(outputs, model.Outputs);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Tokens_allocate_nothing_even_when_the_context_is_full(string name)
    {
        IGenerativeModel model = Create(name);
        TokenGenerator generator = model.CreateGenerator();
        var sampler = new TokenSampler(seed: 1) { TopK = 3, TopP = 0.9f };
        generator.Append(Tokens(model, seed: 8));
        generator.Next(sampler);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 2 * model.Description.InputShape.Count; i++)
        {
            generator.Next(sampler);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_token_beyond_the_vocabulary_is_refused_and_leaves_the_sequence_as_it_is(string name)
    {
        IGenerativeModel model = Create(name);
        int[] tokens = Tokens(model, seed: 9);
        float[] expected = model.CreateGenerator().Append(tokens).ToArray();
        TokenGenerator generator = model.CreateGenerator();
        generator.Append(tokens.AsSpan()[..^1]);
        Assert.Throws<ArgumentException>(() => generator.Append(1_000_000));
        Assert.Throws<ArgumentException>(() => generator.Append(-1));
        Assert.Equal(expected, generator.Append(tokens[^1]));
    }

    internal static IGenerativeModel Create(string name)
    {
        IModel model = TestModelCatalog.Create(name, seed: 7);
        CompiledCompositions.Draw(model, seed: 5);
        return (IGenerativeModel)model;
    }

    /// <summary>Tokens of the vocabulary as long as the context, without those of padding.</summary>
    internal static int[] Tokens(IInferenceModel model, int seed)
    {
        int padding = model.GetType().GetCustomAttribute<InputAttribute>()!.Padding;
        return [.. Batch.Draw(model.Description, 1, seed).First().Samples.Select(token => (int)token == padding ? 0 : (int)token)];
    }

    internal static float[] Predict(IInferenceModel model, int[] tokens) =>
        model.Predict([.. tokens.Select(token => (float)token)]).ToArray();

    internal static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = 1e-3;
        foreach (float value in expected)
        {
            scale = Math.Max(scale, Math.Abs(value));
        }

        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal((double)expected[i], actual[i], Tolerance * scale);
        }
    }
}
