namespace ModelDsl.Generator.Diagnostics;

/// <summary>Queries, keys and values of an attention have features for their heads.</summary>
internal static class AttentionOperandsMustFit
{
    public const string Id = "MDL0415";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Shape, DiagnosticSeverity.Error,
        "Queries, keys and values must fit together",
        "Attention cannot take queries of {0} from {1} to keys of {2} and values of {3}: {4}");

    public static RuleMessage Message(
        Extents queries, string origin, Extents keys, Extents values, MessageArgument problem) =>
        new(Rule, queries, origin, keys, values, problem);
}

/// <summary>The mask of an attention has a number for each score, or for each key.</summary>
internal static class AttentionMaskMustFit
{
    public const string Id = "MDL0416";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Shape, DiagnosticSeverity.Error,
        "The mask of an attention must fit",
        "Attention adds its mask to the scores of {1} queries and {2} keys, or to those of each key, but the mask is "
            + "{0}");

    public static RuleMessage Message(Extents mask, int queries, int keys) => new(Rule, mask, queries, keys);
}
