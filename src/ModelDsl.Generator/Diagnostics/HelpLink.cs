namespace ModelDsl.Generator.Diagnostics;

/// <summary>Where a rule's page stands.</summary>
internal static class HelpLink
{
    public static string For(string id) =>
        $"https://github.com/modeldsl/modeldsl/blob/main/docs/diagnostics/{id}.md";
}
