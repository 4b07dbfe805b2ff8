using ModelDsl.Generator.Common;

namespace ModelDsl.Generator.Parsing;

/// <summary>
/// A model as its attributes state it: text and constants only, no symbols and no positions, so that two equal
/// declarations give the same code wherever they stand in a file.
/// </summary>
/// <param name="Namespace">The namespace, or empty for the global one.</param>
/// <param name="ContainingTypes">The headers of the types around the model, outermost first.</param>
/// <param name="Name">The class's name without type parameters.</param>
/// <param name="TypeParameters">The type parameter list with its brackets, or empty.</param>
/// <param name="IsDocumented">Whether the user wrote a documentation comment of their own.</param>
/// <param name="IsClsCompliant">Whether the assembly is marked as compliant with the Common Language Specification.</param>
/// <param name="Members">The names that the author uses for other members and type parameters; those of methods with the types of their parameters too.</param>
/// <param name="Layers">The layer attributes in data-flow order.</param>
internal sealed record ModelDeclaration(
    string Namespace,
    EquatableArray<string> ContainingTypes,
    string Name,
    string TypeParameters,
    bool IsDocumented,
    bool IsClsCompliant,
    EquatableArray<string> Members,
    EquatableArray<LayerDeclaration> Layers)
{
    /// <summary>The class's name as it is written in C#.</summary>
    public string Identifier => Identifiers.Escape(Name);

    /// <summary>The class's name as it is written in C#, with its type parameters.</summary>
    public string TypeName => Identifier + TypeParameters;

    /// <summary>What the file of the generated half is called, without its ending.</summary>
    public string HintName
    {
        get
        {
            IEnumerable<string> parts = [Namespace, .. ContainingTypes.Select(OuterName), TypeName];
            string name = string.Join(".", parts.Where(part => part.Length > 0));
            return name.Replace('<', '{').Replace('>', '}').Replace(" ", "").Replace("@", "");
        }
    }

    // "record struct Outer<T, U>" → "Outer<T, U>"
    private static string OuterName(string header)
    {
        int generic = header.IndexOf('<');
        int end = generic < 0 ? header.Length : generic;
        return header.Substring(header.LastIndexOf(' ', end - 1) + 1);
    }
}
