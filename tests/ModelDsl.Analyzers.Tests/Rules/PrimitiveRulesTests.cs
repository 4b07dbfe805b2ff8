using ModelDsl.Generator.Tests.Primitives;

namespace ModelDsl.Analyzers.Tests.Rules;

/// <summary>The rules of primitives, of declarations as a method's expressions make them.</summary>
public sealed class PrimitiveRulesTests
{
    [Fact]
    public void Shapes_that_do_not_broadcast_report_MDL0401_with_both_and_where_they_come_from() => Reports(
        "MDL0401",
        "'Add(value0, value1)' combines 2x5 from [Input] and 3 from [parameter]; from the last dimension on, extents "
            + "must be equal or 1",
        new(2, 5),
        graph => graph.Apply("Add", [0, graph.Parameter(3)]));

    [Fact]
    public void Choice_of_shapes_that_do_not_broadcast_reports_MDL0401() => Reports(
        "MDL0401",
        "'Where(value0, value0, value1)' combines 2x5 from [Input] and 2 from [parameter]; from the last dimension on, "
            + "extents must be equal or 1",
        new(2, 5),
        graph =>
        {
            int parameter = graph.Parameter(2);
            graph.Apply("Where", [0, 0, parameter]);
        });

    [Fact]
    public void Shapes_that_broadcast_do_not_report_MDL0401() =>
        Fits(new(2, 5), graph => graph.Apply("Add", [0, graph.Parameter(3, 1, 5)]));

    [Theory]
    [InlineData(2)]
    [InlineData(-3)]
    public void Dimension_that_is_not_there_reports_MDL0402(int dimension) => Reports(
        "MDL0402",
        $"'Select(value0)' names dimension {dimension} of 2, with an input of 2x5 from [Input]; dimensions of a sample count "
            + "from 0, or from -1 at the end",
        new(2, 5),
        graph => graph.Apply("Select", [0], ("dimension", dimension), ("index", 0)));

    [Fact]
    public void Dimension_of_what_is_stacked_reports_MDL0402_where_it_is_beyond_the_new_one() => Reports(
        "MDL0402", null, new(2, 5), graph => graph.Apply("Stack", [0, 0], ("dimension", 3)));

    [Fact]
    public void Last_dimension_and_a_new_one_do_not_report_MDL0402()
    {
        Fits(new(2, 5), graph => graph.Apply("Select", [0], ("dimension", -2), ("index", 0)));
        Fits(new(2, 5), graph => graph.Apply("Stack", [0, 0], ("dimension", 2)));
    }

    [Theory]
    [InlineData("LayerNorm")]
    [InlineData("BatchNorm")]
    [InlineData("RmsNorm")]
    [InlineData("GlobalAveragePool")]
    public void Layer_on_a_parameter_reports_MDL0403(string kind) => Reports(
        "MDL0403",
        null,
        new(2, 5),
        graph => graph.Apply("Multiply", [0, graph.Layer(kind, graph.Parameter(5))]));

    [Fact]
    public void Loss_of_parameters_reports_MDL0403() => Reports(
        "MDL0403",
        "'[MeanSquaredError]' depends on parameters alone; only operations of methods and activation functions compute "
            + "with those, and a loss or an output needs something of the samples",
        new(2, 5),
        graph => graph.Apply("Exp", [graph.Parameter(5)]));

    [Fact]
    public async Task Prediction_of_parameters_reports_MDL0403()
    {
        var reported = await Diagnose.RunAsync(new Situation
        {
            Sources =
            [
                """
                [Model(Inference = true), Input(4)]
                public partial class Net
                {
                    private static Tensor Forward(Tensor x, [Parameter(4)] Tensor a) => a.Exp();
                }
                """,
            ],
        });
        Assert.Contains(reported, diagnostic => diagnostic.Id == "MDL0403");
    }

    [Fact]
    public void Expressions_of_parameters_do_not_report_MDL0403()
    {
        Fits(new(2, 5), graph =>
        {
            int parameter = graph.Parameter(5);
            int product = graph.Apply("Multiply", [parameter, graph.Layer("Tanh", graph.Apply("Exp", [parameter]))]);
            graph.Apply("Add", [0, graph.Layer("Softmax", product)]);
        });
        Fits(new(2, 5), graph =>
        {
            int matrix = graph.Apply("MatMul", [graph.Parameter(5, 3), graph.Parameter(3, 4)]);
            graph.Apply("MatMul", [0, graph.Apply("Multiply", [matrix, graph.Apply("ReduceMax", [matrix])])]);
        });
    }

    [Fact]
    public void Parameter_of_another_shape_does_not_report_MDL0403() => Fits(
        new(5),
        graph => graph.Apply("Multiply", [0, graph.Layer("ToSequence", graph.Parameter(5, 1))]));

    [Theory]
    [InlineData("Slice", "indices from 1 to before 6", "start", 1, "end", 6)]
    [InlineData("Slice", "indices from 3 to before 3", "start", 3, "end", -2)]
    [InlineData("Select", "index 5", "index", 5, "Name2", 0)]
    [InlineData("Select", "index -6", "index", -6, "Name2", 0)]
    public void Index_outside_its_dimension_reports_MDL0404(
        string kind, string taken, string first, int start, string second, int end) => Reports(
        "MDL0404",
        $"'{kind}(value0)' takes {taken} of dimension 1, whose extent is 5 in 2x5 from [Input]",
        new(2, 5),
        graph => graph.Apply(kind, [0], ("dimension", 1), (first, start), (second, end)));

