namespace ModelDsl.Analyzers.Tests.Fixes;

public sealed class AddMarkFixTests
{
    [Fact]
    public Task Class_is_marked_as_model() =>
        Fix.Repairs<AddMarkFix>(
            """
            public partial class Outer
            {
                // The net.
                [{|MDL0011:Input(3)|}, {|MDL0011:Dense(2)|}]
                [{|MDL0011:MeanSquaredError|}]
                public partial class Net;
            }
            """,
            """
            public partial class Outer
            {
                // The net.
                [Model]
                [Input(3), Dense(2)]
                [MeanSquaredError]
                public partial class Net;
            }
            """,
            choice: 0);

    [Fact]
    public Task Class_is_marked_as_block() =>
        Fix.Repairs<AddMarkFix>(
            """
            [{|MDL0011:Dense(2)|}, {|MDL0011:Relu|}] public partial class Net;
            """,
            """
            [Block, Dense(2), Relu] public partial class Net;
            """,
            choice: 1);

    [Fact]
    public Task Layers_on_several_parts_of_a_class_are_left_alone() =>
        Fix.OffersNothing<AddMarkFix>(
            """
            [{|MDL0011:Input(3)|}, {|MDL0011:Dense(2)|}]
            public partial class Net;

            [{|MDL0011:MeanSquaredError|}]
            public partial class Net;
            """);
}

public sealed class MarkBlockFixTests
{
    [Fact]
    public Task Class_of_layers_becomes_a_block() =>
        Fix.Repairs<MarkBlockFix>(
            """
            [{|MDL0011:Dense(4)|}, {|MDL0011:Tanh|}]
            public partial class Think;

            [Model, Input(4), Sum<{|MDL0030:Think|}, Think>, MeanSquaredError]
            public partial class Net;
            """,
            """
            [Block, Dense(4), Tanh]
            public partial class Think;

            [Model, Input(4), Sum<Think, Think>, MeanSquaredError]
            public partial class Net;
            """);

    [Fact]
    public Task Class_without_layers_and_models_are_left_alone() =>
        Fix.OffersNothing<MarkBlockFix>(
            """
            public partial class Think;

            [Model, Input(4), Residual<{|MDL0030:Think|}>, MeanSquaredError]
            public partial class First;

            [Model, Input(4), Residual<{|MDL0030:Second|}>, MeanSquaredError]
            public partial class Second;
            """);

    [Fact]
    public async Task Class_in_another_file_is_marked_there()
    {
        RepairBench before = await RepairBench.OpenAsync(
            """
            [Model, Input(3), Residual<B>, Dense(2), MeanSquaredError] public partial class Net;
            [Model, Input(3), Repeat<C>(2), Dense(2), MeanSquaredError] public partial class Other;
            """,
            """
            // The branch.
            [Dense(3), Tanh]
            public partial class B;

            [Dense(3)]
            [Tanh] // squashed
            public partial class C;
            """);
        Diagnostic[] broken =
        [
            .. before.Diagnostics.Where(diagnostic => diagnostic.Id == "MDL0030").OrderBy(
                diagnostic => diagnostic.Location.SourceSpan.Start),
        ];
        var fix = new MarkBlockFix();
        (CodeAction action, RepairBench one) = Assert.Single(await before.OfferedAsync(broken[0], fix));
        Assert.StartsWith(
            "// The branch.\n[Block, Dense(3), Tanh]", (await one.TextsAsync())[1], StringComparison.Ordinal);

        RepairBench all = await before.FixAllAsync("MDL0030", fix, action.EquivalenceKey!);
        Assert.Empty(all.Diagnostics);
        Assert.EndsWith(
            "[Block]\n[Dense(3)]\n[Tanh] // squashed\npublic partial class C;",
            (await all.TextsAsync())[1],
            StringComparison.Ordinal);
    }
}
