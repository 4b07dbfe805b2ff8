using ModelDsl.Generator.Layers.Primitives;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Tests.Primitives;

/// <summary>
/// Attention of queries to keys and values that lie apart, against its definition in double precision.
/// </summary>
public sealed class AttentionTests
{
    [Theory]
    [InlineData(3, 5, 2, 2, 3, false, 0)]
    [InlineData(5, 3, 2, 1, 4, true, 0)]
    [InlineData(3, 5, 4, 2, 2, true, 1)]
    [InlineData(4, 4, 1, 1, 5, false, 2)]
    [InlineData(18, 66, 2, 1, 3, false, 2)]
    [InlineData(18, 66, 2, 2, 3, true, 1)]
    public void Attention_and_its_gradients_match_the_definition(
        int steps, int keys, int heads, int keyHeads, int size, bool causal, int maskRank)
    {
        PrimitiveModel model = new PrimitiveModel().Part(steps, heads * size).Part(keys, keyHeads * size).Part(keys, keyHeads * size);
        _ = maskRank == 0 ? model : maskRank == 1 ? model.Part(keys) : model.Part(steps, keys);
        Attend(model, maskRank > 0, heads, keyHeads, causal);
        model.Matches(operands => Naive(operands, steps, keys, heads, keyHeads, size, causal, maskRank, 1 / Math.Sqrt(size)), 2e-5);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Operand_that_is_a_parameter_gets_the_sum_over_the_batch(int number)
    {
        int[][] shapes = [[3, 4], [5, 4], [5, 4], [3, 5]];
        var model = new PrimitiveModel();
        for (int i = 0; i < shapes.Length; i++)
        {
            _ = i == number ? model.Fixed(shapes[i]) : model.Part(shapes[i]);
        }

        Attend(model, hasMask: true, heads: 2, keyHeads: 2, causal: false);
        model.Matches(operands => Naive(operands, 3, 5, 2, 2, 2, false, 2, 1 / Math.Sqrt(2)), 2e-5);
    }

    [Fact]
    public void Scale_that_is_given_takes_the_place_of_the_root()
    {
        PrimitiveModel model = new PrimitiveModel().Part(3, 4).Part(5, 4).Part(5, 4)
            .Then(typeof(AttentionAttribute), [1, 2, 3], (nameof(AttentionAttribute.Scale), 0.3));
        model.Matches(operands => Naive(operands, 3, 5, 1, 1, 4, false, 0, 0.3), 2e-5);
    }

    [Fact]
    public void Same_value_may_be_queries_keys_and_values()
    {
        PrimitiveModel model = new PrimitiveModel().Part(4, 6).Then(
            typeof(AttentionAttribute), [1, 1, 1], (nameof(AttentionAttribute.Heads), 2));
        model.Matches(operands => Naive([operands[0], operands[0], operands[0]], 4, 4, 2, 2, 3, false, 0, 1 / Math.Sqrt(3)), 2e-5);
    }

    [Fact]
    public void Result_has_the_shape_of_the_queries() =>
        Assert.Equal(
            new TensorShape(3, 4),
            Attend(new PrimitiveModel().Fixed(3, 4).Part(5, 2).Part(5, 2), hasMask: false, 2, 1, causal: false).Output());

    [Fact]
    public void Operands_that_do_not_fit_break_a_rule()
    {
        Assert.Equal("MDL0415", Of([3, 4], [5, 4], [6, 4], heads: 2, keyHeads: 2));
        Assert.Equal("MDL0415", Of([3, 4], [5, 4], [5, 4], heads: 2, keyHeads: 1));
        Assert.Equal("MDL0415", Of([3, 6], [5, 6], [5, 6], heads: 4, keyHeads: 4));
        Assert.Equal("MDL0415", Of([3, 6], [5, 4], [5, 4], heads: 3, keyHeads: 2));
        Assert.Equal("MDL0415", Of([6], [5, 6], [5, 6], heads: 1, keyHeads: 1));
        Assert.Equal("MDL0015", Of([3, 6], [5, 6], [5, 6], heads: 0, keyHeads: 1));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5, 3)]
    [InlineData(1, 3, 5)]
    public void Mask_that_does_not_fit_breaks_a_rule(params int[] mask) =>
        Assert.Equal(
            "MDL0416",
            Attend(new PrimitiveModel().Part(3, 4).Part(5, 4).Part(5, 4).Part(mask), hasMask: true, 2, 2, causal: false).Rule());

    private static string Of(int[] queries, int[] keys, int[] values, int heads, int keyHeads) =>
        Attend(new PrimitiveModel().Part(queries).Part(keys).Part(values), hasMask: false, heads, keyHeads, causal: false).Rule();

    private static PrimitiveModel Attend(PrimitiveModel model, bool hasMask, int heads, int keyHeads, bool causal) => model.Then(
        typeof(AttentionAttribute),
        hasMask ? [1, 2, 3, 4] : [1, 2, 3],
        (nameof(AttentionAttribute.Heads), heads),
        (nameof(AttentionAttribute.KeyValueHeads), keyHeads),
        (nameof(AttentionAttribute.Causal), causal));

    private static double[] Naive(
        double[][] operands, int steps, int keys, int heads, int keyHeads, int size, bool causal, int maskRank, double scale)
    {
        double[] result = new double[steps * heads * size];
        for (int step = 0; step < steps; step++)
        {
            for (int head = 0; head < heads; head++)
            {
                int keyHead = head / (heads / keyHeads);
                int seen = causal ? Math.Min(step + 1, keys) : keys;
                double[] powers = [.. Enumerable.Range(0, seen).Select(key => Math.Exp(
                    (scale * Enumerable.Range(0, size).Sum(i =>
                        operands[0][(((step * heads) + head) * size) + i] * operands[1][(((key * keyHeads) + keyHead) * size) + i]))
                    + (maskRank == 0 ? 0 : operands[3][(maskRank == 2 ? step * keys : 0) + key])))];
                for (int i = 0; i < size; i++)
                {
                    result[(((step * heads) + head) * size) + i] = Enumerable.Range(0, seen)
                        .Sum(key => powers[key] * operands[2][(((key * keyHeads) + keyHead) * size) + i]) / powers.Sum();
                }
            }
        }

        return result;
    }
}
