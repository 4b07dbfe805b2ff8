namespace ModelDsl.Tests.EndToEnd;

/// <summary>Padding stays padding where a method moves, joins or reduces steps.</summary>
public sealed class MovedPaddingTests
{
    // Lengths from one word to the whole sequence, with padding at the end, at the beginning and between words.
    private static readonly float[] Samples =
    [
        1, 2, 3, 4, 2, 1,
        3, 1, 2, 0, 0, 0,
        0, 0, 4, 1, 1, 2,
        2, 0, 3, 0, 1, 0,
        4, 0, 0, 0, 0, 0,
    ];

    public static TheoryData<string> Models =>
    [
        nameof(PaddingGathered), nameof(PaddingCut), nameof(PaddingStrided), nameof(PaddingSplit),
        nameof(PaddingTransposed), nameof(PaddingTiled), nameof(PaddingBordered), nameof(PaddingStacked),
        nameof(PaddingOfTwo), nameof(PaddingReversed), nameof(PaddingProducts), nameof(PaddingPooled),
        nameof(PaddingReduced),
    ];

    [Theory]
    [MemberData(nameof(Models))]
    public void What_padding_embeds_has_no_part_in_the_outputs(string name)
    {
        IModel model = Create(name), other = Create(name);
        ParameterDescription embedding = Embedding(model);
        Span<float> ofPadding = other.Parameters.Slice(embedding.Offset, embedding.Shape.Dimensions[1]);
        for (int i = 0; i < ofPadding.Length; i++)
        {
            ofPadding[i] = 3f - i;
        }

        Assert.Equal(model.Predict(Samples).ToArray(), other.Predict(Samples).ToArray());
        model.ComputeGradients(Samples, Targets(model));
        Assert.All(
            model.Gradients.Slice(embedding.Offset, embedding.Shape.Dimensions[1]).ToArray(),
            gradient => Assert.Equal(0f, gradient));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Gradients_agree_with_differences(string name)
    {
        IModel model = Create(name);
        GradientCheckResult result = GradientCheck.Run(model, Samples, Targets(model));
        Assert.True(result.Passed, result.ToString());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public void Reductions_are_those_of_the_words_alone(int length)
    {
        var padded = new PaddingReduced(seed: 3);
        IModel alone = length switch
        {
            1 => new ReducedOne(seed: 3),
            3 => new ReducedThree(seed: 3),
            _ => new ReducedFive(seed: 3),
        };
        padded.Parameters.CopyTo(alone.Parameters);
        float[] words = [.. Enumerable.Range(0, length).Select(i => (float)(1 + (i * 3 % 4)))];
        float[] expected = alone.Predict(words).ToArray();
        AssertClose(expected, padded.Predict([.. words, .. new float[6 - length]]).ToArray());
        AssertClose(expected, padded.Predict([.. new float[6 - length], .. words]).ToArray());
    }

    [Fact]
    public void Nothing_but_padding_reduces_to_zero_and_has_no_gradient()
    {
        var model = new PaddingReduced(seed: 3);
        model.ComputeGradients(new float[6], new float[model.Description.OutputShape.Count]);
        Assert.All(model.Predict(new float[6]).ToArray(), value => Assert.True(float.IsFinite(value)));
        Assert.All(model.Gradients.ToArray(), gradient => Assert.True(float.IsFinite(gradient)));
    }

    private static void AssertClose(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-5f * Math.Max(1f, Math.Abs(expected[i])));
        }
    }

    private static ParameterDescription Embedding(IModel model) =>
        model.Description.Parameters.First(
            parameter => parameter.Name.EndsWith("embedding1.weight", StringComparison.Ordinal));

    private static float[] Targets(IModel model) =>
        [.. Enumerable.Range(0, 5 * model.Description.OutputShape.Count).Select(i => (i % 7 / 5f) - 0.5f)];

    private static IModel Create(string name) => name switch
    {
        nameof(PaddingGathered) => new PaddingGathered(seed: 3),
        nameof(PaddingCut) => new PaddingCut(seed: 3),
        nameof(PaddingStrided) => new PaddingStrided(seed: 3),
        nameof(PaddingSplit) => new PaddingSplit(seed: 3),
        nameof(PaddingTransposed) => new PaddingTransposed(seed: 3),
        nameof(PaddingTiled) => new PaddingTiled(seed: 3),
        nameof(PaddingBordered) => new PaddingBordered(seed: 3),
        nameof(PaddingStacked) => new PaddingStacked(seed: 3),
        nameof(PaddingOfTwo) => new PaddingOfTwo(seed: 3),
        nameof(PaddingReversed) => new PaddingReversed(seed: 3),
        nameof(PaddingProducts) => new PaddingProducts(seed: 3),
        nameof(PaddingPooled) => new PaddingPooled(seed: 3),
        _ => new PaddingReduced(seed: 3),
    };
}

[Model, Input(6, Type = ElementType.Token, Padding = 0), MeanSquaredError]
public partial class PaddingGathered
{
    private static Tensor Forward(Tensor words) =>
        words.Embedding(5, 4).Gather([5, 4, 3, 2, 1, 0]).ToSequence().SelfAttention().GlobalAveragePool().Dense(2);
}

[Model, Input(6, Type = ElementType.Token, Padding = 0), MeanSquaredError]
public partial class PaddingCut
{
    private static Tensor Forward(Tensor words)
    {
        Tensor rest = words.Embedding(5, 4)[1..].SelfAttention();
        return (rest.GlobalAveragePool(), words[..4].Embedding(5, 3).Gru(3, returnSequences: false)).Concat().Dense(2);
    }
}

