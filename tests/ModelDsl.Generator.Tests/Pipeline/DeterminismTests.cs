namespace ModelDsl.Generator.Tests.Pipeline;

/// <summary>The same model gives the same text: on every machine, in every culture, in every order of files.</summary>
public class DeterminismTests
{
    private const string First =
        "[Model, Input(28, 28), Flatten, Dense(1234), LeakyRelu(0.125f), Dropout(0.2f), Dense(3, WeightInitializer = Initializer.Constant, WeightConstant = -1.5e-7f), Hinge] public partial class Classifier;";

    private const string Second =
        "namespace Iris { [Model, Input(4), Dense(3), SoftmaxCrossEntropy] public partial class Inner; }";

    private const string Third =
        "[Model, Input(4), Pad(-1, 2), Dense(3), SoftmaxCrossEntropy(IgnoredLabel = -100)] public partial class Broken;"
        + "[Model, Input(4), Dense(3), SoftmaxCrossEntropy(IgnoredLabel = -100)] public partial class Ignoring;";

    [Fact]
    public void Same_text_twice_gives_the_same_code() =>
        Assert.Equal(Generate(First, Second), Generate(First, Second));

    // Turkish, Swedish, Arabic.
    [Theory]
    [InlineData(",", ".", "-")]
    [InlineData(",", "\u00A0", "\u2212")]
    [InlineData("\u066B", "\u066C", "\u061C-")]
    public void Culture_leaves_no_trace(string decimalSeparator, string groupSeparator, string minus) =>
        Assert.Equal(
            Generate(First, Second, Third),
            ForeignCulture.Run(() => Generate(First, Second, Third), ForeignCulture.Create(decimalSeparator, groupSeparator, minus)));

    [Fact]
    public void Order_of_the_files_leaves_no_trace() =>
        Assert.Equal(Generate(First, Second), Generate(Second, First));

    [Fact]
    public void Code_has_line_feeds_and_no_trailing_blanks()
    {
        foreach (string text in Generate(First, Second).Values)
        {
            Assert.DoesNotContain('\r', text);
            Assert.DoesNotContain('\t', text);
            Assert.All(text.Split('\n'), line => Assert.Equal(line.TrimEnd(), line));
            Assert.EndsWith("}\n", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Windows_line_ends_in_the_source_leave_no_trace() =>
        Assert.Equal(
            Generate("[Model, Input(3),\n Dense(2,\n UseBias = true)]\n[MeanSquaredError] public partial class Lines;"),
            Generate("[Model, Input(3),\r\n Dense(2,\r\n UseBias = true)]\r\n[MeanSquaredError] public partial class Lines;"));

    private static IReadOnlyDictionary<string, string> Generate(params string[] sources)
    {
        CSharpCompilation compilation = TestCompiler.CreateCompilation(sources);
        GeneratorRunResult result = TestCompiler.CreateDriver().RunGenerators(compilation).GetRunResult().Results.Single();
        return result.GeneratedSources.ToDictionary(file => file.HintName, file => file.SourceText.ToString());
    }
}
