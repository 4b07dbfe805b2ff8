namespace ModelDsl.Generator.Diagnostics;

/// <summary>The attribute with its arguments in the order that ModelDsl takes them in.</summary>
internal static class CorrectedArguments
{
    /// <summary>The property that holds it.</summary>
    public const string Property = nameof(CorrectedArguments);
}

/// <summary>An image whose first dimension looks like its channels.</summary>
internal static class ChannelsFirst
{
    public const string Id = "MDL0111";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Advice, DiagnosticSeverity.Warning,
        "The channels of an image come last",
        "[{0}] gives [{1}] {2}, since {3}; write [{4}] if {5} is the number of channels");

    public static RuleMessage Message(
        string declared, string layer, string seen, string order, string corrected, int channels) =>
        new(Rule, declared, layer, seen, order, corrected, channels) { ForFix = new(CorrectedArguments.Property, corrected) };
}

/// <summary>Arguments in the order of PyTorch: input channels, output channels, window.</summary>
internal static class InputsBeforeOutputs
{
    public const string Id = "MDL0112";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Advice, DiagnosticSeverity.Warning,
        "A convolution takes filters and window only",
        "[{0}] has {1} filters and a window of {2}; if {3} is the number of output channels, as in PyTorch, write "
            + "[{4}]: the number of input channels is known");

    public static RuleMessage Message(string layer, int filters, Extents window, int outputs, string corrected) =>
        new(Rule, layer, filters, window, outputs, corrected) { ForFix = new(CorrectedArguments.Property, corrected) };
}

/// <summary>An embedding whose width looks like a vocabulary.</summary>
internal static class EmbeddingSwapped
{
    public const string Id = "MDL0113";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Advice, DiagnosticSeverity.Warning,
        "An embedding takes the vocabulary first",
        "[{0}] makes {1} features for each of {2} tokens; if {1} is the size of the vocabulary, write [{3}]");

    public static RuleMessage Message(string layer, int width, int vocabulary, string corrected) =>
        new(Rule, layer, width, vocabulary, corrected) { ForFix = new(CorrectedArguments.Property, corrected) };
}

/// <summary>A momentum that is the share of the past, not of the batch.</summary>
internal static class MomentumOfKeras
{
    public const string Id = "MDL0115";

    /// <summary>The property that holds the share of the batch.</summary>
    public const string Share = nameof(Share);

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Advice, DiagnosticSeverity.Warning,
        "The momentum is the share of the batch",
        "Momentum is the share of the batch in the running statistics, as in PyTorch, so {0} keeps only {1} of the "
            + "past; what Keras calls {0} is Momentum = {1}");

    public static RuleMessage Message(string momentum, string past) =>
        new(Rule, momentum, past) { ForFix = new(Share, past) };
}

/// <summary>Arguments as PyTorch or Keras take them.</summary>
internal static class ArgumentsOfAnother
{
    public const string Id = "MDL0117";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Advice, DiagnosticSeverity.Warning,
        "Another library takes these arguments",
        "[{0}] {1}; write [{2}]");

    public static RuleMessage Message(string written, string reason, string corrected) =>
        new(Rule, written, reason, corrected);
}
