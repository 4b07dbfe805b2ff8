namespace ModelDsl.Generator.Diagnostics;

/// <summary>A product of matrices sums over what both have in common.</summary>
internal static class ProductNeedsEqualInner
{
    public const string Id = "MDL0411";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Shape, DiagnosticSeverity.Error,
        "A product needs equal inner extents",
        "A product sums over the columns of the left operand and the rows of the right one, but {0} from {1} has {2} "
            + "columns and {3} has {4} rows");

    public static RuleMessage Message(Extents left, string origin, int columns, Extents right, int rows) =>
        new(Rule, left, origin, columns, right, rows);
}

/// <summary>Many products at once pair matrices by their leading dimensions.</summary>
internal static class ProductsMustPair
{
    public const string Id = "MDL0412";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Shape, DiagnosticSeverity.Error,
        "The matrices of products must pair",
        "The dimensions before the last two of the operands of a product must be equal, or 1, or missing, but they are "
            + "{0} from {1} and {2}");

    public static RuleMessage Message(Extents left, string origin, Extents right) => new(Rule, left, origin, right);
}

/// <summary>An equation names the dimensions of operands and of the result by letters.</summary>
internal static class EinsumEquationMalformed
{
    public const string Id = "MDL0431";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Argument, DiagnosticSeverity.Error,
        "An equation of Einsum cannot be read",
        "'{0}' has an equation that cannot be read: {1}");

    public static RuleMessage Message(string expression, MessageArgument reason) => new(Rule, expression, reason);
}

/// <summary>A letter stands for one extent, wherever it stands.</summary>
internal static class EinsumLettersMustFit
{
    public const string Id = "MDL0432";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Shape, DiagnosticSeverity.Error,
        "The letters of an equation must fit the dimensions",
        "'{0}' cannot name the dimensions of {1} from {2}: {3}");

    public static RuleMessage Message(string expression, Extents operand, string origin, MessageArgument reason) =>
        new(Rule, expression, operand, origin, reason);
}
