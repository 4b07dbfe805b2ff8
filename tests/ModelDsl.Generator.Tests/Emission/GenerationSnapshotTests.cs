using System.Text.RegularExpressions;

namespace ModelDsl.Generator.Tests.Emission;

/// <summary>The program of one token, and which models have it.</summary>
public sealed partial class GenerationSnapshotTests
{
    [Fact]
    public void One_token_appends_to_what_attention_keeps() =>
        Snapshot.Match(Step(
            """
            [Block, LayerNorm, SelfAttention(Heads = 2, Causal = true)] public partial class Attend;
            [Model, Input(5, Type = ElementType.Token), Embedding(7, 4), PositionEmbedding, Residual<Attend>, Dense(7), SoftmaxCrossEntropy]
            """));

    [Fact]
    public void A_long_program_of_one_token_is_split_into_methods()
    {
        string code = Step(
            $"""
            [Model, Input(5, Type = ElementType.Token), Embedding(7, 4)]
            [{string.Join(", ", Enumerable.Repeat("SelfAttention(Causal = true)", 40))}]
            [Dense(7), SoftmaxCrossEntropy]
            """);
        Assert.Contains("InferStepPart3(samples, arena, position);", code, StringComparison.Ordinal);
        Assert.All(Methods().Split(code), body => Assert.InRange(Comments().Count(body), 0, 50));
    }

    [Theory]
    [InlineData("Embedding(7, 4), SelfAttention, Dense(7)", "SelfAttention")]
    [InlineData("Embedding(7, 4), Dense(7), Residual<Mixed>", "Residual&lt;Mixed&gt;")]
    public void A_layer_that_needs_all_steps_is_named_where_CreateGenerator_is_missing(string layers, string layer)
    {
        string code = TestCompiler.GenerateSingle(
            $"""
            [Block, SelfAttention] public partial class Mixed;
            [Model, Input(5, Type = ElementType.Token), {layers}, SoftmaxCrossEntropy] public partial class Sample;
            """);
        Assert.DoesNotContain("CreateGenerator", code, StringComparison.Ordinal);
        Assert.DoesNotContain("IGenerativeModel", code, StringComparison.Ordinal);
        Assert.Contains($"token by token: [{layer}] needs all steps at once.", code, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Input(5, Type = ElementType.Token), Embedding(7, 4), Flatten, Dense(7)")]
    [InlineData("Input(5, 4, Sequence = true), Dense(7)")]
    public void A_model_that_does_not_predict_tokens_after_tokens_says_nothing_of_generation(string layers)
    {
        string code = TestCompiler.GenerateSingle($"[Model, {layers}, SoftmaxCrossEntropy] public partial class Sample;");
        Assert.DoesNotContain("CreateGenerator", code, StringComparison.Ordinal);
        Assert.DoesNotContain("token by token", code, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Planned")]
    [InlineData("Separate")]
    [InlineData("Poisoned")]
    public void Layout_of_memory_changes_no_bit_of_the_logits(string mode)
    {
        const string source =
            """
            [Block, LayerNorm, SelfAttention(Heads = 2, Causal = true)] internal partial class Attend;
            [Model, Input(5, Type = ElementType.Token), Embedding(7, 4), PositionEmbedding, BatchNorm, Repeat<Attend>(3), Dense(7), SoftmaxCrossEntropy]
            internal partial class Sample;
            """;
        Assert.Equal(Logits("Planned"), Logits(mode));

        static float[] Logits(string mode)
        {
            var model = (IGenerativeModel)Activator.CreateInstance(TestCompiler.Load(source, mode).GetType("Sample")!, 3UL)!;
            TokenGenerator generator = model.CreateGenerator();
            List<float> logits = [];
            foreach (int token in (int[])[1, 6, 0, 3, 3, 2, 5])
            {
                logits.AddRange(generator.Append(token));
            }

            Assert.All(logits, logit => Assert.True(float.IsFinite(logit)));
            return [.. logits];
        }
    }

    private static string Step(string attributes)
    {
        string code = GeneratedText.Whole(attributes);
        return code[code.IndexOf("    #region Generation", StringComparison.Ordinal)..];
    }

    [GeneratedRegex("^    private ", RegexOptions.Multiline)]
    private static partial Regex Methods();

    [GeneratedRegex("^        // [^:]*: \\[", RegexOptions.Multiline)]
    private static partial Regex Comments();
}
