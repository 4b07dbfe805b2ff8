namespace ModelDsl.Analyzers.Tests.CallSites;

public sealed class CopyTests
{
    [Theory]
    [InlineData("{|from:mnist.Predict(new float[784])|}.CopyTo({|MDL0201:new float[9]|});", 9)]
    [InlineData(
        "var a = {|from:mnist.Predict(new float[784])|}; Span<float> b = stackalloc float[3]; a.CopyTo({|MDL0201:b|});",
        3)]
    [InlineData("var a = new float[20]; {|from:mnist.Predict(new float[784])|}.CopyTo({|MDL0201:a.AsSpan(11)|});", 9)]
    [InlineData(
        "var a = new float[5]; while (condition) { {|from:mnist.Predict(new float[784])|}.CopyTo({|MDL0201:a|}); }",
        5)]
    [InlineData("{|from:mnist.Predict(new float[784])|}.ToArray().CopyTo({|MDL0201:new float[9].AsSpan()|});", 9)]
    public Task Copy_of_a_result_into_less_memory_reports_MDL0201_at_the_destination(string statements, int room) =>
        CallSite.Reports(statements, $"CopyTo of Mnist.Predict expects room for 10 values, got {room}");

    [Theory]
    [InlineData("mnist.Predict(new float[784]).CopyTo(new float[10]);")]
    [InlineData("mnist.Predict(new float[784]).CopyTo(new float[11]);")]
    [InlineData("mnist.Predict(new float[784]).CopyTo(unknown);")]
    [InlineData("mnist.Predict(unknown).CopyTo(new float[3]);")]
    [InlineData("mnist.Predict(new float[784])[..3].CopyTo(new float[3]);")]
    [InlineData("bool copied = mnist.Predict(new float[784]).TryCopyTo(new float[3]); count += copied ? 1 : 0;")]
    [InlineData("var a = new float[3]; if (condition) { a = new float[10]; } mnist.Predict(new float[784]).CopyTo(a);")]
    public Task Copy_that_may_fit_does_not_report_MDL0201(string statements) => CallSite.IsSilent(statements);
}
