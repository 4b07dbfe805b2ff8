using Microsoft.CodeAnalysis.CSharp;

namespace ModelDsl.Generator.Common;

/// <summary>Names of the user's types as they can be written in C#.</summary>
internal static class Identifiers
{
    /// <summary>The name, with an @ before it where it would be read as a keyword or bring a warning.</summary>
    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || IsLowerCase(name) ? "@" + name : name;

    // The compiler warns of type names of lower-case letters alone, among which are all contextual keywords.
    private static bool IsLowerCase(string name)
    {
        foreach (char letter in name)
        {
            if (letter is < 'a' or > 'z')
            {
                return false;
            }
        }

        return true;
    }
}