    [Fact]
    public void Mirror_as_wide_as_its_dimension_reports_MDL0404() => Reports(
        "MDL0404",
        null,
        new(2, 5),
        graph => graph.Apply("Border", [0], ("before", new[] { 2, 0 }), ("after", new[] { 0, 0 }), ("mode", 1)));

    [Fact]
    public void Gathered_index_outside_its_dimension_reports_MDL0404() => Reports(
        "MDL0404", null, new(2, 5), graph => graph.Apply("Gather", [0], ("indices", new[] { 0, 2 }), ("dimension", 0)));

    [Fact]
    public void Last_index_does_not_report_MDL0404()
    {
        Fits(new(2, 5), graph => graph.Apply("Slice", [0], ("dimension", 1), ("start", -1)));
        Fits(
            new(2, 5),
            graph => graph.Apply("Border", [0], ("before", new[] { 1, 4 }), ("after", new[] { 0, 0 }), ("mode", 1)));
    }

    [Fact]
    public void Parts_of_several_sizes_report_MDL0405() => Reports(
        "MDL0405",
        "'Split(value0)' splits dimension 1 into 2 equal parts, but its extent is 5 in 2x5 from [Input]",
        new(2, 5),
        graph => graph.Apply("Split", [0], ("count", 2)));

    [Fact]
    public void Equal_parts_do_not_report_MDL0405() =>
        Fits(new(2, 5), graph => graph.Apply("Split", [0], ("count", 2), ("dimension", 0)));

    [Fact]
    public void Tensors_that_differ_in_another_extent_report_MDL0406() => Reports(
        "MDL0406",
        "'Concatenate(value0, value1)' needs all other extents to be equal to join along dimension 1, but gets 3x5 from "
            + "[parameter] beside 2x5 from [Input]",
        new(2, 5),
        graph => graph.Apply("Concatenate", [0, graph.Parameter(3, 5)]));

    [Fact]
    public void Stack_of_different_shapes_reports_MDL0406() =>
        Reports("MDL0406", null, new(2, 5), graph => graph.Apply("Stack", [0, graph.Parameter(2, 1)]));

    [Fact]
    public void Tensors_that_differ_where_they_are_joined_do_not_report_MDL0406() =>
        Fits(new(2, 5), graph => graph.Apply("Concatenate", [0, graph.Parameter(3, 5)], ("dimension", 0)));

    [Theory]
    [InlineData("Transpose", "dimensions", "each dimension once", 0, 0)]
    [InlineData("Transpose", "dimensions", "each dimension once", 0, 2)]
    [InlineData("Tile", "counts", "a count for each dimension", 1)]
    public void List_that_does_not_go_along_with_the_dimensions_reports_MDL0407(
        string kind, string argument, string what, params int[] numbers) => Reports(
        "MDL0407",
        $"'{kind}(value0)' expects {what}, got ({string.Join(", ", numbers)}) for the 2 dimensions of 2x5 from [Input]",
        new(2, 5),
        graph => graph.Apply(kind, [0], (argument, numbers)));

    [Fact]
    public void List_with_a_number_for_each_dimension_does_not_report_MDL0407() =>
        Fits(new(2, 5), graph => graph.Apply("Transpose", [0], ("dimensions", new[] { -1, 0 })));

    [Fact]
    public void Tokens_as_the_second_operand_need_an_embedding()
    {
        // Whatever the first operand is: the rule of layers looks at that one only.
        var graph = new Graph(5) { IsOfTokens = true };
        int parameter = graph.Parameter(5);
        graph.Apply("Add", [parameter, 0]);
        Assert.Equal("MDL0071", Assert.Single(graph.Check().Issues).Rule.Id);
    }

    [Fact]
    public void Numbers_that_are_none_and_counts_of_nothing_are_refused()
    {
        Reports("MDL0039", null, new(5), graph => graph.Apply("Add", [0], ("HasNumber", true), ("Number", double.NaN)));
        Reports("MDL0015", null, new(5), graph => graph.Apply("Slice", [0], ("dimension", 0), ("start", 0), ("step", 0)));
        Reports("MDL0035", null, new(5), graph => graph.Apply("Split", [0], ("count", 0)));
        Reports("MDL0035", null, new(5), graph => graph.Apply("Tile", [0], ("counts", new[] { 0 })));
        Reports("MDL0035", null, new(5), graph => graph.Apply("Gather", [0], ("indices", Array.Empty<int>())));
        Reports(
            "MDL0049", null, new(5),
            graph => graph.Apply("Border", [0], ("before", new[] { -1 }), ("after", new[] { 0 })));
    }

    private static void Reports(string id, string? message, Graph graph, Action<Graph> build)
    {
        build(graph);
        var issue = Assert.Single(graph.Check().Issues);
        Assert.Equal(id, issue.Rule.Id);
        if (message is not null)
        {
            Assert.Equal(message, $"{issue.Message}");
        }
    }

    private static void Fits(Graph graph, Action<Graph> build)
    {
        build(graph);
        Assert.Empty(graph.Check().Issues);
    }
}
