namespace ModelDsl.Generator.Diagnostics;

/// <summary>What a rule is about.</summary>
internal static class Category
{
    public const string Declaration = "ModelDsl.Declaration";
    public const string Structure = "ModelDsl.Structure";
    public const string Shape = "ModelDsl.Shape";
    public const string Argument = "ModelDsl.Argument";
    public const string CallSite = "ModelDsl.CallSite";
    public const string Weights = "ModelDsl.Weights";
    public const string Advice = "ModelDsl.Advice";
}

/// <summary>Makes the descriptor of a rule, which has a page of its own.</summary>
internal static class Descriptor
{
    public static DiagnosticDescriptor Create(
        string id,
        string category,
        DiagnosticSeverity defaultSeverity,
        string title,
        string messageFormat,
        bool isEnabledByDefault = true) =>
        new(id, title, messageFormat, category, defaultSeverity, isEnabledByDefault, helpLinkUri: PageOf(id));

    private static string PageOf(string id) =>
        $"https://github.com/modeldsl/modeldsl/blob/main/docs/diagnostics/{id}.md";
}
