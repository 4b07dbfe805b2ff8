namespace ModelDsl.Analyzers.Tests.CallSites;

public sealed class TokenTests
{
    private const string Model =
        """
        [Model, Input(5, Type = ElementType.Token), Embedding(9, 4), GlobalAveragePool, Dense(2), SoftmaxCrossEntropy]
        public partial class Words;

        """;

    [Theory]
    [InlineData("words.Predict({|MDL0201:{|from:new int[4]|}|});", "Predict", 4)]
    [InlineData("int[] text = {|from:[1, 2, 3]|}; words.Predict({|MDL0201:text|});", "Predict", 3)]
    [InlineData("var text = {|from:new int[3]|}; words.ComputeLoss({|MDL0201:text|}, new int[1]);", "ComputeLoss", 3)]
    [InlineData("words.ComputeGradients({|MDL0201:{|from:new int[7]|}|}, new int[1]);", "ComputeGradients", 7)]
    public Task Number_of_tokens_that_does_not_fit_reports_MDL0201_at_the_argument(
        string statements, string method, int count) =>
        Diagnose.Reports(Around(statements), $"Words.{method} expects 5 values per sample, got {count}");

    [Fact]
    public Task Labels_for_another_number_of_texts_report_MDL0204() =>
        Diagnose.Reports(
            Around("words.ComputeLoss(new int[10], {|MDL0204:{|from:new int[3]|}|});"),
            "Words.ComputeLoss expects 1 label or 2 target values per sample, got 3 labels for 2 samples");

    [Theory]
    [InlineData("words.Predict(new int[5]);")]
    [InlineData("words.Predict(new int[15]);")]
    [InlineData("words.Predict(unknown);")]
    [InlineData("words.ComputeLoss(new int[10], new int[2]);")]
    [InlineData("float first = words.Predict(new int[10])[3]; System.Console.WriteLine(first);")]
    public Task Number_of_tokens_that_may_fit_does_not_report_MDL0201(string statements) =>
        Diagnose.Silent(Around(statements));

    private static string Around(string statements) =>
        Model
        + $"public static class Caller {{ public static void Run(Words words, int[] unknown) {{ {statements} }} }}";
}
