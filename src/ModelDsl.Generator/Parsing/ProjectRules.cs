using Microsoft.CodeAnalysis.CSharp;

namespace ModelDsl.Generator.Parsing;

/// <summary>What must hold of the project so that it can have models at all.</summary>
internal static class ProjectRules
{
    // Lists of arguments as spans came with it.
    private const LanguageVersion Oldest = (LanguageVersion)1300;

    /// <summary>What is wrong, at the model; nothing else matters then.</summary>
    public static ImmutableArray<Diagnostic> Check(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation)
    {
        if (DeclarationRules.MainPart(type, cancellation) is not { } main)
        {
            return [];
        }

        Location place = main.Identifier.GetLocation();
        if (main.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: < Oldest } options)
        {
            return [LanguageTooOld.Message(type.Name, options.LanguageVersion.ToDisplayString()).At(place)];
        }

        return AliasOnly(compilation) is { } found
            ? [RuntimeNeedsGlobalName.Message(type.Name, found.Alias).At(place)]
            : [];
    }

    /// <summary>
    /// The first alias of the runtime, and its [Model], where it has aliases only: then the compilation knows no type of it by
    /// its name. Null elsewhere.
    /// </summary>
    public static (string Alias, INamedTypeSymbol Mark)? AliasOnly(Compilation compilation)
    {
        foreach (MetadataReference reference in compilation.References)
        {
            ImmutableArray<string> aliases = reference.Properties.Aliases;
            if (!aliases.IsEmpty
                && !aliases.Contains(MetadataReferenceProperties.GlobalAlias)
                && compilation.GetAssemblyOrModuleSymbol(reference) is IAssemblySymbol assembly
                && assembly.GetTypeByMetadataName(ModelParser.ModelAttribute) is { } mark)
            {
                return (aliases[0], mark);
            }
        }

        return null;
    }
}
