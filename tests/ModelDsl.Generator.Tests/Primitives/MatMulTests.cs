using ModelDsl.Generator.Layers.Primitives;
using ModelDsl.Generator.Planning;

namespace ModelDsl.Generator.Tests.Primitives;

/// <summary>Products of matrices: shapes, rules, operations, and values against loops in double precision.</summary>
public sealed class MatMulTests
{
    private static readonly int[][][] Pairs =
    [
        [[3, 4], [4, 5]],
        [[4], [4, 5]],
        [[3, 4], [4]],
        [[4], [4]],
        [[1, 4], [4, 1]],
        [[2, 3, 4], [4, 5]],
        [[3, 4], [2, 4, 5]],
        [[2, 3, 4], [2, 4, 5]],
        [[2, 1, 3, 4], [3, 4, 5]],
        [[2, 3, 1, 2, 4], [2, 1, 2, 4, 3]],
        [[4], [2, 4, 3]],
        [[2, 3, 4], [4]],
        [[17, 20], [20, 18]],
    ];

    public static TheoryData<int, bool, bool, string> Cases
    {
        get
        {
            TheoryData<int, bool, bool, string> data = [];
            for (int pair = 0; pair < Pairs.Length; pair++)
            {
                foreach (string isFixed in (string[])["none", "left", "right"])
                {
                    data.Add(pair, false, false, isFixed);
                    data.Add(pair, false, true, isFixed);
                    data.Add(pair, true, false, isFixed);
                    data.Add(pair, true, true, isFixed);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Product_and_its_gradients_match_a_naive_loop(int pair, bool transposeLeft, bool transposeRight, string isFixed)
    {
        (int[] left, int[] right) = (Pairs[pair][0], Pairs[pair][1]);
        int[] storedLeft = transposeLeft ? Turned(left) : left, storedRight = transposeRight ? Turned(right) : right;
        PrimitiveModel model = Product(storedLeft, storedRight, isFixed, transposeLeft, transposeRight);
        Assert.Equal(Primitive.ShapeOf(Naive(left, right)), model.Output());
        model.Matches(operands => Multiply(
            left, right, Stored(operands[0], storedLeft, transposeLeft), Stored(operands[1], storedRight, transposeRight)));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("left")]
    [InlineData("right")]
    public void Operand_that_does_not_fit_breaks_the_rule_of_inner_extents(string isFixed)
    {
        Assert.Equal("MDL0411", Product([3, 4], [5, 4], isFixed).Rule());
        Assert.Equal("MDL0411", Product([3, 4], [4, 5], isFixed, transposeRight: true).Rule());
        Assert.Equal("MDL0411", Product([3], [4], isFixed).Rule());
    }

    [Fact]
    public void Leading_dimensions_that_do_not_pair_break_a_rule() =>
        Assert.Equal("MDL0412", Product([2, 3, 4], [3, 4, 5], "none").Rule());

    [Fact]
    public void Product_of_parameters_is_computed_once_ahead_of_all_others()
    {
        PrimitiveModel model = new PrimitiveModel().Part(3).Fixed(3, 4).Fixed(4, 5)
            .Then(typeof(MatMulAttribute), [2, 3]).Then(typeof(MatMulAttribute), [1, 4]);
        string forward = model.Forward();
        Assert.Contains(
            "BatchedProduct.Multiply(fixed1.value, fixed2.value, matMul1, ProductBatch(3, 5, 4, False, False, "
                + "MatrixLoop(1, 1, 1, 1)))",
            forward,
            StringComparison.Ordinal);
        Assert.True(
            forward.IndexOf("matMul1", StringComparison.Ordinal) < forward.IndexOf("part1", StringComparison.Ordinal));
        Assert.Contains(
            "MatrixMultiplication.TransposedTimes(part1, flatten1'Gradient, matMul1'Gradient,",
            model.Backward(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_times_a_parameter_are_one_product_that_hosts_what_follows()
    {
        PrimitiveModel model = new PrimitiveModel().Part(3, 4).Fixed(4, 5)
            .Then(typeof(MatMulAttribute), [1, 2]).Then("ModelDsl.TanhAttribute", [3]);
        Assert.Contains(
            "MatrixMultiplication.Times(part1, fixed1.value, matMul1, batch·3, 5, 4)", model.Forward(), StringComparison.Ordinal);
        Assert.Contains(
            "MatrixMultiplication.TransposedTimes(part1, matMul1'Gradient, fixed1.value'Gradient, none, 4, 5, batch·3)",
            model.Backward(),
            StringComparison.Ordinal);
        string code = ModelCompiler.Write(model.Check(), MemoryMode.Planned, CancellationToken.None).Text;
        Assert.Contains("new ModelKernels::Activate<ModelKernels::Tanh>(new ModelKernels::Tanh())", code, StringComparison.Ordinal);
        Assert.DoesNotContain("Elementwise.Apply(matMul1", code, StringComparison.Ordinal);
    }

    [Fact]
    public void Parameter_that_two_products_share_gets_the_sum_of_their_gradients()
    {
        PrimitiveModel model = new PrimitiveModel().Part(3, 4).Fixed(4, 4)
            .Then(typeof(MatMulAttribute), [1, 2]).Then(typeof(MatMulAttribute), [2, 3], (nameof(MatMulAttribute.TransposeRight), true));
        model.Matches(operands =>
        {
            double[] first = Multiply([3, 4], [4, 4], operands[0], operands[1]);
            return Multiply([4, 4], [4, 3], operands[1], Stored(first, [3, 4], turns: true));
        });
    }

    [Fact]
    public void Product_of_a_value_with_itself_gets_both_gradients()
    {
        PrimitiveModel model = new PrimitiveModel().Part(3, 4)
            .Then(typeof(MatMulAttribute), [1, 1], (nameof(MatMulAttribute.TransposeRight), true));
        model.Matches(operands => Multiply([3, 4], [4, 3], operands[0], Stored(operands[0], [3, 4], turns: true)));
    }

    private static PrimitiveModel Product(
        int[] left, int[] right, string isFixed, bool transposeLeft = false, bool transposeRight = false)
    {
        var model = new PrimitiveModel();
        _ = isFixed == "left" ? model.Fixed(left) : model.Part(left);
        _ = isFixed == "right" ? model.Fixed(right) : model.Part(right);
        return model.Then(
            typeof(MatMulAttribute),
            [1, 2],
            (nameof(MatMulAttribute.TransposeLeft), transposeLeft),
            (nameof(MatMulAttribute.TransposeRight), transposeRight));
    }

    private static int[] Turned(int[] extents) =>
        extents.Length == 1 ? extents : [.. extents[..^2], extents[^1], extents[^2]];

    // The matrices of an operand as the product takes them.
    private static double[] Stored(double[] values, int[] stored, bool turns)
    {
        if (!turns || stored.Length == 1)
        {
            return values;
        }

        (int rows, int columns) = (stored[^2], stored[^1]);
        double[] turned = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            (int matrix, int place) = Math.DivRem(i, rows * columns);
            turned[(matrix * rows * columns) + (place % columns * rows) + (place / columns)] = values[i];
        }

        return turned;
    }

    private static int[] Leading(int[] left, int[] right)
    {
        (int[] l, int[] r) = (Matrix(left, isLeft: true), Matrix(right, isLeft: false));
        int rank = Math.Max(l.Length, r.Length) - 2;
        return [.. Enumerable.Range(0, rank).Select(i => Math.Max(At(l, i, rank), At(r, i, rank)))];
    }

    private static int At(int[] extents, int dimension, int rank) =>
        dimension - rank + extents.Length - 2 is >= 0 and int number ? extents[number] : 1;

    private static int[] Matrix(int[] extents, bool isLeft) =>
        extents.Length > 1 ? extents : isLeft ? [1, extents[0]] : [extents[0], 1];

    private static IEnumerable<int> Naive(int[] left, int[] right) =>
        [.. Leading(left, right), .. left.Length > 1 ? [left[^2]] : (int[])[], .. right.Length > 1 ? [right[^1]] : (int[])[]];

    private static double[] Multiply(int[] left, int[] right, double[] a, double[] b)
    {
        int[] leading = Leading(left, right);
        (int[] l, int[] r) = (Matrix(left, isLeft: true), Matrix(right, isLeft: false));
        (int rows, int depth, int columns) = (l[^2], l[^1], r[^1]);
        int count = leading.Aggregate(1, (product, extent) => product * extent);
        double[] result = new double[count * rows * columns];
        for (int matrix = 0; matrix < count; matrix++)
        {
            int first = Place(l, matrix) * rows * depth, second = Place(r, matrix) * depth * columns;
            for (int i = 0; i < rows * columns; i++)
            {
                result[(matrix * rows * columns) + i] = Enumerable.Range(0, depth)
                    .Sum(k => a[first + (i / columns * depth) + k] * b[second + (k * columns) + (i % columns)]);
            }
        }

        return result;

        int Place(int[] extents, int matrix)
        {
            int place = 0, step = 1;
            for (int i = leading.Length - 1; i >= 0; i--)
            {
                (matrix, int turn) = Math.DivRem(matrix, leading[i]);
                int extent = At(extents, i, leading.Length);
                place += extent > 1 ? turn * step : 0;
                step *= extent;
            }

            return place;
        }
    }
}
