using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ModelDsl.Generator.Parsing;

/// <summary>What must hold of the class itself before its attributes mean anything.</summary>
internal static class DeclarationRules
{
    public static ImmutableArray<Diagnostic> Check(INamedTypeSymbol type, CancellationToken cancellation)
    {
        var diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
        ImmutableArray<TypeDeclarationSyntax> parts = Parts(type, cancellation);
        TypeDeclarationSyntax? main = MainPart(type, cancellation);
        if (main is null)
        {
            return [];
        }

        if (Unsuitable(type) is { } reason)
        {
            diagnostics.Add(ModelMustBeClass.Message(type.Name, reason).At(main.Identifier.GetLocation()));
            return diagnostics.ToImmutable();
        }

        if (IsLocalToFile(type))
        {
            diagnostics.Add(ModelIsFileLocal.Message(type.Name).At(main.Identifier.GetLocation()));
        }

        if (!IsPartial(main))
        {
            diagnostics.Add(ModelMustBePartial.Message(type.Name).At(main.Identifier.GetLocation()));
        }

        foreach (TypeDeclarationSyntax outer in main.Ancestors().OfType<TypeDeclarationSyntax>().Where(outer => !IsPartial(outer)))
        {
            diagnostics.Add(
                ContainingTypeMustBePartial.Message(outer.Identifier.ValueText, type.Name)
                    .At(outer.Identifier.GetLocation()));
        }

        if (parts.FirstOrDefault(part => part.ParameterList is not null) is { ParameterList: { } parameters })
        {
            diagnostics.Add(ModelHasPrimaryConstructor.Message(type.Name).At(parameters.GetLocation()));
        }

        CheckParts(type, diagnostics, cancellation);
        CreationRules.Check(type, main, parts, diagnostics);
        CheckMembers(type, main, diagnostics, cancellation);
        return diagnostics.ToImmutable();
    }

    /// <summary>The part of the class that the user marked with [Model].</summary>
    public static TypeDeclarationSyntax? MainPart(INamedTypeSymbol type, CancellationToken cancellation)
    {
        ImmutableArray<TypeDeclarationSyntax> parts = Parts(type, cancellation);
        return parts.FirstOrDefault(part => Marks(part, type, cancellation)) ?? parts.FirstOrDefault();
    }

    private static ImmutableArray<TypeDeclarationSyntax> Parts(INamedTypeSymbol type, CancellationToken cancellation) =>
    [
        .. type.DeclaringSyntaxReferences
            .Where(reference => !GeneratedMembers.Contains(reference.SyntaxTree))
            .Select(reference => reference.GetSyntax(cancellation))
            .OfType<TypeDeclarationSyntax>(),
    ];

    private static void CheckParts(
        INamedTypeSymbol type, ImmutableArray<Diagnostic>.Builder diagnostics, CancellationToken cancellation)
    {
        TypeDeclarationSyntax? first = null;
        foreach (AttributeData attribute in ModelParser.LayerAttributes(type).Looked(cancellation))
        {
            if (attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) is not { } syntax)
            {
                continue;
            }

            TypeDeclarationSyntax? part = syntax.FirstAncestorOrSelf<TypeDeclarationSyntax>();
            first ??= part;
            if (part != first && first is not null)
            {
                diagnostics.Add(
                    ModelInSeveralParts.Message(type.Name).At(syntax.GetLocation(), [first.Identifier.GetLocation()]));
            }
        }
    }

    private static void CheckMembers(
        INamedTypeSymbol type,
        TypeDeclarationSyntax main,
        ImmutableArray<Diagnostic>.Builder diagnostics,
        CancellationToken cancellation)
    {
        // The generated constructor must exist before others can call it.
        bool isStuck = diagnostics.Any(diagnostic => diagnostic.Id == BaseNeedsConstructor.Id);
        if (GeneratedMembers.IsTaken(type.Name))
        {
            diagnostics.Add(MemberIsGenerated.Message(type.Name, type.Name).At(main.Identifier.GetLocation()));
        }

        foreach (ITypeParameterSymbol parameter in type.TypeParameters.Where(parameter => GeneratedMembers.IsTaken(parameter.Name)))
        {
            diagnostics.Add(MemberIsGenerated.Message(parameter.Name, type.Name).At(parameter.Locations[0]));
        }

        foreach (ISymbol member in GeneratedMembers.Others(type).Looked(cancellation))
        {
            Location location = member.Locations[0];
            if (GeneratedMembers.Collides(member))
            {
                string name = member is IMethodSymbol { MethodKind: MethodKind.Constructor } ? $"{type.Name}(ulong)" : member.Name;
                diagnostics.Add(MemberIsGenerated.Message(name, type.Name).At(location));
            }
            else if (!isStuck
                && member is IMethodSymbol { MethodKind: MethodKind.Constructor }
                && member.DeclaringSyntaxReferences[0].GetSyntax(cancellation) is ConstructorDeclarationSyntax
                {
                    Initializer: not { RawKind: (int)SyntaxKind.ThisConstructorInitializer },
                })
            {
                diagnostics.Add(ConstructorMustChain.Message(type.Name).At(location));
            }
        }
    }

    private static bool IsLocalToFile(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? around = type; around is not null; around = around.ContainingType)
        {
            if (around.IsFileLocal)
            {
                return true;
            }
        }

        return false;
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
            ModelParser.IsModelAttribute(attribute.AttributeClass)
            && attribute.ApplicationSyntaxReference?.GetSyntax(cancellation).FirstAncestorOrSelf<TypeDeclarationSyntax>() == part);
}
