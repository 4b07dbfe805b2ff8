namespace ModelDsl.Generator.Diagnostics;

/// <summary>No choice of what is computed again makes a training step small enough.</summary>
internal static class MemoryBudgetTooSmall
{
    public const string Id = "MDL0441";

    /// <summary>The property that holds the smallest budget.</summary>
    public const string Smallest = nameof(Smallest);

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Argument, DiagnosticSeverity.Error,
        "The memory budget is too small",
        "A training step of '{0}' does not fit into {1} for a batch of {2}: the smallest budget that would do is {3}, "
            + "of which parameters, gradients and samples take {4}");

    public static RuleMessage Message(string model, string budget, int batch, string smallest, string fixedPart) =>
        new(Rule, model, PrintableText.Name(budget), batch, smallest, fixedPart) { ForFix = new(Smallest, smallest) };
}

/// <summary>A memory budget is a size, and goes with the size of a batch.</summary>
internal static class MemoryBudgetNeedsSizes
{
    public const string Id = "MDL0442";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Argument, DiagnosticSeverity.Error,
        "A memory budget needs a size and a batch",
        "A memory budget is a size for a number of samples, such as MemoryBudget = \"64MB\" and Batch = 32, "
            + "but here MemoryBudget is {0} and Batch is {1}");

    public static RuleMessage Message(string budget, string batch) => new(Rule, budget, batch);
}

/// <summary>The program that clips samples has no budget.</summary>
internal static class MemoryBudgetWithClipping
{
    public const string Id = "MDL0448";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Argument, DiagnosticSeverity.Error,
        "A memory budget does not go with clipped samples",
        "'{0}' has PerSampleClipping, whose training step is not computed again in part; "
            + "leave out MemoryBudget and Batch");

    public static RuleMessage Message(string model) => new(Rule, model);
}
