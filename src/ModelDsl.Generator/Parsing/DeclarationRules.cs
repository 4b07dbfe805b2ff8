using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelDsl.Generator.Diagnostics;

namespace ModelDsl.Generator.Parsing;

/// <summary>What must hold of the class itself before its attributes mean anything.</summary>
internal static class DeclarationRules
{
    public static ImmutableArray<Diagnostic> Check(INamedTypeSymbol type, CancellationToken cancellation)
    {
        var diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
        ImmutableArray<TypeDeclarationSyntax> parts =
        [
            .. type.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellation)).OfType<TypeDeclarationSyntax>(),
        ];
        TypeDeclarationSyntax? main = parts.FirstOrDefault(part => Marks(part, type, cancellation)) ?? parts.FirstOrDefault();
        if (main is null)
        {
            return [];
        }

        if (Unsuitable(type) is { } reason)
        {
            diagnostics.Add(Diagnostic.Create(ModelMustBeClass.Rule, main.Identifier.GetLocation(), type.Name, reason));
            return diagnostics.ToImmutable();
        }

        if (!IsPartial(main))
        {
            diagnostics.Add(Diagnostic.Create(ModelMustBePartial.Rule, main.Identifier.GetLocation(), type.Name));
        }

        foreach (TypeDeclarationSyntax outer in main.Ancestors().OfType<TypeDeclarationSyntax>().Where(outer => !IsPartial(outer)))
        {
            diagnostics.Add(Diagnostic.Create(
                ContainingTypeMustBePartial.Rule, outer.Identifier.GetLocation(), outer.Identifier.ValueText, type.Name));
        }

        if (parts.FirstOrDefault(part => part.ParameterList is not null) is { ParameterList: { } parameters })
        {
            diagnostics.Add(Diagnostic.Create(ModelHasPrimaryConstructor.Rule, parameters.GetLocation(), type.Name));
        }

        CheckParts(type, diagnostics, cancellation);
        return diagnostics.ToImmutable();
    }

    private static void CheckParts(
        INamedTypeSymbol type, ImmutableArray<Diagnostic>.Builder diagnostics, CancellationToken cancellation)
    {
        TypeDeclarationSyntax? first = null;
        foreach (AttributeData attribute in ModelParser.LayerAttributes(type))
        {
            if (attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) is not { } syntax)
            {
                continue;
            }

            TypeDeclarationSyntax? part = syntax.FirstAncestorOrSelf<TypeDeclarationSyntax>();
            first ??= part;
            if (part != first && first is not null)
            {
                diagnostics.Add(Diagnostic.Create(
                    ModelInSeveralParts.Rule, syntax.GetLocation(), [first.Identifier.GetLocation()], type.Name));
            }
        }
    }

    private static string? Unsuitable(INamedTypeSymbol type) => type switch
    {
        { IsRecord: true } => "a record",
        { TypeKind: TypeKind.Struct } => "a struct",
        { IsStatic: true } => "static",
        { IsAbstract: true } => "abstract",
        _ => null,
    };

    private static bool IsPartial(TypeDeclarationSyntax part) => part.Modifiers.Any(SyntaxKind.PartialKeyword);

    private static bool Marks(TypeDeclarationSyntax part, INamedTypeSymbol type, CancellationToken cancellation) =>
        type.GetAttributes().Any(attribute =>
            attribute.AttributeClass?.ToDisplayString() == ModelParser.ModelAttribute
            && attribute.ApplicationSyntaxReference?.GetSyntax(cancellation).FirstAncestorOrSelf<TypeDeclarationSyntax>() == part);
}
