namespace ModelDsl.Generator.Diagnostics;

/// <summary>The name becomes part of members.</summary>
internal static class InvalidLayerName
{
    public const string Id = "MDL0022";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Argument, DiagnosticSeverity.Error,
        "A layer's name must be an identifier",
        "'{0}' cannot name a layer, since it becomes part of a member's name; use letters, digits and underscores");

    public static RuleMessage Message(string name) => new(Rule, name);
}

/// <summary>Members and tensors are found by the name.</summary>
internal static class DuplicateLayerName
{
    public const string Id = "MDL0023";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Argument, DiagnosticSeverity.Error,
        "Layers need different names",
        "The name '{0}' is taken by [{1}]; choose another");

    public static RuleMessage Message(string name, string owner) => new(Rule, name, owner);
}

/// <summary>A layer that is tied names one that has a weight.</summary>
internal static class TiedLayerUnknown
{
    public const string Id = "MDL0077";

    /// <summary>The property that holds the names of the layers that fit.</summary>
    public const string Candidates = nameof(Candidates);

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Shape, DiagnosticSeverity.Error,
        "No layer has the weight that another is tied to",
        "{0} is tied to '{1}', but no earlier layer of that name has a weight; those with a weight of [{2}] are: {3}");

    public static RuleMessage Message(string layer, string owner, Extents shape, string candidates) =>
        new(Rule, layer, owner, shape, candidates) { ForFix = new(Candidates, candidates) };
}

/// <summary>A tied weight is one tensor.</summary>
internal static class TiedWeightMustFit
{
    public const string Id = "MDL0078";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Shape, DiagnosticSeverity.Error,
        "A tied weight must have the shape of its owner's",
        "{0} has a weight of [{1}], but '{2}', to which it is tied, has one of [{3}]");

    public static RuleMessage Message(string layer, Extents shape, string owner, Extents ownerShape) =>
        new(Rule, layer, shape, owner, ownerShape);
}

/// <summary>A tied weight begins as its owner says.</summary>
internal static class TiedWeightIsInitialized
{
    public const string Id = "MDL0079";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Argument, DiagnosticSeverity.Error,
        "A tied weight is described by its owner",
        "{0} is tied to '{1}', which says how their weight begins and is penalised: {2} has no effect here");

    public static RuleMessage Message(string layer, string owner, string argument) => new(Rule, layer, owner, argument);
}
