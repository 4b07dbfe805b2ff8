namespace ModelDsl.Generator.Shapes;

/// <summary>A broken rule, by the number of the layer attribute rather than by its position in a file.</summary>
/// <param name="Message">The rule, with what its message names.</param>
/// <param name="Place">The layer that breaks it; null where it is the class itself.</param>
/// <param name="Argument">The argument that breaks it; null where it is the whole attribute.</param>
/// <param name="Origin">The layer that the offending shape came from.</param>
internal sealed record ShapeIssue(
    RuleMessage Message,
    LayerPlace? Place = null,
    string? Argument = null,
    LayerPlace? Origin = null)
{
    public DiagnosticDescriptor Rule => Message.Rule;

    /// <summary>The member of the user's that breaks the rule, where it is one.</summary>
    public string? Member { get; init; }

    /// <summary>What is wrong within the block that does not fit, where it is that.</summary>
    public ShapeIssue? Cause { get; init; }

    /// <summary>
    /// Whether the rule is about what is written, so that it is broken whatever flows in; a rule about shapes is broken by
    /// what comes from <see cref="Origin"/>.
    /// </summary>
    public bool IsOfText => Rule.Category is Category.Structure or Category.Argument;
}
