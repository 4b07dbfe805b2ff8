using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ModelDsl.Generator.Projects;

/// <summary>A type that may be marked with [Model], as it was read.</summary>
/// <param name="Name">Its name, without what is around it.</param>
/// <param name="Model">What it declares; null where it is no model, or none that can be compiled.</param>
/// <param name="Sources">The names of the types from which that follows, beside the outlines of all files.</param>
internal sealed record MarkedType(string Name, ModelDeclaration? Model, ImmutableArray<string> Sources)
{
    /// <summary>Reads one part of a type.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static MarkedType Read(Compilation compilation, TypeDeclarationSyntax part, CancellationToken cancellation)
    {
        SemanticModel meaning = compilation.GetSemanticModel(part.SyntaxTree);
        var type = meaning.GetDeclaredSymbol(part, cancellation) as INamedTypeSymbol;
        return type is null
            ? new MarkedType(part.Identifier.ValueText, null, [part.Identifier.ValueText])
            : Read(compilation, type, part, cancellation);
    }

    private static MarkedType Read(
        Compilation compilation, INamedTypeSymbol type, TypeDeclarationSyntax part, CancellationToken cancellation)
    {
        ParsedModel? model = Parse(compilation, type, part, cancellation);
        return new MarkedType(
            part.Identifier.ValueText,
            model?.Declaration,
            DeclaringTypes.Of([type, .. model?.Types ?? []], cancellation));
    }

    // A second [Model] on another part is the C# compiler's error; the type is still compiled once.
    private static ParsedModel? Parse(
        Compilation compilation, INamedTypeSymbol type, TypeDeclarationSyntax part, CancellationToken cancellation) =>
        type.GetAttributes().FirstOrDefault(
            attribute => ModelParser.IsModelAttribute(attribute.AttributeClass)) is { } mark
        && mark.ApplicationSyntaxReference?.GetSyntax(cancellation).Parent?.Parent == part
        && IsNamed(type)
        && ProjectRules.Check(type, compilation, cancellation).IsEmpty
        && DeclarationRules.Check(type, cancellation).IsEmpty
            ? ModelParser.Parse(type, cancellation)
            : null;

    // Half-typed names are the C# compiler's to report: there is no other half of what has none.
    private static bool IsNamed(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? around = type; around is not null; around = around.ContainingType)
        {
            if (around.Name.Length == 0 || around.TypeParameters.Any(parameter => parameter.Name.Length == 0))
            {
                return false;
            }
        }

        for (INamespaceSymbol around = type.ContainingNamespace;
            !around.IsGlobalNamespace;
            around = around.ContainingNamespace)
        {
            if (around.Name.Length == 0)
            {
                return false;
            }
        }

        return true;
    }
}
