using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>Layers of images take three dimensions, channels last.</summary>
internal static class ImageExpected
{
    public const string Id = "MDL0050";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "The layer needs an image",
        "{0} expects an image of height x width x channels, but its input is {1} from {2}; {3}",
        Category.Shape,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
