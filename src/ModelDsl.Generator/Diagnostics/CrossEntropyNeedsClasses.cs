using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>The softmax of one number is 1.</summary>
internal static class CrossEntropyNeedsClasses
{
    public const string Id = "MDL0018";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Cross-entropy needs two classes",
        "SoftmaxCrossEntropy over one class is always 0, since {0} gives one output; use [BinaryCrossEntropy], or one output for each class",
        Category.Shape,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
