using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>A rate is a part of a whole. Dropout may take the whole; a slope or a smoothing of 1 would leave nothing of what it acts on.</summary>
internal static class RateOutOfRange
{
    public const string Id = "MDL0016";

    /// <summary>The range of a rate that may be 1.</summary>
    public const string Closed = "[0, 1]";

    /// <summary>The range of a rate that must not be 1.</summary>
    public const string HalfOpen = "[0, 1)";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A rate must lie between 0 and 1",
        "{0} expects a {1} in {2}, got {3}",
        Category.Argument,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
