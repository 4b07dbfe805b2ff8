namespace ModelDsl.Analyzers.Tests.Fixes;

public sealed class ConvertMomentumFixTests
{
    [Theory]
    [InlineData("0.99f", "0.01f")]
    [InlineData("0.9", "0.1")]
    [InlineData("0.999", "0.001")]
    public Task Share_of_the_past_becomes_that_of_the_batch(string wrong, string right) =>
        Fix.Repairs<ConvertMomentumFix>(
            $"[Model, Input(3), BatchNorm(Momentum = {{|MDL0115:{wrong}|}}), MeanSquaredError]\npublic partial class Net;",
            $"[Model, Input(3), BatchNorm(Momentum = {right}), MeanSquaredError]\npublic partial class Net;");
}
