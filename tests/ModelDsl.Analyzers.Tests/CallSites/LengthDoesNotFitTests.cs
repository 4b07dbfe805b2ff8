namespace ModelDsl.Analyzers.Tests.CallSites;

public sealed class LengthDoesNotFitTests
{
    [Theory]
    [InlineData("mnist.Predict({|MDL0201:{|from:new float[783]|}|});", 1)]
    [InlineData("mnist.Predict({|MDL0201:{|from:stackalloc float[783]|}|});", 1)]
    [InlineData(
        "const int size = 28 * 28 - 1; var image = {|from:new float[size]|}; mnist.Predict({|MDL0201:image|});",
        1)]
    [InlineData(
        "int size = 28; size = size * 28 - 1; Span<float> image = {|from:stackalloc float[size]|}; mnist.Predict({|MDL0201:image|});",
        1)]
    [InlineData("var image = {|from:new float[784]|}; mnist.Predict({|MDL0201:image.AsSpan(1)|});", 1)]
    [InlineData("var image = {|from:new float[784]|}; mnist.Predict({|MDL0201:image.AsSpan(0, 783)|});", 1)]
    [InlineData("var image = new float[784]; mnist.Predict({|MDL0201:image.AsSpan()[{|from:1..|}]|});", 1)]
    [InlineData("var image = new float[784]; mnist.Predict({|MDL0201:image[{|from:..^1|}]|});", 1)]
    [InlineData("mnist.Predict({|MDL0201:unknown.AsSpan(count, 783)|});", 1)]
    [InlineData("mnist.Predict({|MDL0201:unknown.AsSpan().Slice(count, 783)|});", 1)]
    [InlineData("ReadOnlyMemory<float> image = {|from:new float[783]|}; mnist.Predict({|MDL0201:image.Span|});", 1)]
    [InlineData(
        "var image = condition ? {|from:new float[783]|} : new float[783]; mnist.Predict({|MDL0201:image|});",
        1)]
    [InlineData(
        "float[] image; if (condition) { image = {|from:new float[783]|}; } else { image = new float[783]; } mnist.Predict({|MDL0201:image|});",
        1)]
    [InlineData(
        "var image = {|from:new float[783]|}; for (int i = 0; i < count; i++) { mnist.Predict({|MDL0201:image|}); }",
        1)]
    [InlineData(
        "var image = {|from:new float[783]|}; Action run = () => { var inner = {|from:new float[783]|}; mnist.Predict({|MDL0201:inner|}); }; run(); mnist.Predict({|MDL0201:image|});",
        2)]
    [InlineData("try { mnist.Predict({|MDL0201:{|from:new float[783]|}|}); } finally { count++; }", 1)]
    [InlineData("mnist.Predict({|MDL0201:new ReadOnlySpan<float>({|from:new float[783]|})|});", 1)]
    [InlineData("mnist.Predict({|MDL0201:{|from:GC.AllocateUninitializedArray<float>(783)|}|});", 1)]
    [InlineData("mnist.Predict({|MDL0201:{|from:Enumerable.Repeat(1f, 783)|}.ToArray()|});", 1)]
    [InlineData(
        "var parts = new float[700]; float[] image = {|from:[.. parts, .. new float[83]]|}; mnist.Predict({|MDL0201:image|});",
        1)]
    public Task Length_that_does_not_fit_reports_MDL0201_at_the_argument(string statements, int times) =>
        CallSite.Reports(
            statements, [.. Enumerable.Repeat("Mnist.Predict expects 784 values per sample (28x28), got 783", times)]);

    [Fact]
    public Task Collection_of_too_few_values_reports_MDL0201() =>
        CallSite.Reports(
            "patch.Predict({|MDL0201:{|from:[1f, 2f, 3f]|}|});", "Patch.Predict expects 16 values per sample, got 3");

    [Fact]
    public Task Nothing_at_all_reports_MDL0201() =>
        CallSite.Reports(
            "patch.Predict({|MDL0201:{|from:[]|}|});", "Patch.Predict expects 16 values per sample, got 0");

    [Fact]
    public Task Training_on_too_few_values_reports_MDL0201() =>
        CallSite.Reports(
            "mnist.ComputeGradients({|MDL0201:{|from:new float[10]|}|}, new[] { 1 });",
            "Mnist.ComputeGradients expects 784 values per sample (28x28), got 10");

    [Fact]
    public Task Parameter_of_the_user_reports_MDL0201() =>
        CallSite.Reports(
            "Images.Classify({|MDL0201:{|from:new float[2 * 784]|}|});", "Images.Classify expects 784 values (28x28), got 1568");

    [Fact]
    public Task Property_of_the_user_reports_MDL0201_when_it_is_set() =>
        CallSite.Reports(
            "Images.Template = {|MDL0201:{|from:new float[28]|}|};", "Images.Template expects 784 values (28x28), got 28");

    [Fact]
    public Task Result_of_the_user_reports_MDL0201_where_it_is_returned() =>
        CallSite.Reports(
            "[return: Shape(3)] static float[] Rgb() { return {|MDL0201:{|from:[1f, 2f]|}|}; } Rgb();",
            "The result of Rgb expects 3 values, got 2");

    [Fact]
    public Task Result_of_a_method_with_a_shape_reports_MDL0201_where_it_does_not_fit() =>
        CallSite.Reports(
            "decoder.Predict({|MDL0201:{|from:Images.Load(\"a.png\")|}|});", "Decoder.Predict expects 32 values per sample, got 784");

    [Fact]
    public Task Whole_samples_do_not_report_MDL0201() =>
        CallSite.IsSilent("mnist.Predict(new float[784]); mnist.Predict(new float[128 * 784]);");
}
