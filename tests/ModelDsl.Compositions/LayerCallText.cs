using System.Text.RegularExpressions;

namespace ModelDsl.Compositions;

/// <summary>Writes an attribute as the call of its method.</summary>
internal static partial class LayerCallText
{
    private static readonly ILookup<string, string> Parameters = typeof(Tensor).GetMethods()
        .SelectMany(method => method.GetParameters().Select(parameter => (method.Name, Parameter: parameter.Name!)))
        .ToLookup(pair => pair.Name, pair => pair.Parameter, StringComparer.Ordinal);

    /// <summary>The call: <c>Dense(3, useBias: false)</c> for <c>Dense(3, UseBias = false)</c>.</summary>
    /// <param name="attribute">The attribute as text.</param>
    /// <param name="withName">Whether a name of the layer's own stays.</param>
    public static string Of(string attribute, bool withName)
    {
        int open = attribute.IndexOf('(', StringComparison.Ordinal);
        string kind = open < 0 ? attribute : attribute[..open];
        string method = kind.Split('<')[0];
        IEnumerable<string> arguments = open < 0 ? [] : attribute[(open + 1)..^1].Split(", ");
        IEnumerable<string> written = arguments
            .Select(argument => Named()
                .Replace(argument, match => $"{char.ToLowerInvariant(match.Value[0])}{match.Groups[1].Value}: "))
            .Where(argument => !argument.Contains(": ", StringComparison.Ordinal)
                || (Parameters[method].Contains(argument.Split(':')[0])
                    && !(method == "Reshape")
                    && (withName || !argument.StartsWith("name:", StringComparison.Ordinal))));
        return $"{kind}({string.Join(", ", written)})";
    }

    [GeneratedRegex("^[A-Z]([A-Za-z0-9]*) = ")]
    private static partial Regex Named();
}
