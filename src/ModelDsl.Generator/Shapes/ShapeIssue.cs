using Microsoft.CodeAnalysis;
using ModelDsl.Generator.Common;

namespace ModelDsl.Generator.Shapes;

/// <summary>A broken rule, by the number of the layer attribute rather than by its position in a file.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="LayerIndex">The layer attribute that breaks it; null where it is the class itself.</param>
/// <param name="Argument">The argument that breaks it; null where it is the whole attribute.</param>
/// <param name="MessageArguments">What the rule's message format takes.</param>
/// <param name="OriginIndex">The layer attribute that the offending shape came from.</param>
internal sealed record ShapeIssue(
    DiagnosticDescriptor Rule,
    int? LayerIndex,
    string? Argument,
    EquatableArray<string> MessageArguments,
    int? OriginIndex = null)
{
    /// <summary>The member of the user's that breaks the rule, where it is one.</summary>
    public string? Member { get; init; }

    /// <summary>The place within a block that breaks the rule, where it is one.</summary>
    public InnerPlace? Inner { get; init; }

    /// <summary>The layer of a block that the offending shape came from, where it is one.</summary>
    public InnerPlace? InnerOrigin { get; init; }
}
