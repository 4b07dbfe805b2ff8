using Steps = ModelDsl.Generator.ModelGenerator.Steps;

namespace ModelDsl.Generator.Tests.Pipeline;

/// <summary>What an edit runs again: nothing past Parsing unless a model's own attributes change.</summary>
public class IncrementalTests
{
    private const string First = "[Model, Input(3), Dense(4), Relu, Dense(2), MeanSquaredError] public partial class First;";

    private const string Second = "[Model, Input(5), Dense(2), SoftmaxCrossEntropy] public partial class Second;";

    private const string Program =
        """
        public class Program
        {
            public int Answer() => 41;
        }

        [Model, Input(3), Dense(4), Relu, Dense(2), MeanSquaredError]
        public partial class First
        {
            public int Layers() => 1;
        }
        """;

    [Fact]
    public void Edit_of_another_file_runs_nothing_past_parsing()
    {
        var run = new GeneratorRun(First, "class Other { int x = 1; }");
        run.Edit(1, "x = 1", "x = 2");
        AssertNothingPastParsing(run);
    }

    [Fact]
    public void New_file_runs_nothing_past_parsing()
    {
        var run = new GeneratorRun(First);
        run.AddFile("class Other;");
        AssertNothingPastParsing(run);
    }

    [Fact]
    public void Edit_above_the_model_in_its_file_runs_nothing_past_parsing()
    {
        var run = new GeneratorRun(Program);
        run.Edit(0, "public class Program", "// a comment\n\npublic class Programme");
        AssertNothingPastParsing(run);
    }

    [Fact]
    public void Edit_inside_a_method_of_another_class_runs_nothing_past_parsing()
    {
        var run = new GeneratorRun(Program);
        run.Edit(0, "=> 41", "=> 42");
        AssertNothingPastParsing(run);
    }

    [Fact]
    public void Edit_inside_a_method_of_the_model_runs_nothing_past_parsing()
    {
        var run = new GeneratorRun(Program);
        run.Edit(0, "=> 1;", "=> 2;");
        AssertNothingPastParsing(run);
    }

    [Fact]
    public void Comment_and_line_breaks_between_the_attributes_run_nothing_past_parsing()
    {
        var run = new GeneratorRun(First);
        run.Edit(0, "Dense(4), Relu,", "Dense( 4 ),\n    // rectified\n    Relu,");
        AssertNothingPastParsing(run);
    }

    [Fact]
    public void Edit_of_one_model_does_not_emit_another_again()
    {
        var run = new GeneratorRun(First, Second);
        run.Edit(1, "Dense(2)", "Dense(3)");
        Assert.Equal([IncrementalStepRunReason.Cached, IncrementalStepRunReason.Modified], run.Reasons(Steps.Emission));
        Assert.Contains("OutputShape: new(3)", run.Result.GeneratedSources[1].SourceText.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Edit_of_one_of_two_models_in_a_file_does_not_emit_the_other_again()
    {
        var run = new GeneratorRun(First + "\n" + Second);
        run.Edit(0, "Dense(4)", "Dense(7)");
        Assert.Equal(1, run.WorkDone(Steps.Lowering));
        Assert.Equal(1, run.WorkDone(Steps.Emission));
    }

    [Fact]
    public void New_model_does_not_emit_the_others_again()
    {
        var run = new GeneratorRun(First);
        run.AddFile("using ModelDsl;\n" + Second);
        Assert.Equal([IncrementalStepRunReason.Cached, IncrementalStepRunReason.New], run.Reasons(Steps.Emission));
    }

    [Fact]
    public void Model_that_breaks_loses_its_code_and_gets_it_back()
    {
        var run = new GeneratorRun(First, Second);
        run.Edit(0, "Dense(4)", "Dense(0)");
        Assert.Contains("throw Broken();", CodeOf("First.g.cs"), StringComparison.Ordinal);
        run.Edit(0, "Dense(0)", "Dense(4)");
        Assert.DoesNotContain("throw Broken();", CodeOf("First.g.cs"), StringComparison.Ordinal);

        string CodeOf(string file) => run.Result.GeneratedSources.Single(source => source.HintName == file).SourceText.ToString();
    }

    private static void AssertNothingPastParsing(GeneratorRun run)
    {
        Assert.NotEmpty(run.Result.GeneratedSources);
        foreach (string step in (string[])[Steps.Lowering, Steps.Emission])
        {
            Assert.NotEmpty(run.Reasons(step));
            Assert.All(run.Reasons(step), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        }
    }
}
