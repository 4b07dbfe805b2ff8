namespace ModelDsl.Generator.Diagnostics;

/// <summary>Two unknowns have no single answer.</summary>
internal static class ReshapeInfersOneDimension
{
    public const string Id = "MDL0014";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Argument, DiagnosticSeverity.Error,
        "Reshape can infer one dimension",
        "Reshape can infer one dimension, but {0} are -1; state the others");

    public static RuleMessage Message(int inferred) => new(Rule, inferred);
}

/// <summary>Extents and counts are at least 1.</summary>
internal static class SizeMustBePositive
{
    public const string Id = "MDL0015";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Argument, DiagnosticSeverity.Error,
        "A size must be positive",
        "{0} expects a {1} of at least 1, got {2}");

    public static RuleMessage Message(string layer, string size, long value) => new(Rule, layer, size, value);
}

/// <summary>
/// A rate is a part of a whole. Dropout may take the whole; a slope or a smoothing of 1 would leave nothing of what it
/// acts on.
/// </summary>
internal static class RateOutOfRange
{
    public const string Id = "MDL0016";

    /// <summary>The range of a rate that may be 1.</summary>
    public const string Closed = "[0, 1]";

    /// <summary>The range of a rate that must not be 1.</summary>
    public const string HalfOpen = "[0, 1)";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Argument, DiagnosticSeverity.Error,
        "A rate must lie between 0 and 1",
        "{0} expects a {1} in {2}, got {3}");

    public static RuleMessage Message(string layer, string rate, string range, float value) =>
        new(Rule, layer, rate, range, value);
}

/// <summary>Between two bounds lies something.</summary>
internal static class BoundsOutOfOrder
{
    public const string Id = "MDL0060";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Argument, DiagnosticSeverity.Error,
        "A minimum must lie below its maximum",
        "{0} expects a minimum below its maximum, both finite, got {1} and {2}");

    public static RuleMessage Message(string layer, float minimum, float maximum) => new(Rule, layer, minimum, maximum);
}

/// <summary>A shape has at least one dimension.</summary>
internal static class DimensionsMissing
{
    public const string Id = "MDL0019";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Argument, DiagnosticSeverity.Error,
        "A shape needs dimensions",
        "{0} expects the dimensions of a sample, such as [{0}(28, 28)] or [{0}(1)]");

    public static RuleMessage Message(string layer) => new(Rule, layer);
}

/// <summary>An enum can hold numbers that have no name.</summary>
internal static class UnknownInitializer
{
    public const string Id = "MDL0024";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Argument, DiagnosticSeverity.Error,
        "The initializer does not exist",
        "{0} is not a member of Initializer");

    public static RuleMessage Message(int value) => new(Rule, value);
}

/// <summary>A number that stands for no method.</summary>
internal static class ConvolutionMethodUnknown
{
    public const string Id = "MDL0068";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Argument, DiagnosticSeverity.Error,
        "The method of convolution is none",
        "'{0}' has the convolution method {1}, which is none; use ConvolutionMethod.Fastest or "
            + "ConvolutionMethod.Exact");

    public static RuleMessage Message(string model, int method) => new(Rule, model, method);
}

/// <summary>Nothing repeated is nothing.</summary>
internal static class CountTooSmall
{
    public const string Id = "MDL0035";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Argument, DiagnosticSeverity.Error,
        "A count must be positive",
        "{0} expects a count of at least 1, got {1}");

    public static RuleMessage Message(string layer, int count) => new(Rule, layer, count);
}

/// <summary>A parameter that starts as NaN or infinity stays so.</summary>
internal static class ConstantMustBeFinite
{
    public const string Id = "MDL0039";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Argument, DiagnosticSeverity.Error,
        "A constant must be finite",
        "{0} expects a finite {1}, got {2}");

    public static RuleMessage Message(string layer, string argument, float value) => new(Rule, layer, argument, value);
}

/// <summary>Running statistics that never move, or move beyond the batch, are none.</summary>
internal static class MomentumOutOfRange
{
    public const string Id = "MDL0045";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Argument, DiagnosticSeverity.Error,
        "A momentum must lie in (0, 1]",
        "{0} expects a momentum in (0, 1], got {1}");

    public static RuleMessage Message(string layer, float momentum) => new(Rule, layer, momentum);
}

/// <summary>Without it a constant channel would be divided by zero.</summary>
internal static class EpsilonMustBePositive
{
    public const string Id = "MDL0046";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Argument, DiagnosticSeverity.Error,
        "An epsilon must be positive",
        "{0} expects a positive, finite epsilon, got {1}");

    public static RuleMessage Message(string layer, float epsilon) => new(Rule, layer, epsilon);
}

/// <summary>A negative factor would turn a loss or a penalty into a reward.</summary>
internal static class FactorMustNotBeNegative
{
    public const string Id = "MDL0051";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Argument, DiagnosticSeverity.Error,
        "A factor must not be negative",
        "{0} expects a finite {1} of at least 0, got {2}");

    public static RuleMessage Message(string layer, string factor, float value) => new(Rule, layer, factor, value);
}

/// <summary>A scale, such as an epsilon or a standard deviation.</summary>
internal static class NumberMustBePositive
{
    public const string Id = "MDL0075";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Argument, DiagnosticSeverity.Error,
        "Number must be positive",
        "{0} expects {1} above 0, got {2}");

    public static RuleMessage Message(string layer, string number, float value) => new(Rule, layer, number, value);
}
