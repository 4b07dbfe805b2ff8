using ModelDsl.Generator.Layers.Primitives;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Tests.Primitives;

/// <summary>Reductions and functions along dimensions, against loops in double precision.</summary>
public sealed class ReductionTests
{
    private static readonly Dictionary<string, (Type Attribute, Func<double[], double> Of)> Kinds = new()
    {
        ["Sum"] = (typeof(ReduceSumAttribute), line => line.Sum()),
        ["Mean"] = (typeof(ReduceMeanAttribute), line => line.Average()),
        ["Max"] = (typeof(ReduceMaxAttribute), line => line.Max()),
        ["Min"] = (typeof(ReduceMinAttribute), line => line.Min()),
        ["Variance"] = (typeof(ReduceVarianceAttribute), line => line.Average(x => Math.Pow(x - line.Average(), 2))),
        ["Norm"] = (typeof(ReduceNormAttribute), line => Math.Sqrt(line.Sum(x => x * x))),
        ["LogSumExp"] = (typeof(ReduceLogSumExpAttribute), line => Math.Log(line.Sum(Math.Exp))),
    };

    private static readonly (int[] Shape, int[] Dimensions)[] Reduced =
    [
        ([5], []),
        ([3, 4], [0]),
        ([3, 4], [-1]),
        ([3, 4], []),
        ([2, 3, 4], [1]),
        ([2, 3, 4], [0, 1]),
        ([2, 3, 4], [0, 2]),
        ([2, 3, 2, 2, 3], [-5, 2, 4]),
        ([3, 1, 4], [0, 2]),
        ([3, 1, 4], [1]),
        ([3, 20], [0]),
    ];

