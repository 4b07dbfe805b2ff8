namespace ModelDsl.Analyzers.Tests.Fixes;

public sealed class ReorderArgumentsFixTests
{
    [Theory]
    [InlineData("{|MDL0111:Input(3, 32, 32)|}, Conv2D(4, 3), MeanSquaredError", "Input(32, 32, 3), Conv2D(4, 3), MeanSquaredError")]
    [InlineData(
        "{|MDL0111:Input(2, 500, Sequence = true)|}, Conv1D(4, 2), MeanSquaredError",
        "Input(500, 2, Sequence = true), Conv1D(4, 2), MeanSquaredError")]
    [InlineData(
        "Input(32, 32, 3), {|MDL0112:Conv2D(3, 16, 3, Stride = 2)|}, MeanSquaredError",
        "Input(32, 32, 3), Conv2D(16, 3, Stride = 2), MeanSquaredError")]
    [InlineData(
        "Input(4, Type = ElementType.Token), {|MDL0113:Embedding(16, 30000)|}, MeanSquaredError",
        "Input(4, Type = ElementType.Token), Embedding(30000, 16), MeanSquaredError")]
    public Task Arguments_take_our_order(string wrong, string right) =>
        Fix.Repairs<ReorderArgumentsFix>($"[Model, {wrong}]\npublic partial class Net;", $"[Model, {right}]\npublic partial class Net;");

    [Fact]
    public Task Arguments_with_a_comment_are_left_alone() =>
        Fix.OffersNothing<ReorderArgumentsFix>(
            "[Model, {|MDL0111:Input(3 /* colours */, 32, 32)|}, Conv2D(4, 3), MeanSquaredError]\npublic partial class Net;");
}
