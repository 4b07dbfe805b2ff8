using System.Globalization;

namespace ModelDsl.Analyzers.Tests.Rules;

/// <summary>
/// What is wrong in a block is told there where it holds for every use, else where the block is used.
/// </summary>
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
        var reported = await Diagnose.RunAsync(
            new Situation { Sources = [$"[Block, Dense(0)] public partial class B;\n{uses}"] });
        Diagnostic only = Assert.Single(reported);
        Assert.Equal("MDL0015", only.Id);
        Assert.Equal(
            "0",
            only.Location.SourceTree!.ToString().Substring(only.Location.SourceSpan.Start, only.Location.SourceSpan.Length));
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
        Assert.EndsWith(
            "(in the block 'Library.Think' of Library)",
            only.GetMessage(CultureInfo.InvariantCulture),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "{|from:Conv2D(8, 3)|}, {|MDL0012:Dense(10)|}",
        "Dense expects a vector, but its input is ?x?x8 from [Conv2D(8, 3)]; add [Flatten] before it")]
    [InlineData(
        "Tanh, {|from:Dense(8)|}, Relu, {|MDL0050:MaxPool2D(2)|}",
        "MaxPool2D expects an image of height x width x channels, but its input is 8 from [Dense(8)]; a [Reshape] before it can make one")]
    [InlineData(
        "{|from:Lstm(8, ReturnSequences = false)|}, {|MDL0086:Gru(4)|}",
        "Gru expects a sequence, but [Lstm(8, ReturnSequences = false)] gives the output of the last step only; leave ReturnSequences = false to the last recurrent layer")]
    [InlineData(
        "{|from:Flatten|}, {|MDL0050:Conv2D(4, 3)|}",
        "Conv2D expects an image of height x width x channels, but its input is ? from [Flatten]; a [Reshape] before it can make one")]
    [InlineData(
        "{|from:Dense(5)|}, SelfAttention(Heads = {|MDL0073:2|})",
        "SelfAttention splits features among its heads, but 2 heads do not divide 5 features from [Dense(5)]")]
    [InlineData(
        "{|from:Input(4, 4)|}, {|MDL0012:Dense(10)|}",
        "Dense expects a vector, but its input is 4x4 from [Input(4, 4)]; add [Flatten] before it")]
    public Task Layers_of_a_block_that_no_input_fits_are_told_though_no_model_uses_it(string layers, string message) =>
        Diagnose.Reports($"[Block, {layers}] public partial class B;", message);

    [Fact]
    public Task Inner_block_that_does_not_fit_is_told_where_it_is_used() =>
        Diagnose.Reports(
            """
            [Block, {|from:Dense(4)|}, Tanh] public partial class Inner;
            [Block, {|from:Conv2D(8, 3)|}, Residual<{|MDL0032:Inner|}>] public partial class Outer;
            """,
            "The block 'Inner' does not fit its input ?x?x8 from [Conv2D(8, 3)]: Dense expects a vector, but its input is ?x?x8 from [Conv2D(8, 3)]; add [Flatten] before it");

    [Fact]
    public Task Layers_that_no_input_fits_are_told_once_whoever_uses_the_block() =>
        Diagnose.Reports(
            """
            [Block, {|from:Conv2D(8, 3)|}, {|MDL0012:Dense(10)|}] public partial class B;
            [Block, Repeat<B>(2)] public partial class Around;
            [Model, Input(12, 12, 1), Repeat<B>(1), MeanSquaredError] public partial class Net;
            [Model, Input(8, 8, 1), Repeat<Around>(1), MeanSquaredError] public partial class Other;
            """,
            "Dense expects a vector, but its input is 10x10x8 from [Conv2D(8, 3)]; add [Flatten] before it");

    [Fact]
    public Task Flatten_is_inserted_in_a_block_that_no_model_uses() =>
        Fix.Repairs<InsertFlattenFix>(
            "[Block, Conv2D(8, 3), Relu, {|MDL0012:Dense(10)|}] public partial class B;",
            "[Block, Conv2D(8, 3), Relu, Flatten, Dense(10)] public partial class B;");

    [Theory]
    [InlineData("Flatten, Flatten")]
    [InlineData("Conv2D(8, 99), Relu")]
    [InlineData("Flatten, Reshape(7, 11, 13), Conv2D(4, 3)")]
    [InlineData("Reshape(8, 2), SelfAttention")]
    [InlineData("Conv2D(4, 3), Flatten, Reshape(8, 2, 1), MaxPool2D(2)")]
    [InlineData("Conv2D(8, 3), SoftmaxCrossEntropy")]
    [InlineData("Embedding(9, 4), SelfAttention(Heads = 2)")]
    [InlineData("Reshape(49, 3), Reshape(7, 7, 3), Conv2D(2, 3)")]
    [InlineData("Conv2D(6, 3, Groups = 3), BatchNorm, Relu")]
    [InlineData("Dense(6), SelfAttention(Heads = 3)")]
    [InlineData("Dense(8), Relu, Dense(8, TiedTo = \"words\")")]
    [InlineData("Tanh, Residual<R>")]
    public Task What_some_input_fits_is_not_told_of_a_block(string layers) =>
        Diagnose.Silent($"[Block, {layers}] public partial class B;\n[Block, Dense(8)] public partial class R;");
}
