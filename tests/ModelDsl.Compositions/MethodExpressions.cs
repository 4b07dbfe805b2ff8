using System.Globalization;

namespace ModelDsl.Compositions;

/// <summary>
/// Every operation that compositions of methods are made of, but layers. Arguments stay where functions are smooth and
/// results are of the order of one. A new operation is one more entry here.
/// </summary>
internal static class MethodExpressions
{
    public static readonly Func<MethodDraft, DrawnLayer?>[] All =
    [
        Unary, Unary, Unary, WithOther, WithOther, WithOther, WithParameter, WithParameter, WithParameters,
        WithReduction, Reduced, Along,
        Product, ProductOfTwo, Attention, CrossAttention, States, .. MethodLayouts.All,
    ];

    private static readonly string[] Functions =
    [
        "{0}.Sin()", "{0}.Cos()", "{0}.Tanh()", "{0}.Abs()", "0.5 * {0}.Square()", "(-{0})",
            "({0}.Square() + 1).Sqrt()",
        "({0}.Abs() + 0.5).Log()", "({0}.Square() + 1).Reciprocal()", "{0}.Tanh().Exp()",
            "({0}.Abs() + 0.5).Power(1.5)",
        "{0}.Sign() * {0}", "{0}.Maximum(-0.5).Minimum(0.5)", "1 / (1 + {0}.Square())", "(2 - {0})", "0.3f * {0}",
        "({0} > 0.1) * {0}", "Tensor.Where({0} <= 0.2, {0}, 0.2)", "Tensor.Where({0} < -0.3, 0.1, {0})",
        "{0}.Sigmoid() * {0}", "{0} / (System.Math.Sqrt(2) + {0}.Abs())", "({0} + 1) * ({0} - 1)", "Waves({0}).Item1",
    ];

    private static readonly string[] FunctionsOfTwo =
    [
        "{0} + {1}", "{0} - {1}", "{0} * {1}", "{0} / ({1}.Square() + 1)", "{0}.Maximum({1})", "{0}.Minimum({1})",
        "({0}.Abs() + 0.5).Power({1}.Tanh())", "Tensor.Where({0} > {1}, {0}, {1})",
            "Tensor.Where({1} >= 0.1, {0}, 0.5)",
        "({0} < {1}) * {0} + {1}", "{0}.Tanh() * {1}.Sigmoid()", "Blend({0}, {1})",
            "Blend(share: 0.25, b: {0}, a: {1})",
        "2 * {0} - 0.5 * {1} + {0} * {1}",
    ];

    private static readonly string[] FunctionsWithParameter =
    [
        "{0} + {1}", "{1} - {0}", "{0} * {1}", "{1} * {0}", "{0}.Maximum({1})", "{1}.Minimum({0})",
            "{1} / ({0}.Abs() + 0.5)",
        "Tensor.Where({0} > {1}, {0}, {1})", "({0} < {1}) * {0} + {1}", "({0}.Abs() + 0.5).Power({1})",
    ];

    /// <summary>A function of one tensor, as it may stand in a loop.</summary>
    public static string UnaryOf(MethodDraft draft, string name) => Written(draft, draft.Choose(Functions), name, name);

    /// <summary>A function of two tensors.</summary>
    public static string BinaryOf(MethodDraft draft, string left, string right) =>
        Written(draft, draft.Choose(FunctionsOfTwo), left, right);

    private static string Written(MethodDraft draft, string function, string left, string right)
    {
        if (function.Contains("Blend", StringComparison.Ordinal))
        {
            draft.Helper(
                "private static Tensor Blend(Tensor a, Tensor b, double share = 0.5) => share * a + (1 - share) * b;");
        }

        if (function.Contains("Waves", StringComparison.Ordinal))
        {
            draft.Helper(
                "private static (Tensor, Tensor) Waves(Tensor x) { return (0.5 * Sine(x) + x.Cos(), x); "
                    + "static Tensor Sine(Tensor y) => y.Sin(); }");
        }

        return string.Format(CultureInfo.InvariantCulture, function, left, right);
    }

    private static DrawnLayer? Unary(MethodDraft draft) =>
        draft.Take() is { } x ? new DrawnLayer(UnaryOf(draft, x.Name), x.Shape) : null;

    private static DrawnLayer? WithOther(MethodDraft draft)
    {
        if (draft.Take() is not { } x
            || draft.Take(shape => MethodShapes.Broadcast(x.Shape, shape) is not null) is not { } other)
        {
            return null;
        }

        return new DrawnLayer(
            BinaryOf(draft, x.Name, other.Name), MethodShapes.Broadcast(x.Shape, other.Shape)!);
    }

    private static DrawnLayer? WithParameter(MethodDraft draft)
    {
        if (draft.Take() is not { } x)
        {
            return null;
        }

        int rank = x.Shape.Dimensions.Length;
        int[] extents =
        [
            .. x.Shape.Dimensions.Skip(draft.Number(0, rank - 1)).Select(extent => draft.Chance(0.3) ? 1 : extent),
        ];
        string parameter = draft.Parameter(extents);
        return new DrawnLayer(Written(draft, draft.Choose(FunctionsWithParameter), x.Name, parameter), x.Shape);
    }

