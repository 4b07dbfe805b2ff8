namespace ModelDsl.Analyzers.Tests.Fixes;

public sealed class UseOurArgumentsFixTests
{
    [Fact]
    public async Task Inputs_activations_and_names_of_other_libraries_go()
    {
        RepairBench before = await RepairBench.OpenAsync(
            """
            [Model]
            [Input(784)]
            [ModelDsl.Dense(784, 128, activation: "relu"), Dropout(p: 0.5)] // hidden
            [Dense(128, 10)]
            [SoftmaxCrossEntropy]
            public partial class Net;
            """);
        RepairBench after = await before.FixAllAsync(
            "MDL0117", new UseOurArgumentsFix(), "Write the arguments as ModelDsl takes them");
        Assert.Empty(after.Diagnostics);
        Assert.Equal(
            """
            [Model]
            [Input(784)]
            [ModelDsl.Dense(128), ModelDsl.Relu, Dropout(0.5)] // hidden
            [Dense(10)]
            [SoftmaxCrossEntropy]
            public partial class Net;
            """,
            Assert.Single(await after.TextsAsync()));
    }

    [Fact]
    public async Task Comments_among_the_arguments_are_not_given_up()
    {
        RepairBench before = await RepairBench.OpenAsync(
            "[Model, Input(784), Dense(784 /* pixels */, 128), MeanSquaredError] public partial class Net;");
        Diagnostic advice = Assert.Single(before.Diagnostics, diagnostic => diagnostic.Id == "MDL0117");
        Assert.Empty(await before.OfferedAsync(advice, new UseOurArgumentsFix()));
    }

    [Theory]
    [InlineData(
        "CS1729",
        "[Model, Input(784), Dense(784, 10), MeanSquaredError] public partial class Net;",
        "Dense(10)")]
    [InlineData(
        "CS1739",
        "[Model, Input(784), Dense(10), Dropout(p: 0.5), MeanSquaredError] public partial class Net;",
        "Dropout(0.5)")]
    public async Task What_the_compiler_refuses_is_repaired_as_well(string id, string wrong, string right)
    {
        RepairBench before = await RepairBench.OpenAsync(wrong);
        (_, RepairBench after) = Assert.Single(
            await before.OfferedAsync(Assert.Single(before.Errors[id]), new UseOurArgumentsFix()));
        Assert.Empty(after.Errors);
        Assert.Contains(right, Assert.Single(await after.TextsAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Constructors_of_others_are_left_alone()
    {
        RepairBench before = await RepairBench.OpenAsync(
            "public sealed class DenseAttribute(int units) : System.Attribute { public int Units => units; }\n[Dense(3, 4)] public class Other;");
        Assert.Empty(await before.OfferedAsync(Assert.Single(before.Errors["CS1729"]), new UseOurArgumentsFix()));
    }

    [Fact]
    public async Task Constructors_of_others_are_left_alone_when_all_are_repaired_at_once()
    {
        const string other =
            """
            namespace Others;
            public sealed class DenseAttribute(int units) : System.Attribute { public int Units => units; }
            [Dense(3, 4)] public class Other;
            """;
        RepairBench before = await RepairBench.OpenAsync(
            "[Model, Input(784), Dense(784, 10), MeanSquaredError] public partial class Net;", other);
        Assert.Equal(2, before.Errors["CS1729"].Count());
        RepairBench after = await before.FixAllAsync(
            "CS1729", new UseOurArgumentsFix(), "Write the arguments as ModelDsl takes them");
        Assert.Equal(
            ["[Model, Input(784), Dense(10), MeanSquaredError] public partial class Net;", other],
            await after.TextsAsync());
    }
}
