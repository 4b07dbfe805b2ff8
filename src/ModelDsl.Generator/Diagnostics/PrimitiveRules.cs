namespace ModelDsl.Generator.Diagnostics;

/// <summary>Extents that are combined element by element are equal, or one of them is 1.</summary>
internal static class ShapesDoNotBroadcast
{
    public const string Id = "MDL0401";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Shape, DiagnosticSeverity.Error,
        "Two shapes do not broadcast",
        "'{0}' combines {1} from {2} and {3} from {4}; from the last dimension on, extents must be equal or 1");

    public static RuleMessage Message(string expression, Extents left, string origin, Extents right, string otherOrigin) =>
        new(Rule, expression, left, origin, right, otherOrigin);
}

/// <summary>Dimensions are those of a sample.</summary>
internal static class DimensionOutOfRange
{
    public const string Id = "MDL0402";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Shape, DiagnosticSeverity.Error,
        "A tensor has no such dimension",
        "'{0}' names dimension {1} of {2}, with an input of {3} from {4}; dimensions of a sample count from 0, or from -1 at the end");

    public static RuleMessage Message(string expression, int dimension, int rank, Extents input, string origin) =>
        new(Rule, expression, dimension, rank, input, origin);
}

/// <summary>Not every layer computes with parameters alone, and outputs depend on their sample.</summary>
internal static class ParametersAlone
{
    public const string Id = "MDL0403";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Shape, DiagnosticSeverity.Error,
        "A layer on parameters alone",
        "'{0}' depends on parameters alone; only operations of methods and activation functions compute with those, and a loss or an output needs something of the samples");

    public static RuleMessage Message(string expression) => new(Rule, expression);
}

/// <summary>Indices, ranges and margins lie within what there is.</summary>
internal static class IndexOutsideDimension
{
    public const string Id = "MDL0404";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Shape, DiagnosticSeverity.Error,
        "An index lies outside a dimension",
        "'{0}' takes {1} of dimension {2}, whose extent is {3} in {4} from {5}");

    public static RuleMessage Message(
        string expression, MessageArgument taken, int dimension, int extent, Extents input, string origin) =>
        new(Rule, expression, taken, dimension, extent, input, origin);
}

/// <summary>Parts of a split are alike.</summary>
internal static class PartsMustBeEqual
{
    public const string Id = "MDL0405";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Shape, DiagnosticSeverity.Error,
        "A split must have equal parts",
        "'{0}' splits dimension {1} into {2} equal parts, but its extent is {3} in {4} from {5}");

    public static RuleMessage Message(
        string expression, int dimension, int count, int extent, Extents input, string origin) =>
        new(Rule, expression, dimension, count, extent, input, origin);
}

/// <summary>What lies beside each other fits.</summary>
internal static class ExtentsMustAgree
{
    public const string Id = "MDL0406";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Shape, DiagnosticSeverity.Error,
        "Joined tensors must agree in their extents",
        "'{0}' needs {1} to be equal to join along dimension {2}, but gets {3} from {4} beside {5} from {6}");

    public static RuleMessage Message(
        string expression, string which, int dimension, Extents other, string otherOrigin, Extents first, string origin) =>
        new(Rule, expression, which, dimension, other, otherOrigin, first, origin);
}

/// <summary>A list that goes along with the dimensions.</summary>
internal static class NumberForEachDimension
{
    public const string Id = "MDL0407";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Shape, DiagnosticSeverity.Error,
        "A list must have one number for each dimension",
        "'{0}' expects {1}, got ({2}) for the {3} dimensions of {4} from {5}");

    public static RuleMessage Message(
        string expression, string what, Extents numbers, int rank, Extents input, string origin) =>
        new(Rule, expression, what, numbers, rank, input, origin);
}
