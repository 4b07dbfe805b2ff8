namespace ModelDsl.Generator.Diagnostics;

/// <summary>A window that is larger than the padded input has no place in it.</summary>
internal static class WindowLargerThanImage
{
    public const string Id = "MDL0041";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Shape, DiagnosticSeverity.Error,
        "A window must fit its input",
        "{0} has a window of {1}, but its input is only {2}{3} from {4}; {5}");

    public static RuleMessage Message(
        string layer,
        MessageArgument window,
        Extents input,
        string withPadding,
        string origin,
        MessageArgument remedy) =>
        new(Rule, layer, window, input, withPadding, origin, remedy);
}

/// <summary>A window that sees nothing but padding computes nothing.</summary>
internal static class PaddingOutOfRange
{
    public const string Id = "MDL0042";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Argument, DiagnosticSeverity.Error,
        "A padding must be smaller than the window",
        "{0} expects a padding of at least 0 and less than its window of {1}, got {2}");

    public static RuleMessage Message(string layer, long window, int padding) => new(Rule, layer, window, padding);
}

/// <summary>Padding.Same works out what PaddingSize would say.</summary>
internal static class PaddingGivenTwice
{
    public const string Id = "MDL0043";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Argument, DiagnosticSeverity.Error,
        "A padding can be said in one way",
        "{0} has {1} and a padding of {2}; leave one of them out");

    public static RuleMessage Message(string layer, string first, MessageArgument second) =>
        new(Rule, layer, first, second);
}

/// <summary>Every group has as many channels as the others.</summary>
internal static class GroupsMustDivide
{
    public const string Id = "MDL0044";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Shape, DiagnosticSeverity.Error,
        "Groups must divide the channels",
        "{0} cannot divide {1} {2} into {3} groups of equal size");

    public static RuleMessage Message(string layer, int count, string what, int groups) =>
        new(Rule, layer, count, what, groups);
}

/// <summary>A stride leaves a choice of sizes; the output padding picks one of them.</summary>
internal static class OutputPaddingOutOfRange
{
    public const string Id = "MDL0047";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Argument, DiagnosticSeverity.Error,
        "An output padding must be smaller than the stride",
        "{0} expects an output padding of at least 0 and less than its stride of {1}, got {2}");

    public static RuleMessage Message(string layer, int stride, int padding) => new(Rule, layer, stride, padding);
}

/// <summary>A border of more than the whole image has nothing within.</summary>
internal static class OutputIsEmpty
{
    public const string Id = "MDL0048";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Shape, DiagnosticSeverity.Error,
        "A layer must leave something",
        "{0} leaves nothing of its input of {1} from {2}: it takes more off the border than there is");

    public static RuleMessage Message(string layer, Extents input, string origin) => new(Rule, layer, input, origin);
}

/// <summary>Pad adds pixels; it does not crop.</summary>
internal static class MarginNotNegative
{
    public const string Id = "MDL0049";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Argument, DiagnosticSeverity.Error,
        "A margin must not be negative",
        "{0} expects a margin of at least 0 pixels, got {1}");

    public static RuleMessage Message(string layer, int margin) => new(Rule, layer, margin);
}

/// <summary>Layers of images take three dimensions, channels last.</summary>
internal static class ImageExpected
{
    public const string Id = "MDL0050";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Shape, DiagnosticSeverity.Error,
        "The layer needs an image",
        "{0} expects an image of height x width x channels, but its input is {1} from {2}; {3}");

    public static RuleMessage Message(string layer, Extents input, string origin, Remedy remedy) =>
        new(Rule, layer, input, origin, remedy.Words) { Remedy = remedy };
}

/// <summary>The nearest pixel is one, whose place no border moves.</summary>
internal static class CornersNeedInterpolation
{
    public const string Id = "MDL0433";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Argument, DiagnosticSeverity.Error,
        "Corners are aligned by interpolation",
        "{0} aligns corners, which the nearest pixel has no use for; set Interpolation to Bilinear or Bicubic");

    public static RuleMessage Message(string layer) => new(Rule, layer);
}

/// <summary>Pixels and channels become each other in squares.</summary>
internal static class FactorMustDivide
{
    public const string Id = "MDL0434";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Shape, DiagnosticSeverity.Error,
        "A factor must divide the image",
        "{0}({1}) expects the {2} to be a multiple of {3}, got an image of {4} from {5}");

    public static RuleMessage Message(
        string layer, int factor, string which, long multiple, Extents image, string origin) =>
        new(Rule, layer, factor, which, multiple, image, origin);
}

/// <summary>A dilated window may step over all that there is.</summary>
internal static class WindowOfPaddingOnly
{
    public const string Id = "MDL0435";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Shape, DiagnosticSeverity.Error,
        "A window must see its input",
        "{0} has a dilated window that sees nothing but padding of its input of {1} from {2}; pad or dilate it less");

    public static RuleMessage Message(string layer, Extents input, string origin) => new(Rule, layer, input, origin);
}

/// <summary>A window of three directions needs as many.</summary>
internal static class VolumeExpected
{
    public const string Id = "MDL0436";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Shape, DiagnosticSeverity.Error,
        "The layer needs a volume",
        "{0} expects a volume of depth x height x width x channels, got {1} from {2}; [Reshape] says what its "
            + "dimensions are");

    public static RuleMessage Message(string layer, Extents input, string origin) => new(Rule, layer, input, origin);
}
