namespace ModelDsl.Generator.Diagnostics;

/// <summary>A dense layer takes one dimension.</summary>
internal static class DenseNeedsVector
{
    public const string Id = "MDL0012";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Shape, DiagnosticSeverity.Error,
        "Dense needs a vector",
        "Dense expects a vector, but its input is {0} from {1}; {2}");

    public static RuleMessage Message(Extents input, string origin, Remedy remedy) =>
        new(Rule, input, origin, remedy.Words) { Remedy = remedy };
}

/// <summary>A reshape moves nothing.</summary>
internal static class ReshapeKeepsElements
{
    public const string Id = "MDL0013";

    /// <summary>The property that holds the input's number of elements.</summary>
    public const string ElementCount = nameof(ElementCount);

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Shape, DiagnosticSeverity.Error,
        "Reshape must keep the number of elements",
        "Reshape to {0} asks for {1} elements, but its input is {2}, {3} elements, from {4}");

    public static RuleMessage Message(
        Extents dimensions, MessageArgument elements, Extents input, long inputElements, string origin) =>
        new(Rule, dimensions, elements, input, inputElements, origin) { ForFix = new(ElementCount, inputElements) };
}

/// <summary>Halves are equal.</summary>
internal static class GluNeedsHalves
{
    public const string Id = "MDL0061";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Shape, DiagnosticSeverity.Error,
        "Glu needs an even last dimension",
        "Glu halves the last dimension, but it is {0}, from {1}");

    public static RuleMessage Message(int columns, string origin) => new(Rule, columns, origin);
}

/// <summary>Spans are indexed by an int.</summary>
internal static class TooManyElements
{
    public const string Id = "MDL0020";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Shape, DiagnosticSeverity.Error,
        "A tensor is too large",
        "The shape {0} of [{1}] has more elements than can be addressed (2,147,483,647)");

    public static RuleMessage Message(Extents shape, string layer) => new(Rule, shape, layer);
}

/// <summary>Parameters are one contiguous span, and spans are indexed by an int.</summary>
internal static class TooManyParameters
{
    public const string Id = "MDL0025";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Shape, DiagnosticSeverity.Error,
        "The parameters are too many",
        "The parameters of '{0}' take {1} floats, more than one span can hold (2,147,483,647); make the layers smaller");

    public static RuleMessage Message(string model, long floats) => new(Rule, model, floats);
}

/// <summary>A layer that normalizes the features of a vector.</summary>
internal static class NormalizationNeedsVector
{
    public const string Id = "MDL0074";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Shape, DiagnosticSeverity.Error,
        "Normalization needs a vector",
        "{0} expects a vector or a sequence of vectors, but its input is {1} from {2}; {3}");

    public static RuleMessage Message(string layer, Extents input, string origin, Remedy remedy) =>
        new(Rule, layer, input, origin, remedy.Words) { Remedy = remedy };
}

/// <summary>Where the gradient of each sample is clipped, each must have one of its own.</summary>
internal static class LayerMixesSamples
{
    public const string Id = "MDL0062";

    /// <summary>The property that holds the number of groups of a normalisation of single samples.</summary>
    public const string Groups = nameof(Groups);

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Shape, DiagnosticSeverity.Error,
        "A layer mixes samples whose gradients are to be clipped",
        "[{0}] computes with all samples of a batch, so that no sample has a gradient of its own that "
            + "[Model(PerSampleClipping = true)] could clip; use [GroupNorm({1})], which normalises each sample "
            + "by itself");

    public static RuleMessage Message(string layer, MessageArgument groups) =>
        new(Rule, layer, groups) { ForFix = new(Groups, groups) };
}
