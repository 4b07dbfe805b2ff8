using System.Globalization;
using Microsoft.CodeAnalysis;
using ModelDsl.Analyzers.Tests.Verification;
using ModelDsl.CodeFixes;

namespace ModelDsl.Analyzers.Tests.Rules;

/// <summary>What is wrong in a block is told there where it holds for every use, else where the block is used.</summary>
public sealed class BlockTests
{
    [Theory]
    [InlineData("")]
    [InlineData("[Model, Input(4), Repeat<B>(2), Dense(1), MeanSquaredError] public partial class One;")]
    [InlineData("""
        [Model, Input(4), Repeat<B>(2), Dense(1), MeanSquaredError] public partial class One;
        [Model, Input(4), Residual<B>, Dense(1), MeanSquaredError] public partial class Two;
        """)]
    [InlineData("""
        [Block, Tanh, Repeat<B>(2)] public partial class Around;
        [Model, Input(4), Residual<Around>, Dense(1), MeanSquaredError] public partial class One;
        """)]
    public async Task Wrong_argument_in_a_block_is_told_there_once_whoever_uses_it(string uses)
    {
        var reported = await Diagnose.RunAsync(new Situation { Sources = [$"[Block, Dense(0)] public partial class B;\n{uses}"] });
        Diagnostic only = Assert.Single(reported);
        Assert.Equal("MDL0015", only.Id);
        Assert.Equal("0", only.Location.SourceTree!.ToString().Substring(only.Location.SourceSpan.Start, only.Location.SourceSpan.Length));
        Assert.Contains("Dense", only.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public Task Softmax_of_a_block_before_the_loss_of_the_model_is_told_at_the_use_without_a_repair() =>
        Fix.OffersNothing<RemoveAttributeFix>(
            """
            [Block, Dense(8), Softmax] public partial class B;
            [Model, Input(8), {|MDL0101:Repeat<B>(1)|}, SoftmaxCrossEntropy] public partial class Net;
            """);

    [Fact]
    public Task Two_dense_layers_of_a_block_are_told_and_repaired_there() =>
        Fix.Repairs<InsertReluFix>(
            """
            [Block, Dense(8), {|MDL0102:Dense(8)|}] public partial class B;
            [Model, Input(8), Residual<B>, Tanh, Dense(2), MeanSquaredError] public partial class Net;
            [Model, Input(8), Repeat<B>(1), Tanh, Dense(2), MeanSquaredError] public partial class Other;
            """,
            """
            [Block, Dense(8), Relu, Dense(8)] public partial class B;
            [Model, Input(8), Residual<B>, Tanh, Dense(2), MeanSquaredError] public partial class Net;
            [Model, Input(8), Repeat<B>(1), Tanh, Dense(2), MeanSquaredError] public partial class Other;
            """);

    [Fact]
    public Task Softmax_of_a_head_is_told_and_removed_there() =>
        Fix.Repairs<RemoveAttributeFix>(
            """
            [Block, Dense(3), {|MDL0101:Softmax|}, SoftmaxCrossEntropy] public partial class A;
            [Block, Dense(1), MeanSquaredError] public partial class B;
            [Model, Input(4), Dense(5), Relu, Outputs<A, B>] public partial class Net;
            """,
            """
            [Block, Dense(3), SoftmaxCrossEntropy] public partial class A;
            [Block, Dense(1), MeanSquaredError] public partial class B;
            [Model, Input(4), Dense(5), Relu, Outputs<A, B>] public partial class Net;
            """);

    [Fact]
    public Task Block_that_fits_in_one_model_is_told_where_it_does_not() =>
        Diagnose.Reports(
            """
            [Block, {|from:Dense(4)|}, Tanh] public partial class B;
            [Model, Input(4), Repeat<B>(1), MeanSquaredError] public partial class One;
            [Model, {|from:Input(2, 3)|}, Repeat<{|MDL0032:B|}>(1), MeanSquaredError] public partial class Two;
            """,
            "The block 'B' does not fit its input 2x3 from [Input(2, 3)]: Dense expects a vector, but its input is 2x3 from [Input(2, 3)]; add [Flatten] before it");

    [Fact]
    public async Task Wrong_argument_in_a_block_of_a_library_is_told_at_the_use_with_the_name_of_the_block()
    {
        var reported = await Diagnose.RunAsync(new Situation
        {
            Library = "namespace Library; [Block, Dropout(1.5f)] public partial class Think;",
            Sources = ["[Model, Input(4), Repeat<Library.Think>(2), Dense(1), MeanSquaredError] public partial class Net;"],
        });
        Diagnostic only = Assert.Single(reported);
        Assert.Equal("MDL0016", only.Id);
        Assert.EndsWith("(in the block 'Library.Think' of Library)", only.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }
}
