using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ModelDsl.Generator.Parsing;

/// <summary>What must hold of a class so that generated code can create it.</summary>
internal static class CreationRules
{
    public static void Check(
        INamedTypeSymbol type,
        TypeDeclarationSyntax main,
        ImmutableArray<TypeDeclarationSyntax> parts,
        ImmutableArray<Diagnostic>.Builder diagnostics)
    {
        if (type.BaseType is { TypeKind: TypeKind.Class } @base && !@base.InstanceConstructors.Any(constructor => IsCallable(constructor, type)))
        {
            diagnostics.Add(BaseNeedsConstructor.Message(@base.Name, type.Name).At(BaseLocation(@base, main, parts)));
        }

        for (INamedTypeSymbol? declaring = type; declaring is not null; declaring = declaring.BaseType)
        {
            foreach (ISymbol member in declaring.GetMembers().Where(IsRequired))
            {
                Location location = SymbolEqualityComparer.Default.Equals(declaring, type)
                    ? member.Locations[0]
                    : BaseLocation(type.BaseType!, main, parts);
                diagnostics.Add(MemberIsRequired.Message(member.Name, declaring.Name).At(location));
            }
        }
    }

    private static bool IsRequired(ISymbol member) => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true };

    private static bool IsCallable(IMethodSymbol constructor, INamedTypeSymbol type) =>
        constructor.Parameters.All(parameter => parameter.IsOptional || parameter.IsParams)
        && constructor.DeclaredAccessibility switch
        {
            Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal => true,
            Accessibility.Internal or Accessibility.ProtectedAndInternal => constructor.ContainingAssembly is { } assembly
                && (SymbolEqualityComparer.Default.Equals(assembly, type.ContainingAssembly) || assembly.GivesAccessTo(type.ContainingAssembly)),
            _ => IsWithin(type, constructor.ContainingType),
        };

    private static bool IsWithin(INamedTypeSymbol type, INamedTypeSymbol around)
    {
        for (INamedTypeSymbol? outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            if (SymbolEqualityComparer.Default.Equals(outer.OriginalDefinition, around.OriginalDefinition))
            {
                return true;
            }
        }

        return false;
    }

    // The base class stands first in the list of the part that names it.
    private static Location BaseLocation(
        INamedTypeSymbol @base, TypeDeclarationSyntax main, ImmutableArray<TypeDeclarationSyntax> parts) =>
        parts
            .Select(part => part.BaseList?.Types.FirstOrDefault()?.Type)
            .FirstOrDefault(candidate => candidate?.DescendantNodesAndSelf().OfType<SimpleNameSyntax>()
                .Any(name => name.Identifier.ValueText == @base.Name) == true)
            ?.GetLocation()
        ?? main.Identifier.GetLocation();
}
