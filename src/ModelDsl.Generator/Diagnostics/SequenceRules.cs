namespace ModelDsl.Generator.Diagnostics;

/// <summary>An embedding adds the second dimension.</summary>
internal static class TokensNeedOneDimension
{
    public const string Id = "MDL0037";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Argument, DiagnosticSeverity.Error,
        "Tokens are a sequence of one dimension",
        "An input of tokens expects one dimension, the length of the sequence, got {0}");

    public static RuleMessage Message(Extents input) => new(Rule, input);
}

/// <summary>Steps in time, and a vector for each.</summary>
internal static class SequenceNeedsTwoDimensions
{
    public const string Id = "MDL0038";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Argument, DiagnosticSeverity.Error,
        "A sequence has two dimensions",
        "An input sequence expects two dimensions, steps and features, got {0}");

    public static RuleMessage Message(Extents input) => new(Rule, input);
}

/// <summary>An embedding looks vectors up by tokens.</summary>
internal static class EmbeddingNeedsTokens
{
    public const string Id = "MDL0070";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Shape, DiagnosticSeverity.Error,
        "Embedding needs tokens",
        "{0} expects tokens, but its input is {1} from {2}; {3}");

    public static RuleMessage Message(string layer, Extents input, string origin, MessageArgument remedy) => new(
        Rule, layer, input, origin, remedy);
}

/// <summary>Tokens are names, not quantities: no arithmetic on them means anything.</summary>
internal static class TokensNeedEmbedding
{
    public const string Id = "MDL0071";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Shape, DiagnosticSeverity.Error,
        "Tokens need an embedding",
        "{0} expects numbers, but its input is {1} tokens from {2}; add [Embedding] or [OneHot] before it");

    public static RuleMessage Message(string layer, Extents input, string origin) => new(Rule, layer, input, origin);
}

/// <summary>A layer that works along the steps of a sequence.</summary>
internal static class LayerNeedsSequence
{
    public const string Id = "MDL0072";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Shape, DiagnosticSeverity.Error,
        "Layer needs a sequence",
        "{0} expects a sequence of vectors, but its input is {1} from {2}; {3}");

    public static RuleMessage Message(string layer, Extents input, string origin, Remedy remedy) =>
        new(Rule, layer, input, origin, remedy.Words) { Remedy = remedy };
}

/// <summary>Each head of an attention takes an equal part of the features.</summary>
internal static class HeadsMustDivideWidth
{
    public const string Id = "MDL0073";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Shape, DiagnosticSeverity.Error,
        "Heads must divide the width",
        "{0} splits features among its heads, but {1} heads do not divide {2} features from {3}");

    public static RuleMessage Message(string layer, int heads, int features, string origin) =>
        new(Rule, layer, heads, features, origin);
}

/// <summary>Rotary positions turn pairs of features.</summary>
internal static class RotaryNeedsPairs
{
    public const string Id = "MDL0076";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Shape, DiagnosticSeverity.Error,
        "Rotary positions need an even number of features in a head",
        "Rotary positions turn the features of a head in pairs, but {0} is odd: {1} features from {2} in {3} heads");

    public static RuleMessage Message(int headSize, int features, string origin, int heads) =>
        new(Rule, headSize, features, origin, heads);
}

/// <summary>Padding is one of the tokens.</summary>
internal static class PaddingMustBeToken
{
    public const string Id = "MDL0082";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Argument, DiagnosticSeverity.Error,
        "Padding is a token",
        "Padding is a token of an input of tokens, from 0 up, but got {0} for an input {1}");

    public static RuleMessage Message(int padding, string input) => new(Rule, padding, input);
}

/// <summary>A recurrent layer behind one that returns its last step only.</summary>
internal static class SequenceWasReduced
{
    public const string Id = "MDL0086";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Shape, DiagnosticSeverity.Error,
        "Only the last step is left of the sequence",
        "{0} expects a sequence, but [{1}] gives the output of the last step only; leave ReturnSequences = false "
            + "to the last recurrent layer");

    public static RuleMessage Message(string layer, string reducer) => new(Rule, layer, reducer);
}

/// <summary>A recurrent layer begins with a number for each of its units.</summary>
internal static class InitialStateMustFit
{
    public const string Id = "MDL0417";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Shape, DiagnosticSeverity.Error,
        "The initial state of a recurrent layer must fit",
        "'{0}' begins with a state of {1}, a number for each unit, but gets {2} from {3}; use as many units where the "
            + "state comes from, or a Dense between");

    public static RuleMessage Message(string expression, Extents expected, Extents state, string origin) =>
        new(Rule, expression, expected, state, origin);
}

/// <summary>A sequence that is too long for a method that a reader or the just-in-time compiler could take.</summary>
internal static class TooManyStepsToUnroll
{
    public const string Id = "MDL0087";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Shape, DiagnosticSeverity.Error,
        "Too many steps to write down",
        "{0} writes down at most {1} steps, got {2}; leave Unroll out, and a loop passes over them with the same "
            + "results");

    public static RuleMessage Message(string layer, int most, int steps) => new(Rule, layer, most, steps);
}
