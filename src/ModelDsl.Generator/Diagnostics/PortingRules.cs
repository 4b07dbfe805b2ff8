namespace ModelDsl.Generator.Diagnostics;

/// <summary>An image whose first dimension looks like its channels.</summary>
internal static class ChannelsFirst
{
    public const string Id = "MDL0111";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "The channels of an image come last",
        "[{0}] gives [{1}] {2}, since {3}; write [{4}] if {5} is the number of channels",
        Category.Advice, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: HelpLink.For(Id));

    public static RuleMessage Message(
        string declared, string layer, string seen, string order, string corrected, int channels) =>
        new(Rule, declared, layer, seen, order, corrected, channels);
}

/// <summary>Arguments in the order of PyTorch: input channels, output channels, window.</summary>
internal static class InputsBeforeOutputs
{
    public const string Id = "MDL0112";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A convolution takes filters and window only",
        "[{0}] has {1} filters and a window of {2}; if {3} is the number of output channels, as in PyTorch, write "
            + "[{4}]: the number of input channels is known",
        Category.Advice, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: HelpLink.For(Id));

    public static RuleMessage Message(string layer, int filters, Extents window, int outputs, string corrected) =>
        new(Rule, layer, filters, window, outputs, corrected);
}

/// <summary>An embedding whose width looks like a vocabulary.</summary>
internal static class EmbeddingSwapped
{
    public const string Id = "MDL0113";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "An embedding takes the vocabulary first",
        "[{0}] makes {1} features for each of {2} tokens; if {1} is the size of the vocabulary, write [{3}]",
        Category.Advice, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: HelpLink.For(Id));

    public static RuleMessage Message(string layer, int width, int vocabulary, string corrected) =>
        new(Rule, layer, width, vocabulary, corrected);
}

/// <summary>A momentum that is the share of the past, not of the batch.</summary>
internal static class MomentumOfKeras
{
    public const string Id = "MDL0115";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "The momentum is the share of the batch",
        "Momentum is the share of the batch in the running statistics, as in PyTorch, so {0} keeps only {1} of the "
            + "past; what Keras calls {0} is Momentum = {1}",
        Category.Advice, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: HelpLink.For(Id));

    public static RuleMessage Message(string momentum, string past) => new(Rule, momentum, past);
}

/// <summary>Arguments as PyTorch or Keras take them.</summary>
internal static class ArgumentsOfAnother
{
    public const string Id = "MDL0117";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Another library takes these arguments",
        "[{0}] {1}; write [{2}]",
        Category.Advice, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: HelpLink.For(Id));

    public static RuleMessage Message(string written, string reason, string corrected) =>
        new(Rule, written, reason, corrected);
}