    // A parameter in an expression of parameters alone, which is as large as one.
    private static DrawnLayer? WithParameters(MethodDraft draft)
    {
        if (draft.Take() is not { } x)
        {
            return null;
        }

        int columns = x.Shape.Columns;
        int kind = draft.Number(0, 7);
        string first = kind is 2 or 4 or 5 ? "" : draft.Parameter(columns);
        string second = kind is 0 ? "" : draft.Parameter(3, columns);
        string computed = kind switch
        {
            0 => Written(draft, draft.Choose(Functions), first, first),
            1 => Written(draft, draft.Choose(FunctionsOfTwo), first, $"{second}[1]"),
            2 => $"{second}.Softmax(0).CumSum(0).Mean(0)",
            3 => $"{first}.MatMul({second}, transposeRight: true).MatMul({second}).Tanh()",
            4 => $"{second}.Transpose(1, 0).Reshape({3 * columns}).Slice(0, {columns})",
            5 => $"({second} / ({second} + 1.7).Norm([0], keepDimensions: true)).Gather([1, 0, 1]).Max(0)",
            6 => $"{second}.Attention(Tensor.Stack([{first}, {second}[0]]), {second}[1..])[0]",
            _ => $"Tensor.Where({first} > {second}, {first}, {second}.Sin()).LogSumExp(0)",
        };
        return new DrawnLayer(draft.Choose($"{x.Name} * ({computed})", $"({computed}) + {x.Name}"), x.Shape);
    }

    // Normalisation by one's own means: a tensor and what it is reduced to.
    private static DrawnLayer? WithReduction(MethodDraft draft)
    {
        if (draft.Take() is not { } x)
        {
            return null;
        }

        string dimensions = draft.Written(draft.Number(0, x.Shape.Dimensions.Length - 1), x.Shape.Dimensions.Length);
        return new DrawnLayer(
            draft.Chance(0.5)
                ? $"{x.Name} - {x.Name}.Mean([{dimensions}], keepDimensions: true)"
                : $"{x.Name} / ({x.Name}.Variance([{dimensions}], keepDimensions: true) + 0.2).Sqrt()",
            x.Shape);
    }

    private static DrawnLayer? Reduced(MethodDraft draft)
    {
        if (draft.Take(shape => shape.Count > 1) is not { } x)
        {
            return null;
        }

        int rank = x.Shape.Dimensions.Length;
        int[] order = draft.Order(rank)[..draft.Number(1, rank)];
        bool isAll = order.Length == rank && draft.Chance(0.5);
        bool keeps = !isAll && draft.Chance(0.4);
        string list = isAll ? "" : string.Join(", ", order.Select(dimension => draft.Written(dimension, rank)));
        string kind = draft.Choose("Sum", "Mean", "Max", "Min", "Norm", "LogSumExp", "Variance");
        int count = order.Aggregate(1, (product, dimension) => product * x.Shape.Dimensions[dimension]);
        string arguments = kind == "Variance"
            ? $"{(isAll ? "" : $"[{list}], keepDimensions: {(keeps ? "true" : "false")}")}"
                + (count > 1 && draft.Chance(0.4) ? $"{(isAll ? "" : ", ")}unbiased: true" : "")
            : keeps ? $"[{list}], keepDimensions: true" : list;
        SampleShape shape = order.Aggregate(x.Shape, (reduced, dimension) => reduced.With(dimension, 1));
        shape = keeps
            ? shape with { IsSequence = x.Shape.IsSequence && !order.Contains(0) && rank > 1 }
            : x.Shape.Without(order);

        // A norm bends at zero, where a rectifier may have put everything; a sum of many is large.
        string operand = kind == "Norm" ? $"({x.Name} + 0.7)" : kind == "Sum" ? $"(0.3 * {x.Name})" : x.Name;
        return new DrawnLayer($"{operand}.{kind}({arguments})", shape);
    }

    private static DrawnLayer? Along(MethodDraft draft)
    {
        if (draft.Take() is not { } x)
        {
            return null;
        }

        string dimension = draft.Written(
            draft.Number(0, x.Shape.Dimensions.Length - 1), x.Shape.Dimensions.Length);
        string text = draft.Number(0, 2) switch
        {
            0 => $"{x.Name}.Softmax({dimension})",
            1 => $"{x.Name}.LogSoftmax({dimension})",
            _ => $"(0.3 * {x.Name}).CumSum({dimension}"
                + $"{draft.Choose("", ", exclusive: true")}{draft.Choose("", ", reverse: true")})",
        };
        return new DrawnLayer(text, x.Shape);
    }

