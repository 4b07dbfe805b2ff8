using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ModelDsl.Generator.Projects;

/// <summary>
/// The types of a file that may be marked with [Model], by their text alone; and the aliases that the file has.
/// </summary>
internal sealed class MarkedTypes
{
    private const string Mark = "Model";
    private const string Suffix = "Attribute";

    private static readonly ConditionalWeakTable<SyntaxTree, MarkedTypes> Known = new();

    private readonly ImmutableArray<(TypeDeclarationSyntax Type, ImmutableArray<string> Attributes)> _types;
    private readonly HashSet<string> _aliases = new(StringComparer.Ordinal);

    private MarkedTypes(SyntaxTree file)
    {
        var types = ImmutableArray.CreateBuilder<(TypeDeclarationSyntax, ImmutableArray<string>)>();
        List<string> global = [];
        foreach (SyntaxNode node in file.GetRoot().DescendantNodes(MayHaveTypes))
        {
            if (node is TypeDeclarationSyntax { AttributeLists.Count: > 0 } type)
            {
                types.Add((type, [.. type.AttributeLists.SelectMany(list => list.Attributes).Select(NameOf)]));
            }
            else if (node is UsingDirectiveSyntax { Alias.Name.Identifier.ValueText: var alias } directive)
            {
                _aliases.Add(alias);
                if (directive.GlobalKeyword.RawKind != 0)
                {
                    global.Add(alias);
                }
            }
        }

        _types = types.ToImmutable();
        GlobalAliases = [.. global];
    }

    /// <summary>The aliases that hold in every file of the project.</summary>
    public ImmutableArray<string> GlobalAliases { get; }

    /// <summary>What a file has. The same file is read once.</summary>
    public static MarkedTypes Of(SyntaxTree file) => Known.GetValue(file, static tree => new MarkedTypes(tree));

    /// <summary>The types that may be marked, in the order of the text.</summary>
    /// <param name="globalAliases">The aliases of all files of the project.</param>
    public IEnumerable<TypeDeclarationSyntax> Find(ICollection<string> globalAliases)
    {
        foreach ((TypeDeclarationSyntax type, ImmutableArray<string> attributes) in _types)
        {
            if (attributes.Any(MayBeMark))
            {
                yield return type;
            }
        }

        // An alias may stand for the mark under any name.
        bool MayBeMark(string name) => name is Mark or Mark + Suffix || IsAlias(name) || IsAlias(name + Suffix);

        bool IsAlias(string name) => _aliases.Contains(name) || globalAliases.Contains(name);
    }

    private static bool MayHaveTypes(SyntaxNode node) =>
        node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax;

    private static string NameOf(AttributeSyntax attribute) => attribute.Name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax qualified => qualified.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    };
}
