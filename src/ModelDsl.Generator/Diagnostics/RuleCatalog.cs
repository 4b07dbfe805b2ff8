using System.Reflection;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>
/// All rules: each is a static field of a class of its own, beside the method that makes its message; the classes stand
/// together by what they are about.
/// </summary>
internal static class RuleCatalog
{
    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
    [
        .. typeof(RuleCatalog).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(RuleCatalog).Namespace)
            .Select(type => type.GetField("Rule", BindingFlags.Public | BindingFlags.Static)?.GetValue(null))
            .OfType<DiagnosticDescriptor>()
            .OrderBy(rule => rule.Id, StringComparer.Ordinal),
    ];
}