    private static DrawnLayer? Product(MethodDraft draft)
    {
        if (draft.Take() is not { } x)
        {
            return null;
        }

        int columns = draft.Number(1, 6);
        bool transposes = draft.Chance(0.4);
        string matrix = transposes ? draft.Parameter(columns, x.Shape.Columns)
            : draft.Parameter(x.Shape.Columns, columns);
        return new DrawnLayer(
            $"{x.Name}.MatMul({matrix}{(transposes ? ", transposeRight: true" : "")})",
            x.Shape.WithColumns(columns) with { IsSequence = x.Shape.IsSequence && x.Shape.Dimensions.Length > 1 });
    }

    private static DrawnLayer? ProductOfTwo(MethodDraft draft)
    {
        if (draft.Take(shape => shape.Dimensions.Length > 1) is not { } x)
        {
            return null;
        }

        int rank = x.Shape.Dimensions.Length;
        int rows = x.Shape.Dimensions[rank - 2];
        if (draft.Chance(0.4))
        {
            SampleShape shape = x.Shape.With(rank - 2, x.Shape.Columns);
            return new DrawnLayer(
                $"(0.3 * {x.Name}).MatMul({x.Name}, transposeLeft: true)",
                shape with { IsSequence = x.Shape.IsSequence && rank > 2 });
        }

        bool transposes = draft.Chance(0.5);
        bool Fits(SampleShape other) =>
            other.Dimensions.Length == 2 && other.Dimensions[transposes ? 1 : 0] == x.Shape.Columns;
        return draft.Take(Fits) is not { } right
            ? new DrawnLayer($"(0.3 * {x.Name}).MatMul({x.Name}, transposeRight: true)", x.Shape.WithColumns(rows))
            : new DrawnLayer(
                $"(0.3 * {x.Name}).MatMul({right.Name}{(transposes ? ", transposeRight: true" : "")})",
                x.Shape.WithColumns(right.Shape.Dimensions[transposes ? 0 : 1]));
    }

    private static DrawnLayer? Attention(MethodDraft draft)
    {
        if (draft.Take(shape => shape.Dimensions.Length == 2) is not { } queries
            || draft.Take(shape => shape.Dimensions.Length == 2 && shape.Columns == queries.Shape.Columns)
                is not { } keys)
        {
            return null;
        }

        int[] divisors = [.. Enumerable.Range(1, queries.Shape.Columns).Where(one => queries.Shape.Columns % one == 0)];
        int heads = draft.Choose(divisors);
        int keyHeads = draft.Choose([.. Enumerable.Range(1, heads).Where(one => heads % one == 0)]);
        string memory = keyHeads == heads
            ? keys.Name
            : $"{keys.Name}.Slice(0, {queries.Shape.Columns / heads * keyHeads}, dimension: 1)";
        int steps = keys.Shape.Dimensions[0];
        string mask = draft.Number(0, 3) switch
        {
            0 => $", {draft.Parameter(steps)}",
            1 => $", mask: {draft.Parameter(queries.Shape.Dimensions[0], steps)}",
            _ => "",
        };
        return new DrawnLayer(
            $"{queries.Name}.Attention({memory}, {memory}{mask}, heads: {heads}"
                + (keyHeads == heads ? "" : $", keyValueHeads: {keyHeads}")
                + $"{draft.Choose("", ", causal: true")}{draft.Choose("", ", scale: 0.7")})",
            queries.Shape);
    }

    private static DrawnLayer? CrossAttention(MethodDraft draft)
    {
        if (draft.Take(shape => shape.IsVectorSequence) is not { } queries
            || draft.Take(shape => shape.IsVectorSequence) is not { } memory)
        {
            return null;
        }

        int width = queries.Shape.Columns;
        int heads = draft.Choose([.. Enumerable.Range(1, width).Where(one => width % one == 0)]);
        return new DrawnLayer(
            $"{queries.Name}.CrossAttention({memory.Name}, heads: {heads}{draft.Choose("", ", useBias: false")})",
            queries.Shape);
    }

    // A recurrent layer with a state, of which one result is taken.
    private static DrawnLayer? States(MethodDraft draft)
    {
        if (draft.Take(shape => shape.IsVectorSequence) is not { } x)
        {
            return null;
        }

        (string Name, SampleShape Shape)? given =
            draft.Chance(0.6) ? draft.Take(shape => !shape.IsSequence && shape.Dimensions.Length == 1) : null;
        int units = given?.Shape.Columns ?? draft.Number(1, 6);
        string? initial = given?.Name ?? (draft.Chance(0.5) ? draft.Parameter(units) : null);
        string kind = draft.Choose("Gru", "SimpleRnn", "Lstm");
        string state = initial is null ? ""
            : kind == "Lstm" ? $", initialState: ({initial}, {initial})"
            : $", {initial}";
        string options = draft.Choose("", ", goBackwards: true") + draft.Choose("", ", useBias: false")
            + draft.Choose("", "", ", unroll: Unrolling.Never");
        string part = draft.Choose("Outputs", kind == "Lstm" ? "State.Cell" : "State");
        return new DrawnLayer(
            $"{x.Name}.{kind}WithState({units}{state}{options}).{part}",
            part == "Outputs" ? x.Shape.WithColumns(units) : SampleShape.Of(units));
    }
}
