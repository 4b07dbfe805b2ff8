namespace ModelDsl.Tool.Tests;

/// <summary>Explanations of models that keep to a memory budget.</summary>
public sealed class BudgetTests
{
    private const string Layers =
        "Input(64), Dense(64), Gelu, Dense(64), Gelu, Dense(64), Gelu, Dense(1), MeanSquaredError";

    [Fact]
    public void What_is_done_again_stands_where_it_runs_and_the_budget_is_told()
    {
        ModelExplanation model =
            Explanations.Of($"[Model(MemoryBudget = \"118KB\", Batch = 10), {Layers}] public partial class Net;");

        ExplainedOperation[] again = [.. model.Operations.Where(operation => operation.Pass == ProgramPass.Recomputed)];
        Assert.NotEmpty(again);
        int loss = model.Operations.Single(operation => operation.Pass == ProgramPass.Loss).Number;
        Assert.All(again, operation => Assert.True(operation.Number > loss));

        Assert.StartsWith("A training step of a batch of 10 takes 1", model.Budget, StringComparison.Ordinal);
        Assert.Contains("of the budget of 118KB", model.Budget, StringComparison.Ordinal);
        Assert.Contains($"does {again.Length} operation", model.Budget, StringComparison.Ordinal);

        string first = $"again {again[0].Layers[0]}";
        Assert.Contains(first, Written(TableReport.Write), StringComparison.Ordinal);
        Assert.Contains(model.Budget!, Written(TableReport.Write), StringComparison.Ordinal);
        Assert.Contains($"| {first}", Written(MarkdownReport.Write), StringComparison.Ordinal);
        Assert.Contains(model.Budget!, Written(MarkdownReport.Write), StringComparison.Ordinal);

        string Written(Action<ModelExplanation, TextWriter> write)
        {
            using var writer = new StringWriter();
            write(model, writer);
            return writer.ToString();
        }
    }

    [Fact]
    public void Without_a_budget_or_in_another_program_nothing_is_told()
    {
        Assert.Null(Explanations.Of($"[Model, {Layers}] public partial class Net;").Budget);
        Assert.Null(Explanations.Of(
            $"[Model(MemoryBudget = \"1GB\", Batch = 10), {Layers}] public partial class Net;",
            program: ModelProgram.Inference).Budget);
    }
}
