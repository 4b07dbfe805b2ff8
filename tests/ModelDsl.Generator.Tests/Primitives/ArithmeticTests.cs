using ModelDsl.Generator.Planning;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Tests.Primitives;

/// <summary>Functions of two elements, and their gradients, for every way in which the second is broadcast.</summary>
public sealed class ArithmeticTests
{
    private static readonly Dictionary<string, Func<double, double, double>> Functions = new()
    {
        ["Add"] = (x, y) => x + y,
        ["Subtract"] = (x, y) => x - y,
        ["Multiply"] = (x, y) => x * y,
        ["Divide"] = (x, y) => x / y,
        ["Maximum"] = Math.Max,
        ["Minimum"] = Math.Min,
        ["Power"] = Math.Pow,
    };

    public static TheoryData<string> Kinds => [.. Functions.Keys];

    /// <summary>
    /// Values of a sample and parameters, of each shape that stages read where it lies, or that is laid out.
    /// </summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Parameters_broadcast_to_a_value_from_either_side(string kind)
    {
        foreach (int[] shape in new int[][] { [1], [5], [1, 1, 5], [2, 3, 5], [3, 1], [2, 1, 5], [1, 3, 1] })
        {
            var graph = new Graph(2, 3, 5);
            int parameter = graph.Parameter(shape);
            int right = graph.Apply(kind, [0, parameter]);
            graph.Apply(kind, [parameter, right]);
            GraphCheck.Run(
                graph,
                (x, p) => p[0].With(x.With(p[0], Functions[kind]), Functions[kind]),
                low: 0.4,
                high: 1.6);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Values_of_a_sample_broadcast_to_each_other(string kind)
    {
        // The second is the first row, column, pixel or element of the first, times another number everywhere.
        foreach (int kept in Enumerable.Range(0, 8))
        {
            var graph = new Graph(2, 3, 5);
            int whole = graph.Parameter(2, 3, 5), small = 0;
            for (int dimension = 0; dimension < 3; dimension++)
            {
                if ((kept & (1 << dimension)) == 0)
                {
                    small = graph.Apply("Slice", [small], ("dimension", dimension), ("start", 0), ("end", 1));
                }
            }

            int large = graph.Apply("Multiply", [0, whole]);
            int right = graph.Apply(kind, [large, small]);
            int left = graph.Apply(kind, [small, large]);
            graph.Apply("Add", [left, right]);
            GraphCheck.Run(
                graph,
                (x, p) =>
                {
                    NaiveTensor part = x, all = x.With(p[0], (a, b) => a * b);
                    for (int dimension = 0; dimension < 3; dimension++)
                    {
                        part = (kept & (1 << dimension)) == 0 ? part.Take(dimension, [0]) : part;
                    }

                    return part.With(all, Functions[kind]).With(all.With(part, Functions[kind]), (a, b) => a + b);
                },
                low: 0.4,
                high: 1.6);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Both_sides_broadcast_to_what_neither_has(string kind)
    {
        var graph = new Graph(4, 3);
        int column = graph.Apply("Slice", [0], ("dimension", 1), ("start", 0), ("end", 1));
        int row = graph.Apply("Slice", [0], ("dimension", 0), ("start", 1), ("end", 2));
        int wide = graph.Parameter(2, 1, 1);
        int both = graph.Apply(kind, [column, row]);
        graph.Apply(kind, [wide, both]);
        GraphCheck.Run(
            graph,
            (x, p) => p[0].With(x.Take(1, [0]).With(x.Take(0, [1]), Functions[kind]), Functions[kind]),
            low: 0.4,
            high: 1.6);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Numbers_stand_on_either_side(string kind)
    {
        var graph = new Graph(7);
        int right = graph.Apply(kind, [0], ("HasNumber", true), ("Number", 1.25));
        int left = graph.Apply(kind, [0], ("HasNumber", true), ("Number", 1.25), ("NumberIsLeft", true));
        graph.Apply("Multiply", [left, right]);
        Func<double, double, double> function = Functions[kind];
        GraphCheck.Run(
            graph, (x, _) => x.Map(value => function(value, 1.25) * function(1.25, value)), low: 0.4, high: 1.6);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Value_and_itself_are_combined(string kind)
    {
        var graph = new Graph(7);
        int scaled = graph.Apply("Multiply", [0, graph.Parameter(7)]);
        graph.Apply(kind, [scaled, scaled]);

        // Where both are equal each has half of the gradient, so that the sum is that of the value itself.
        GraphCheck.Run(
            graph,
            (x, p) => x.With(p[0], (a, b) => a * b).Map(value => Functions[kind](value, value)),
            low: 0.4,
            high: 1.6);
    }

    [Fact]
    public void Power_of_a_negative_base_by_an_integer_has_its_gradient()
    {
        var graph = new Graph(9);
        int cube = graph.Apply("Power", [0], ("HasNumber", true), ("Number", 3.0));
        int square = graph.Apply("Power", [0], ("HasNumber", true), ("Number", 2));
        graph.Apply("Add", [cube, square]);
        GraphCheck.Run(graph, (x, _) => x.Map(value => Math.Pow(value, 3) + Math.Pow(value, 2)));
    }

    [Fact]
    public void Parameter_that_is_seen_under_another_shape_gets_its_gradient()
    {
        var graph = new Graph(2, 6);
        int parameter = graph.Parameter(12);
        int view = graph.Layer("Reshape", parameter, ("dimensions", new[] { 2, 6 }));
        int flat = graph.Layer("Flatten", view);
        int product = graph.Apply("Multiply", [0, view]);
        graph.Apply("Add", [graph.Layer("Flatten", product), flat]);
        GraphCheck.Run(graph, (x, p) => x.With(p[0].Reshape(2, 6), (a, b) => (a * b) + b).Reshape(12));
    }

    [Fact]
    public void Numbers_and_parameters_finish_the_rows_of_the_product_before_them()
    {
        var graph = new Graph(6);
        int dense = graph.Layer("Dense", 0, ("units", 3));
        int doubled = graph.Apply("Multiply", [dense], ("HasNumber", true), ("Number", 2.0));
        graph.Apply("Divide", [graph.Parameter(3), doubled]);
        string code = ModelCompiler.Write(graph.Check(), MemoryMode.Planned, CancellationToken.None).Text;
        Assert.Contains("// dense1 → product1 → divide1: ", code, StringComparison.Ordinal);
        Assert.Contains(
            "new ModelKernels::CombineNumber<ModelKernels::Multiplication>(2f)", code, StringComparison.Ordinal);
        Assert.Contains(
            "new ModelKernels::CombineColumns<ModelKernels::ReverseDivision>(", code, StringComparison.Ordinal);
    }

    [Fact]
    public void Shape_of_a_sequence_stays_one_where_the_steps_are_its_own()
    {
        var graph = new Graph(4, 3);
        int sequence = graph.Layer("ToSequence", 0);
        int sum = graph.Apply("Add", [sequence, graph.Parameter(3)]);
        int wide = graph.Apply("Add", [sum, graph.Parameter(2, 4, 3)]);
        CheckLayers(graph, layers =>
        {
            Assert.True(layers[sum].Output.IsSequence);
            Assert.False(layers[wide].Output.IsSequence);
            Assert.Equal(new TensorShape(2, 4, 3), layers[wide].Output);
        });
    }

    private static void CheckLayers(Graph graph, Action<IReadOnlyList<BoundLayer>> check)
    {
        CheckedModel model = graph.Check();
        Assert.Empty(model.Issues);
        check(model.Shaped.Layers);
    }
}