[Model, Input(6, Type = ElementType.Token, Padding = 0), MeanSquaredError]
public partial class PaddingStrided
{
    private static Tensor Forward(Tensor words) =>
        words.Embedding(5, 4).Slice(0, 1, step: 2).SelfAttention().GlobalAveragePool().Dense(2);
}

[Model, Input(6, Type = ElementType.Token, Padding = 0), MeanSquaredError]
public partial class PaddingSplit
{
    private static Tensor Forward(Tensor words)
    {
        (Tensor first, Tensor second, Tensor third) = words.Embedding(5, 4).Split(3, 0);
        return (third, first, second).Concat(0).ToSequence().SelfAttention().GlobalAveragePool().Dense(2);
    }
}

[Model, Input(6, Type = ElementType.Token, Padding = 0), MeanSquaredError]
public partial class PaddingTransposed
{
    private static Tensor Forward(Tensor words)
    {
        Tensor columns = words.Embedding(5, 6).Transpose(1, 0);
        Tensor scaled = columns.Gather([0, 2, 4, 5]) * 2;
        return scaled.Transpose(1, 0).ToSequence().SelfAttention().GlobalAveragePool().Dense(2);
    }
}

[Model, Input(6, Type = ElementType.Token, Padding = 0), MeanSquaredError]
public partial class PaddingTiled
{
    private static Tensor Forward(Tensor words) =>
        words.Embedding(5, 4).Tile(2, 1).ToSequence().SelfAttention().GlobalAveragePool().Dense(2);
}

[Model, Input(6, Type = ElementType.Token, Padding = 0), MeanSquaredError]
public partial class PaddingBordered
{
    private static Tensor Forward(Tensor words)
    {
        Tensor x = words.Embedding(5, 4);
        Tensor mirrored = x.Pad([2, 0], [1, 0], PadMode.Reflect).ToSequence().SelfAttention();
        Tensor zeros = x.Pad([1, 0], [0, 0]).ToSequence();
        return (mirrored.GlobalAveragePool(), zeros.GlobalAveragePool()).Concat().Dense(2);
    }
}

[Model, Input(6, Type = ElementType.Token, Padding = 0), MeanSquaredError]
public partial class PaddingStacked
{
    private static Tensor Forward(Tensor words)
    {
        Tensor x = words.Embedding(5, 4);
        Tensor both = Tensor.Stack([x, x.Tanh()]);
        return (both.Select(1).ToSequence().GlobalAveragePool(), both.Mean(1).Reshape(8)).Concat().Dense(2);
    }
}

[Model, Input(6, Type = ElementType.Token, Padding = 0), MeanSquaredError]
public partial class PaddingOfTwo
{
    private static Tensor Forward(Tensor words)
    {
        Tensor x = words.Embedding(5, 4);
        Tensor backwards = x.Gather([5, 4, 3, 2, 1, 0]);
        Tensor beside = (x, backwards).Concat().ToSequence().SelfAttention();
        return ((x + backwards).ToSequence().GlobalAveragePool(), beside.GlobalAveragePool()).Concat().Dense(2);
    }
}

[Block]
public partial class Backwards
{
    private static Tensor Forward(Tensor x) => x.Gather([5, 4, 3, 2, 1, 0]).ToSequence();
}

[Model, Input(6, Type = ElementType.Token, Padding = 0)]
[Embedding(5, 4), Residual<Backwards>, SelfAttention, GlobalAveragePool, Dense(2), MeanSquaredError]
public partial class PaddingReversed;

[Model, Input(6, Type = ElementType.Token, Padding = 0), MeanSquaredError]
public partial class PaddingProducts
{
    private static Tensor Forward(Tensor words, [Parameter(4, 6)] Tensor weight)
    {
        Tensor x = words.Embedding(5, 4);
        Tensor products = Tensor.Einsum("sf,fg->gs", x, weight);
        Tensor byRows = x.MatMul(weight);
        return (products.Max(1), byRows.Transpose(1, 0).Sum(1)).Concat().Dense(2);
    }
}

[Model, Input(6, Type = ElementType.Token, Padding = 0), MeanSquaredError]
public partial class PaddingPooled
{
    private static Tensor Forward(Tensor words)
    {
        Tensor x = words.Embedding(5, 4);
        Tensor weights = (x.Dense(1).Reshape(6) * 2).Softmax();
        Tensor others = x.Dense(4).Softmax(0);
        return ((weights.Reshape(6, 1) * x).Sum(0), (others * x).Sum(0), x.CumSum(0).Mean(0)).Concat().Dense(3);
    }
}

internal static class Reductions
{
    public static Tensor Of(Tensor x) => Tensor.Concat(
    [
        x.Sum(0), x.Mean(0), x.Max(0), x.Min(0), x.Variance([0]), x.Norm(0), x.LogSumExp(0),
        x.Mean().Reshape(1), x.Variance().Reshape(1), x.Variance(unbiased: true).Reshape(1),
        (x.Mean([0], keepDimensions: true) * x).Sum(0),
    ]);
}

[Model, Input(6, Type = ElementType.Token, Padding = 0), MeanSquaredError]
public partial class PaddingReduced
{
    private static Tensor Forward(Tensor words) => Reductions.Of(words.Embedding(5, 4));
}

[Model, Input(1, Type = ElementType.Token), MeanSquaredError]
public partial class ReducedOne
{
    private static Tensor Forward(Tensor words) => Reductions.Of(words.Embedding(5, 4));
}

[Model, Input(3, Type = ElementType.Token), MeanSquaredError]
public partial class ReducedThree
{
    private static Tensor Forward(Tensor words) => Reductions.Of(words.Embedding(5, 4));
}

[Model, Input(5, Type = ElementType.Token), MeanSquaredError]
public partial class ReducedFive
{
    private static Tensor Forward(Tensor words) => Reductions.Of(words.Embedding(5, 4));
}