    public static TheoryData<string, int> Cases
    {
        get
        {
            TheoryData<string, int> data = [];
            foreach (string kind in Kinds.Keys)
            {
                for (int number = 0; number < Reduced.Length; number++)
                {
                    data.Add(kind, number);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Reduction_and_its_gradient_match_a_naive_loop(string kind, int number)
    {
        (int[] shape, int[] dimensions) = Reduced[number];
        PrimitiveModel model = new PrimitiveModel().Part(shape)
            .Then(Kinds[kind].Attribute, [1], ("dimensions", dimensions));
        model.Matches(operands => Reduce(operands[0], shape, dimensions, Kinds[kind].Of));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(7)]
    public void Unbiased_variance_divides_by_one_less(int number)
    {
        (int[] shape, int[] dimensions) = Reduced[number];
        PrimitiveModel model = new PrimitiveModel().Part(shape).Then(
            typeof(ReduceVarianceAttribute),
            [1],
            ("dimensions", dimensions),
            (nameof(ReduceVarianceAttribute.Unbiased), true));
        model.Matches(operands => Reduce(
            operands[0], shape, dimensions, line => line.Sum(x => Math.Pow(x - line.Average(), 2)) / (line.Length - 1)));
    }

    [Fact]
    public void Shapes_lose_what_is_reduced_or_keep_it_as_1()
    {
        Assert.Equal(new TensorShape(2, 4), Shape([2, 3, 4], [1], keeps: false));
        Assert.Equal(new TensorShape(2, 1, 4), Shape([2, 3, 4], [1], keeps: true));
        Assert.Equal(new TensorShape(3), Shape([2, 3, 4], [-1, 0], keeps: false));
        Assert.Equal(new TensorShape(1), Shape([2, 3, 4], [], keeps: false));
        Assert.Equal(new TensorShape(1, 1, 1), Shape([2, 3, 4], [], keeps: true));
    }

    [Fact]
    public void Dimension_that_is_not_there_breaks_a_rule()
    {
        Assert.Equal("MDL0402", new PrimitiveModel().Part(2, 3).Then(typeof(ReduceSumAttribute), [1], ("dimensions", new[] { 0, 2 })).Rule());
        Assert.Equal("MDL0402", new PrimitiveModel().Part(2, 3).Then(typeof(CumSumAttribute), [1], ("dimension", -3)).Rule());
    }

    [Fact]
    public void Loss_of_a_reduced_parameter_breaks_a_rule() =>
        Assert.Equal("MDL0403", new PrimitiveModel().Part(1).Fixed(2, 3).Then(typeof(ReduceSumAttribute), [2]).Rule());

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    public void Softmax_over_a_dimension_matches_its_definition(int dimension)
    {
        int[] shape = [3, 4, 5];
        new PrimitiveModel().Part(shape).Then(typeof(SoftmaxOverAttribute), [1], ("dimension", dimension))
            .Matches(operands => Map(operands[0], shape, dimension, line => [.. line.Select(x => Math.Exp(x) / line.Sum(Math.Exp))]));
        new PrimitiveModel().Part(shape).Then(typeof(LogSoftmaxOverAttribute), [1], ("dimension", dimension))
            .Matches(operands => Map(operands[0], shape, dimension, line => [.. line.Select(x => x - Math.Log(line.Sum(Math.Exp)))]));
    }

    [Fact]
    public void Softmax_over_the_last_dimension_is_the_kernel_of_rows()
    {
        PrimitiveModel model = new PrimitiveModel().Part(3, 4).Then(typeof(SoftmaxOverAttribute), [1], ("dimension", -1));
        Assert.Contains("Softmax.Forward(part1, softmaxOver1, batch·3, 4)", model.Forward(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, false, false)]
    [InlineData(1, true, false)]
    [InlineData(1, false, true)]
    [InlineData(-1, true, true)]
    public void Cumulative_sum_matches_a_naive_loop(int dimension, bool exclusive, bool reverse)
    {
        int[] shape = [3, 4, 5];
        new PrimitiveModel().Part(shape).Then(
            typeof(CumSumAttribute),
            [1],
            ("dimension", dimension),
            (nameof(CumSumAttribute.Exclusive), exclusive),
            (nameof(CumSumAttribute.Reverse), reverse)).Matches(operands => Map(operands[0], shape, dimension, line =>
            [
                .. line.Select((own, i) => (reverse ? line.Skip(i) : line.Take(i + 1)).Sum() - (exclusive ? own : 0)),
            ]));
    }

    private static TensorShape Shape(int[] shape, int[] dimensions, bool keeps) => new PrimitiveModel().Part(shape).Then(
        typeof(ReduceMeanAttribute),
        [1],
        ("dimensions", dimensions),
        (nameof(ReduceMeanAttribute.KeepDimensions), keeps)).Output();

    private static double[] Reduce(double[] values, int[] shape, int[] dimensions, Func<double[], double> reduce)
    {
        bool[] reduced = [.. shape.Select((_, i) =>
            dimensions.Length == 0 || dimensions.Contains(i) || dimensions.Contains(i - shape.Length))];
        return
        [
            .. values.Select((value, place) => (value, place))
                .GroupBy(element => Kept(element.place))
                .OrderBy(group => group.Key)
                .Select(group => reduce([.. group.Select(element => element.value)])),
        ];

        int Kept(int place)
        {
            int kept = 0, step = 1;
            for (int i = shape.Length - 1; i >= 0; i--)
            {
                (place, int index) = Math.DivRem(place, shape[i]);
                if (!reduced[i])
                {
                    kept += index * step;
                    step *= shape[i];
                }
            }

            return kept;
        }
    }

    private static double[] Map(double[] values, int[] shape, int dimension, Func<double[], double[]> map)
    {
        int number = dimension < 0 ? dimension + shape.Length : dimension;
        int inner = shape.Skip(number + 1).Aggregate(1, (product, extent) => product * extent);
        double[] result = new double[values.Length];
        for (int line = 0; line < values.Length / shape[number]; line++)
        {
            int start = (line / inner * inner * shape[number]) + (line % inner);
            double[] mapped = map([.. Enumerable.Range(0, shape[number]).Select(i => values[start + (i * inner)])]);
            for (int i = 0; i < mapped.Length; i++)
            {
                result[start + (i * inner)] = mapped[i];
            }
        }

        return result;
    }
}
