namespace ModelDsl.Analyzers.Tests.Rules;

public class MemoryRulesTests
{
    // Three products of 64 x 64, whose parameters and gradients take about 100 KB.
    private const string Layers =
        "Input(64), Dense(64), Tanh, Dense(64), Tanh, Dense(64), Tanh, Dense(1), MeanSquaredError";

    [Fact]
    public Task Budget_that_no_choice_keeps_reports_MDL0441_at_the_argument() =>
        Diagnose.Reports(
            $"[Model(MemoryBudget = {{|MDL0441:\"100KB\"|}}, Batch = 10), {Layers}] public partial class Net;",
            "A training step of 'Net' does not fit into 100KB for a batch of 10: the smallest budget that would do is "
                + "112KB, of which parameters, gradients and samples take 103.04KB");

    [Theory]
    [InlineData("112KB")]
    [InlineData("1 MiB")]
    public Task Budget_that_can_be_kept_does_not_report_MDL0441(string budget) =>
        Diagnose.Silent($"[Model(MemoryBudget = \"{budget}\", Batch = 10), {Layers}] public partial class Net;");

    [Theory]
    [InlineData("64")]
    [InlineData("much")]
    [InlineData("0MB")]
    [InlineData("99999999999GB")]
    public Task Budget_that_is_no_size_reports_MDL0442_at_the_argument(string budget) =>
        Diagnose.Reports(
            $"[Model(MemoryBudget = {{|MDL0442:\"{budget}\"|}}, Batch = 10), {Layers}] public partial class Net;",
            "A memory budget is a size for a number of samples, such as MemoryBudget = \"64MB\" and Batch = 32, "
                + $"but here MemoryBudget is \"{budget}\" and Batch is 10");

    [Theory]
    [InlineData("", "not given")]
    [InlineData(", Batch = -1", "-1")]
    public Task Budget_without_a_batch_reports_MDL0442(string argument, string batch) =>
        Diagnose.Reports(
            $"[Model(MemoryBudget = {{|MDL0442:\"64MB\"|}}{argument}), {Layers}] public partial class Net;",
            "A memory budget is a size for a number of samples, such as MemoryBudget = \"64MB\" and Batch = 32, "
                + $"but here MemoryBudget is \"64MB\" and Batch is {batch}");

    [Fact]
    public Task Batch_without_a_budget_reports_MDL0442() =>
        Diagnose.Reports(
            $"[Model(Batch = {{|MDL0442:32|}}), {Layers}] public partial class Net;",
            "A memory budget is a size for a number of samples, such as MemoryBudget = \"64MB\" and Batch = 32, "
                + "but here MemoryBudget is not given and Batch is 32");

    [Fact]
    public Task Budget_of_a_size_and_a_batch_does_not_report_MDL0442() =>
        Diagnose.Silent($"[Model(MemoryBudget = \"64MB\", Batch = 32), {Layers}] public partial class Net;");

    [Fact]
    public Task Budget_of_a_model_that_clips_samples_reports_MDL0448() =>
        Diagnose.Reports(
            $"[Model(PerSampleClipping = true, MemoryBudget = {{|MDL0448:\"64MB\"|}}, Batch = 32), {Layers}] "
                + "public partial class Net;",
            "'Net' has PerSampleClipping, whose training step is not computed again in part; "
                + "leave out MemoryBudget and Batch");

    [Fact]
    public Task Clipped_samples_without_a_budget_do_not_report_MDL0448() =>
        Diagnose.Silent($"[Model(PerSampleClipping = true), {Layers}] public partial class Net;");
}
