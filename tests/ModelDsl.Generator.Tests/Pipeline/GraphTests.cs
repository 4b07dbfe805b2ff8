using ModelDsl.Generator.Lowering;
using ModelDsl.Generator.Parsing;
using ModelDsl.Generator.Planning;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Tests.Pipeline;

/// <summary>
/// Declarations that are no chain: a value is used several times, and a layer takes or gives several.
/// </summary>
public sealed class GraphTests
{
    private static readonly LayerDeclaration Sum = new("ModelDsl.SumAttribute`2", "Sum", [], [], IsWellFormed: true);
    private static readonly LayerDeclaration Tanh = new("ModelDsl.TanhAttribute", "Tanh", [], [], IsWellFormed: true);
    private static readonly LayerDeclaration Split = new("ModelDsl.HalvesAttribute", "Halves", [], [], IsWellFormed: true);

    [Fact]
    public void Value_that_two_layers_read_gets_both_parts_of_its_gradient()
    {
        // x = dense1(input); y = dense2(tanh1(x)); sum1 = y + x
        CheckedModel model = Check("Dense(4), Tanh, Dense(4)", Sum with { Sources = [3, 1] });
        Assert.Empty(model.Issues);
        LoweredModel lowered = model.Differentiated!.Model;
        Assert.EndsWith(
            "sum1: Elementwise.Apply(dense1, sum1, batch, 4) | Add(dense2, 4)", ProgramText.Of(lowered.Forward), StringComparison.Ordinal);
        string backward = ProgramText.Of(model.Differentiated.Backward);
        Assert.Contains("| Add(sum1'Gradient, 4)", backward, StringComparison.Ordinal);
        Assert.EndsWith(
            "dense1: MatrixMultiplication.TransposedTimes(dense1'GradientSum, input, dense1.weight'Gradient, dense1.bias'Gradient, 4, 4, batch)",
            backward,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Join_of_a_graph_finishes_the_rows_of_the_product_before_it()
    {
        string graph = Code(Check("Dense(4), Tanh, Dense(4)", Sum with { Sources = [1, 3] }));
        Assert.Contains("var sum1 = arena.Slice(", graph, StringComparison.Ordinal);
        Assert.Contains("new ModelKernels::Add(dense1, 4)", graph, StringComparison.Ordinal);
    }

    [Fact]
    public void Layers_may_read_what_flows_in_again() =>
        Assert.Contains(
            "Add(",
            ProgramText.Of(Check("Dense(4)", Sum with { Sources = [1, 0] }).Differentiated!.Model.Forward),
            StringComparison.Ordinal);

    [Fact]
    public void Inputs_of_other_shapes_report_the_rule_of_branches()
    {
        CheckedModel model = Check("Dense(4), Dense(5)", Sum with { Sources = [2, 1] });
        Assert.Null(model.Differentiated);
        Assert.Equal("MDL0034", Assert.Single(model.Issues).Rule.Id);
    }

    [Fact]
    public void Layer_with_two_outputs_is_bound_with_the_shape_of_each()
    {
        BoundLayer halves = Halves().Shaped.Layers[2];
        Assert.Equal([new TensorShape(2), new TensorShape(2)], halves.Outputs);
        Assert.Equal(halves.Outputs[0], halves.Output);
        BoundLayer sum = Halves().Shaped.Layers[4];
        Assert.Equal([new LayerSource(3), new LayerSource(2, 1)], sum.Sources);
    }

    [Fact]
    public void Layer_with_two_outputs_is_lowered_to_a_value_for_each()
    {
        Assert.Equal(
            """
            dense1: MatrixMultiplication.TimesTransposed(input, dense1.weight, packed dense1.weight, dense1, batch, 4, 4) | AddBias(dense1.bias)
            halves1: Columns.Copy(dense1, 4, 0, halves1.first, 2, 0, batch, 2)
            halves1: Columns.Copy(dense1, 4, 2, halves1.second, 2, 0, batch, 2)
            tanh1: Elementwise.Apply(halves1.first, tanh1, batch, 2) | Activate<Tanh>(Tanh())
            sum1: Elementwise.Apply(halves1.second, sum1, batch, 2) | Add(tanh1, 2)
            """.ReplaceLineEndings("\n"),
            ProgramText.Of(Halves().Differentiated!.Model.Forward));
    }

    [Fact]
    public void Gradients_of_each_output_are_added_up_and_reach_the_input_of_the_layer()
    {
        // sum1 = tanh1 + second + first: the first output has two readers.
        CheckedModel model = Check("Dense(4)", Split, Tanh, Sum with { Sources = [3, new LayerSource(2, 1), 2] });
        string backward = ProgramText.Of(model.Differentiated!.Backward);
        Assert.Contains(
            """
            halves1: Elementwise.Apply(halves1.first'Gradient, halves1.first'GradientSum, batch, 2) | Add(sum1'Gradient, 2)
            halves1: Columns.Copy(halves1.first'GradientSum, 2, 0, dense1'Gradient, 4, 0, batch, 2)
            halves1: Columns.Copy(sum1'Gradient, 2, 0, dense1'Gradient, 4, 2, batch, 2)
            dense1: MatrixMultiplication.TransposedTimes(dense1'Gradient,
            """.ReplaceLineEndings("\n"),
            backward,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Layer_with_two_outputs_is_planned_and_written_as_code_that_compiles()
    {
        CheckedModel model = Halves();
        PlannedModel planned = PlannedModel.From(
            FusedModel.From(model.Differentiated!, CancellationToken.None), MemoryMode.Planned, CancellationToken.None);
        int[] places =
        [
            .. planned.Training.Memory.Offsets
                .Where(pair => pair.Key.Id is { Name: "first" or "second", Role: "" })
                .Select(pair => pair.Value),
        ];
        Assert.Equal(2, places.Distinct().Count());

        string code = Code(model);
        Assert.Contains("// halves1: [Halves]", code, StringComparison.Ordinal);
        Compilation compilation = Chain("Dense(4)");
        var options = (CSharpParseOptions)compilation.SyntaxTrees.First().Options;
        Assert.Empty(compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText(code, options)).GetDiagnostics());
    }

    [Fact]
    public void Layer_from_an_expression_is_quoted_as_it_is_written()
    {
        LayerDeclaration expression = Sum with { Text = "x + y", Origin = LayerOrigin.Expression };
        CheckedModel model = Check("Dense(4), Tanh, Dense(4)", expression with { Sources = [1, 3] });
        Assert.Contains("// dense2 → sum1: [Dense(4)], x + y\n", Code(model), StringComparison.Ordinal);

        LayerDeclaration flat = expression with { AttributeType = "ModelDsl.GlobalAveragePoolAttribute", Sources = [1] };
        ShapeIssue issue = Assert.Single(Check("Dense(5)", flat with { Text = "Mean(x)" }, Tanh).Issues);
        Assert.Contains("from [Dense(5)]", $"{issue.Message}", StringComparison.Ordinal);
        LayerDeclaration product = new("ModelDsl.DenseAttribute", "x * w", [new("units", 6, [])], [], IsWellFormed: true)
        {
            Origin = LayerOrigin.Expression,
        };
        Assert.Contains(
            "from x * w",
            $"{Assert.Single(Check("Dense(4)", product, flat with { Sources = [] }).Issues).Message}",
            StringComparison.Ordinal);
    }

    // dense1 → halves1 → (tanh1 of the first half) + the second half
    private static CheckedModel Halves() => Check("Dense(4)", Split, Tanh, Sum with { Sources = [3, new LayerSource(2, 1)] });

    private static string Code(CheckedModel model) =>
        ModelCompiler.Write(model, MemoryMode.Planned, CancellationToken.None).Text;

    // A chain with more layers before the loss, which say themselves what they take.
    private static CheckedModel Check(string layers, params LayerDeclaration[] last)
    {
        LayerCatalog.Add(new HalvesLayer());
        INamedTypeSymbol type = Chain(layers).GetTypeByMetadataName("Net")!;
        ModelDeclaration chain = ModelParser.Parse(type, CancellationToken.None).Declaration;
        LayerDeclaration[] all = [.. chain.Layers.Take(chain.Layers.Count - 1), .. last, chain.Layers[chain.Layers.Count - 1]];
        return ModelCompiler.CheckAnew(chain with { Layers = [.. all] }, CancellationToken.None);
    }

    private static Compilation Chain(string layers) =>
        TestCompiler.CreateCompilation($"[Model, Input(4), {layers}, MeanSquaredError] public partial class Net;");

    /// <summary>The columns of its input in two halves. No attribute stands for it.</summary>
    private sealed class HalvesLayer : LayerDefinition
    {
        public override string AttributeType => "ModelDsl.HalvesAttribute";

        public override TensorShape? InferShape(LayerContext layer) => InferShapes(layer)[0];

        public override IReadOnlyList<TensorShape> InferShapes(LayerContext layer)
        {
            TensorShape half = layer.Input.WithColumns(layer.Input.Columns / 2);
            return [half, half];
        }

        public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input) => Lower(layer, program, [input])[0];

        public override IReadOnlyList<Value> Lower(BoundLayer layer, ProgramBuilder program, IReadOnlyList<Value> inputs)
        {
            Value first = program.Activation(layer, "first", layer.Outputs[0]);
            Value second = program.Activation(layer, "second", layer.Outputs[1]);
            program.Add(new HalvesOperation(layer, inputs[0], [first, second]));
            return [first, second];
        }
    }

    // Both ways: copies the whole to its halves, or the halves to the whole.
    private sealed class HalvesOperation(BoundLayer layer, Value whole, Value[] halves, bool joins = false) : Operation(layer)
    {
        public override IEnumerable<Value> Reads => joins ? halves : [whole];

        public override IEnumerable<Value> Writes => joins ? [whole] : halves;

        public override string Describe(NameOf name) => $"{whole.Shape} in two halves";

        public override void Differentiate(IGradients gradients)
        {
            if (gradients.Needs(whole))
            {
                Value[] parts = [.. halves.Select(half => gradients.Of(half, Layer)!)];
                gradients.Add(new HalvesOperation(Layer, gradients.Contribute(whole), parts, joins: true));
            }
        }

        public override IReadOnlyList<KernelCall> Calls =>
        [
            .. halves.Select((half, number) => joins
                ? Copy(half, 0, whole, number * half.Shape.Columns, half.Shape)
                : Copy(whole, number * half.Shape.Columns, half, 0, half.Shape)),
        ];

        private static KernelCall Copy(Value source, int from, Value destination, int to, TensorShape moved) => new(
            "Columns.Copy",
            [source, source.Shape.Columns, from, destination, destination.Shape.Columns, to, Size.Rows(moved), moved.Columns]);
    }
}
