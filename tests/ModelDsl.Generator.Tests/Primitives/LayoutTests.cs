using ModelDsl.Generator.Parsing;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Tests.Primitives;

/// <summary>What moves elements, and where their gradients go.</summary>
public sealed class LayoutTests
{
    private static readonly int[] Input = [4, 3, 5];

    public static TheoryData<int, int, int> Orders => new()
    {
        { 0, 1, 2 }, { 0, 2, 1 }, { 1, 0, 2 }, { 1, 2, 0 }, { 2, 0, 1 }, { 2, 1, 0 }, { -1, -3, -2 },
    };

    [Theory]
    [MemberData(nameof(Orders))]
    public void Dimensions_are_put_in_another_order(int first, int second, int third) => Check(
        graph => graph.Apply("Transpose", [0], ("dimensions", new[] { first, second, third })),
        x => x.Transpose((first + 3) % 3, (second + 3) % 3, (third + 3) % 3));

    [Fact]
    public void Dimensions_of_one_element_move_for_nothing()
    {
        var graph = new Graph(4, 1, 5);
        graph.Apply("Transpose", [0], ("dimensions", new[] { 1, 0, 2 }));
        Assert.DoesNotContain("Strides", Program(graph), StringComparison.Ordinal);
        GraphCheck.Run(graph, (x, _) => x.Transpose(1, 0, 2));
    }

