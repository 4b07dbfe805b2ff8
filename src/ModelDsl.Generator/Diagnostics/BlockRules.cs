namespace ModelDsl.Generator.Diagnostics;

/// <summary>Only blocks have layers to compose.</summary>
internal static class TypeIsNotBlock
{
    public const string Id = "MDL0030";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Structure, DiagnosticSeverity.Error,
        "A composed type must be a block",
        "'{0}' in [{1}] is not marked with [Block], so it has no layers to run");

    public static RuleMessage Message(string type, string layer) => new(Rule, type, layer);
}

/// <summary>Composition ends at plain layers.</summary>
internal static class BlockContainsItself
{
    public const string Id = "MDL0031";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Structure, DiagnosticSeverity.Error,
        "A block cannot contain itself",
        "The block '{0}' contains itself, so its expansion would never end");

    public static RuleMessage Message(string block) => new(Rule, block);
}

/// <summary>A block takes its shapes from where it is used.</summary>
internal static class BlockDoesNotFit
{
    public const string Id = "MDL0032";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Shape, DiagnosticSeverity.Error,
        "A block does not fit its input",
        "The block '{0}' does not fit its input {1} from {2}: {3}");

    public static RuleMessage Message(string block, Extents input, string origin, RuleMessage cause) =>
        new(Rule, block, input, origin, cause);
}

/// <summary>Input and loss belong to the model.</summary>
internal static class BlockHasInputOrLoss
{
    public const string Id = "MDL0033";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Structure, DiagnosticSeverity.Error,
        "A block has no input and no loss",
        "The block '{0}' contains [{1}], but a block takes its input from where it is used and has no loss; move "
            + "it to the model");

    public static RuleMessage Message(string block, string layer) => new(Rule, block, layer);
}

/// <summary>Element-wise composition needs equal shapes.</summary>
internal static class BranchesMustAgree
{
    public const string Id = "MDL0034";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Shape, DiagnosticSeverity.Error,
        "Branches must have the same shape",
        "{0} joins its branches element by element, but '{1}' gives {2} and {3} gives {4}; make both the same");

    public static RuleMessage Message(string layer, string branch, Extents output, string other, Extents otherOutput) =>
        new(Rule, layer, branch, output, other, otherOutput);
}

/// <summary>Side by side needs equal heights.</summary>
internal static class ConcatNeedsSameRows
{
    public const string Id = "MDL0036";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Shape, DiagnosticSeverity.Error,
        "Concatenated branches may differ in the last dimension only",
        "Concat puts its branches side by side along the last dimension, but '{0}' gives {1} and '{2}' gives {3}");

    public static RuleMessage Message(string branch, Extents output, string first, Extents firstOutput) =>
        new(Rule, branch, output, first, firstOutput);
}

/// <summary>Shared copies keep the shape.</summary>
internal static class SharedCopiesMustKeepShape
{
    public const string Id = "MDL0080";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Shape, DiagnosticSeverity.Error,
        "Copies with the same parameters must keep the shape",
        "Repeat with Shared = true runs the same parameters again on what they made, but '{0}' makes {2} of {1}");

    public static RuleMessage Message(string block, Extents input, Extents output) => new(Rule, block, input, output);
}

/// <summary>A shared block has one set of parameters.</summary>
internal static class SharedBlockNeedsOneShape
{
    public const string Id = "MDL0081";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Shape, DiagnosticSeverity.Error,
        "Uses of a shared block must have the same input shape",
        "'{0}' is a shared block that was used on {1} by [{2}], and is used here on {3} from {4}");

    public static RuleMessage Message(string block, Extents first, string firstUser, Extents input, string origin) =>
        new(Rule, block, first, firstUser, input, origin);
}

/// <summary>A gate scales its input, and does not make more of it.</summary>
internal static class GateMustBroadcast
{
    public const string Id = "MDL0083";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Shape, DiagnosticSeverity.Error,
        "A gate must broadcast to its input",
        "Multiply scales its input by what '{0}' gives, {1}, but the input is {2} from {3}; from the last dimension "
            + "on, each extent of the gate must be that of the input, or 1");

    public static RuleMessage Message(string block, Extents gate, Extents input, string origin) =>
        new(Rule, block, gate, input, origin);
}
