using System.Reflection;
using System.Text.Json;

namespace ModelDsl.Tool.Tests;

public sealed class ExplainCommandTests
{
    private const string Good =
        "[Model, Input(4), Dense(16), Relu, Dense(3), SoftmaxCrossEntropy] public partial class Net;";

    private const string Wrong = "[Model, Input(28, 28), Dense(10), SoftmaxCrossEntropy] public partial class Broken;";

    [Fact]
    public void A_project_of_the_repository_is_explained()
    {
        (int exitCode, string output, string error) = RunTool(
            "explain", Metadata("TestModels"), "--configuration", Metadata("Configuration"),
            "--model", "DenseThreeToTwo", "--batch", "8", "--peak", "100", "--bandwidth", "20");

        Assert.Equal("", error);
        Assert.Equal(CommandLine.Success, exitCode);
        Assert.Contains("ModelDsl.TestModels.DenseThreeToTwo", output, StringComparison.Ordinal);
        Assert.Contains("[batch, 3] · [2, 3]ᵀ + [2] → [batch, 2]", output, StringComparison.Ordinal);
        Assert.Contains("at least", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("There is no file", "explain", "nowhere.csproj")]
    [InlineData("expected both or none", "explain", "--peak", "100")]
    [InlineData("--batch: expected a whole number of at least 1, got '0'", "explain", "--batch", "0")]
    [InlineData("--peak: expected a number above 0, got 'fast'", "explain", "--peak", "fast", "--bandwidth", "1")]
    [InlineData("word", "explain", "--format", "word")]
    public void What_cannot_be_used_is_told_in_a_sentence(string expected, params string[] arguments)
    {
        (int exitCode, string output, string error) = RunTool(arguments);

        Assert.Equal(CommandLine.Failure, exitCode);
        Assert.Equal("", output);
        Assert.StartsWith("error: ", error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_built_assembly_is_refused_with_the_reason()
    {
        (int exitCode, _, string error) = RunTool("explain", typeof(ExplainCommandTests).Assembly.Location);

        Assert.Equal(CommandLine.Failure, exitCode);
        Assert.Contains("expected the project (.csproj)", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_a_project_is_refused()
    {
        using var folder = new TemporaryFolder();

        (int exitCode, _, string error) = RunTool("explain", folder.Path);

        Assert.Equal(CommandLine.Failure, exitCode);
        Assert.Contains("There is no .csproj in", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_project_that_MSBuild_cannot_read_is_told_with_its_message()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "Bad.csproj"), "<Project Sdk=\"Microsoft.NET.Sdk\">");

        (int exitCode, _, string error) = RunTool("explain", folder.Path);

        Assert.Equal(CommandLine.Failure, exitCode);
        Assert.Contains("MSBuild cannot read", error, StringComparison.Ordinal);
        Assert.Contains("MSB4025", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_with_errors_is_told_with_its_diagnostics_and_the_others_are_explained()
    {
        (int exitCode, string output, string error) = Explain(null, ReportFormat.Table, Good, Wrong);

        Assert.Equal(CommandLine.Failure, exitCode);
        Assert.Contains("MDL0012", error, StringComparison.Ordinal);
        Assert.StartsWith("Net", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_without_errors_is_explained_whatever_others_are_wrong()
    {
        (int exitCode, _, string error) = Explain("Net", ReportFormat.Table, Good, Wrong);

        Assert.Equal(CommandLine.Success, exitCode);
        Assert.Equal("", error);
    }

    [Fact]
    public void An_attribute_that_the_CSharp_compiler_rejects_is_told_with_its_error()
    {
        (int exitCode, _, string error) = Explain(
            "Net",
            ReportFormat.Table,
            "[Model, Input(4), Dense(\"many\"), MeanSquaredError] public partial class Net;");

        Assert.Equal(CommandLine.Failure, exitCode);
        Assert.Contains("CS1503", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_is_not_there_is_told_with_those_that_are()
    {
        ToolException exception =
            Assert.Throws<ToolException>(() => Explain("Other", ReportFormat.Table, Good, Wrong));

        Assert.Equal("--model: there is no model 'Other'; expected one of: Broken, Net.", exception.Message);
    }

    [Fact]
    public void A_project_without_models_is_told()
    {
        ToolException exception =
            Assert.Throws<ToolException>(() => Explain(null, ReportFormat.Table, "public class Nothing;"));

        Assert.Contains("no class that is marked with [Model]", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_the_model_does_not_have_is_told()
    {
        var settings = new ExplainSettings(ModelProgram.Step, 1, null, null);

        Compilation compilation = TestCompiler.CreateCompilation(Good);
        ToolException exception = Assert.Throws<ToolException>(() => ExplainCommand.Run(
            compilation, "Net", settings, ReportFormat.Table, null, TextWriter.Null, TextWriter.Null));

        Assert.Contains("has no program 'Step'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_has_the_operations_the_refusals_and_the_arena()
    {
        (int exitCode, string output, _) = Explain(null, ReportFormat.Json, Good);

        Assert.Equal(CommandLine.Success, exitCode);
        using JsonDocument document = JsonDocument.Parse(output);
        JsonElement model = document.RootElement[0];
        Assert.Equal("Net", model.GetProperty("model").GetString());
        Assert.Equal("forward", model.GetProperty("operations")[0].GetProperty("pass").GetString());
        Assert.Equal("[Dense(16)]", model.GetProperty("operations")[0].GetProperty("sources")[0].GetString());
        Assert.Equal(0, model.GetProperty("refusals").GetArrayLength());
        Assert.Equal(0, model.GetProperty("arena").GetProperty("values")[0].GetProperty("first").GetInt32());
    }

    [Fact]
    public void Markdown_has_a_row_of_as_many_cells_for_each_operation()
    {
        (_, string output, _) = Explain(null, ReportFormat.Markdown, Good);

        string[] rows = [.. output.Split('\n').Where(line => line.StartsWith('|'))];
        ModelExplanation model = Explanations.Of(Good);
        Assert.Equal(2 + model.Operations.Count, rows.Length);
        Assert.All(rows, row => Assert.Equal(Cells(rows[0]), Cells(row)));

        static int Cells(string row) => row.Replace("\\|", "", StringComparison.Ordinal).Count(mark => mark == '|');
    }

    [Fact]
    public void A_drawing_of_one_model_is_written_to_its_file()
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "arena.svg");

        (int exitCode, _, _) = Explain(null, ReportFormat.Table, file, [Good]);

        Assert.Equal(CommandLine.Success, exitCode);
        Assert.StartsWith("<svg", File.ReadAllText(file), StringComparison.Ordinal);
    }

    [Fact]
    public void A_drawing_of_several_models_is_refused()
    {
        ToolException exception = Assert.Throws<ToolException>(() => Explain(
            null, ReportFormat.Table, "arena.svg", [Good, Good.Replace("Net", "Other", StringComparison.Ordinal)]));

        Assert.Contains("choose one by --model", exception.Message, StringComparison.Ordinal);
    }

    private static (int ExitCode, string Output, string Error) RunTool(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        return (CommandLine.Run(arguments, output, error), output.ToString(), error.ToString());
    }

    private static (int ExitCode, string Output, string Error) Explain(
        string? model, ReportFormat format, params string[] sources) => Explain(model, format, null, sources);

    private static (int ExitCode, string Output, string Error) Explain(
        string? model, ReportFormat format, string? svg, string[] sources)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int exitCode = ExplainCommand.Run(
            TestCompiler.CreateCompilation(sources),
            model,
            new ExplainSettings(ModelProgram.Training, 10, 100, 20),
            format,
            svg,
            output,
            error);
        return (exitCode, output.ToString(), error.ToString());
    }

    private static string Metadata(string key) =>
        typeof(ExplainCommandTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == key).Value!;
}