    [Theory]
    [InlineData(0, 1, 3, 1)]
    [InlineData(1, -2, int.MaxValue, 1)]
    [InlineData(2, 0, -1, 1)]
    [InlineData(-1, 0, int.MaxValue, 2)]
    [InlineData(1, 1, 2, 7)]
    [InlineData(0, 1, int.MaxValue, 2)]
    [InlineData(1, 0, int.MaxValue, 2)]
    [InlineData(2, 0, int.MaxValue, 1)]
    public void Range_of_a_dimension_is_taken(int dimension, int start, int end, int step)
    {
        int counted = (dimension + 3) % 3, extent = Input[counted];
        int last = end == int.MaxValue ? extent : end < 0 ? end + extent : end;
        int[] indices = [.. Enumerable.Range(0, extent).Where(i => i >= (start + extent) % extent && i < last)];
        Check(
            graph => graph.Apply(
                "Slice", [0], ("dimension", dimension), ("start", start), ("end", end), ("step", step)),
            x => x.Take(counted, [.. indices.Where((_, number) => number % step == 0)]));
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, -1)]
    [InlineData(-1, 0)]
    public void Selected_dimension_disappears(int dimension, int index)
    {
        int counted = (dimension + 3) % 3, extent = Input[counted];
        Check(
            graph => graph.Apply("Select", [0], ("dimension", dimension), ("index", index)),
            x => x.Take(counted, [(index + extent) % extent])
                .Reshape([.. Input.Where((_, number) => number != counted)]));
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 3)]
    [InlineData(-1, 5)]
    public void Parts_of_a_split_get_their_gradients_and_the_others_none(int dimension, int count)
    {
        int counted = (dimension + 3) % 3, size = Input[counted] / count;
        Check(
            graph =>
            {
                int split = graph.Apply("Split", [0], ("count", count), ("dimension", dimension));
                return graph.Apply("Multiply", [split, new LayerSource(split, count - 1)]);
            },
            x =>
            {
                int[] part = [.. Enumerable.Range(0, size)];
                return x.Take(counted, part).With(
                    x.Take(counted, [.. part.Select(i => i + Input[counted] - size)]), (a, b) => a * b);
            });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    public void Values_stand_behind_each_other(int dimension)
    {
        int counted = (dimension + 3) % 3;
        Check(
            graph =>
            {
                int part = graph.Apply("Slice", [0], ("dimension", dimension), ("start", 1));
                return graph.Apply("Concatenate", [0, part, 0], ("dimension", dimension));
            },
            x => x.Concatenate(counted, x.Take(counted, [.. Enumerable.Range(1, Input[counted] - 1)]))
                .Concatenate(counted, x));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Parameter_stands_beside_each_sample(int dimension)
    {
        var graph = new Graph(4, 3);
        int token = graph.Parameter(dimension == 0 ? [1, 3] : [4, 2]);
        graph.Apply("Concatenate", [token, 0], ("dimension", dimension));
        GraphCheck.Run(graph, (x, p) => p[0].Concatenate(dimension, x));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(-1)]
    public void Stack_adds_a_dimension(int dimension)
    {
        int counted = (dimension + 4) % 4;
        int[] one = [.. Input.Take(counted), 1, .. Input.Skip(counted)];
        Check(
            graph => graph.Apply("Stack", [0, graph.Apply("Square", [0])], ("dimension", dimension)),
            x => x.Reshape(one).Concatenate(counted, x.Map(value => value * value).Reshape(one)));
    }

    [Theory]
    [InlineData(2, 1, 1)]
    [InlineData(1, 3, 1)]
    [InlineData(1, 1, 2)]
    [InlineData(2, 3, 2)]
    [InlineData(1, 1, 1)]
    public void Tiles_repeat_each_dimension(int first, int second, int third) => Check(
        graph => graph.Apply("Tile", [0], ("counts", new[] { first, second, third })),
        x => new[] { first, second, third }.Select((count, dimension) => (count, dimension)).Aggregate(
            x,
            (tensor, tile) => tensor.Take(
                tile.dimension,
                [.. Enumerable.Range(0, tile.count * Input[tile.dimension]).Select(i => i % Input[tile.dimension])])));

    [Theory]
    [InlineData(0, 0.0)]
    [InlineData(0, 2.5)]
    [InlineData(1, 0.0)]
    [InlineData(2, 0.0)]
    public void Borders_are_numbers_or_come_from_within(int mode, double value) => Check(
        graph => graph.Apply(
            "Border", [0],
            ("before", new[] { 2, 0, 4 }), ("after", new[] { 3, 1, 0 }), ("mode", mode), ("Value", value)),
        x => x.Take(0, Border(4, 2, 3, mode), value).Take(1, Border(3, 0, 1, mode), value).Take(2, Border(5, 4, 0, mode), value));

    [Fact]
    public void Slices_are_taken_by_their_numbers() => Check(
        graph => graph.Apply("Gather", [0], ("indices", new[] { 2, 0, -1, 2 }), ("dimension", 1)),
        x => x.Take(1, [2, 0, 2, 2]));

    [Fact]
    public void Pixels_of_an_image_and_features_of_a_vector_become_steps()
    {
        var graph = new Graph(4, 3, 5);
        int steps = graph.Layer("ToSequence", 0);
        Assert.Equal(new TensorShape(12, 5) with { IsSequence = true }, graph.Check().Shaped.Layers[steps].Output);
        GraphCheck.Run(graph, (x, _) => x);

        var vector = new Graph(4);
        steps = vector.Layer("ToSequence", 0);
        Assert.Equal(new TensorShape(4, 1) with { IsSequence = true }, vector.Check().Shaped.Layers[steps].Output);
    }

    [Fact]
    public void Sequence_stays_one_where_its_steps_stay()
    {
        var graph = new Graph(6, 4);
        int sequence = graph.Layer("ToSequence", 0);
        int features = graph.Apply("Slice", [sequence], ("dimension", 1), ("start", 2));
        int steps = graph.Apply("Slice", [sequence], ("dimension", 0), ("start", 2));
        int step = graph.Apply("Select", [sequence], ("dimension", 0), ("index", -1));
        int turned = graph.Apply("Transpose", [sequence], ("dimensions", new[] { 1, 0 }));
        IReadOnlyList<BoundLayer> layers = graph.Check().Shaped.Layers;
        Assert.True(layers[features].Output.IsSequence);
        Assert.True(layers[steps].Output.IsSequence);
        Assert.Equal(new TensorShape(4), layers[step].Output);
        Assert.Equal(new TensorShape(4, 6), layers[turned].Output);
    }

    private static int[] Border(int extent, int before, int after, int mode) =>
    [
        .. Enumerable.Range(-before, before + extent + after).Select(place =>
            place >= 0 && place < extent ? place
            : mode == 0 ? -1
            : mode == 2 ? Math.Clamp(place, 0, extent - 1)
            : place < 0 ? -place
            : (2 * (extent - 1)) - place),
    ];

    private static string Program(Graph graph) =>
        Lowering.ProgramText.Of(graph.Check().Differentiated!.Model.Forward);

    // Of what flows in times itself, so that a gradient depends on where it comes from.
    private static void Check(Func<Graph, int> build, Func<NaiveTensor, NaiveTensor> definition)
    {
        var graph = new Graph(Input);
        int moved = build(graph);
        graph.Apply("Multiply", [moved, moved]);
        GraphCheck.Run(graph, (x, _) => definition(x).Map(value => value * value));
    }
}
