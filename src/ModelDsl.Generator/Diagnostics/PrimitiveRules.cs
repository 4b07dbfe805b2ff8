namespace ModelDsl.Generator.Diagnostics;

/// <summary>Dimensions are those of one sample, from 0 up or from -1 down.</summary>
internal static class DimensionMustExist
{
    public const string Id = "MDL0413";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Argument, DiagnosticSeverity.Error,
        "A dimension must exist",
        "There is no dimension {0} of {1} from {2}, which has {3}; the batch does not count, and -1 is the last one");

    public static RuleMessage Message(int dimension, Extents shape, string origin, int rank) =>
        new(Rule, dimension, shape, origin, rank);
}

/// <summary>What is computed of parameters alone would be one tensor for the whole batch.</summary>
internal static class NeedsMoreThanParameters
{
    public const string Id = "MDL0414";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Shape, DiagnosticSeverity.Error,
        "An operation needs more than parameters",
        "{0} would be computed of parameters alone, but one of its operands must depend on the samples");

    public static RuleMessage Message(string operation) => new(Rule, operation);
}
