using ModelDsl.Generator.Lowering;
using ModelDsl.Generator.Parsing;
using ModelDsl.Generator.Planning;

namespace ModelDsl.Generator.Tests.Pipeline;

/// <summary>Declarations that are no chain: a value is used several times, and a layer takes several.</summary>
public sealed class GraphTests
{
    private static readonly LayerDeclaration Sum = new("ModelDsl.SumAttribute`2", "Sum", [], [], IsWellFormed: true);

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

    private static string Code(CheckedModel model) =>
        ModelCompiler.Write(model, MemoryMode.Planned, CancellationToken.None).Text;

    // A chain with one more layer before the loss, which says itself what it takes.
    private static CheckedModel Check(string layers, LayerDeclaration last)
    {
        INamedTypeSymbol type = TestCompiler
            .CreateCompilation($"[Model, Input(4), {layers}, MeanSquaredError] public partial class Net;")
            .GetTypeByMetadataName("Net")!;
        ModelDeclaration chain = ModelParser.Parse(type, CancellationToken.None).Declaration;
        LayerDeclaration[] all = [.. chain.Layers.Take(chain.Layers.Count - 1), last, chain.Layers[chain.Layers.Count - 1]];
        return ModelCompiler.CheckAnew(chain with { Layers = [.. all] }, CancellationToken.None);
    }
}
