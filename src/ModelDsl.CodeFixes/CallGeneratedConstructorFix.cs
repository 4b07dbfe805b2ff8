using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelDsl.Generator.Diagnostics;

namespace ModelDsl.CodeFixes;

/// <summary>Lets a constructor of the user's call the generated one, which takes the model's memory.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CallGeneratedConstructorFix)), Shared]
public sealed class CallGeneratedConstructorFix : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds => [ConstructorMustChain.Id];

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => SyntaxRepair.FixAll(Repair);

    /// <inheritdoc />
    public override Task RegisterCodeFixesAsync(CodeFixContext context) =>
        SyntaxRepair.OfferAsync(context, "Call the generated constructor", Repair);

    private static SyntaxNode Repair(
        SyntaxNode root, SyntaxNode target, SyntaxNode? origin, ImmutableDictionary<string, string?> properties)
    {
        if (target is not ConstructorDeclarationSyntax { Initializer: null or { ArgumentList.Arguments.Count: 0 } } constructor)
        {
            return root;
        }

        ConstructorInitializerSyntax initializer = SyntaxFactory.ConstructorInitializer(SyntaxKind.ThisConstructorInitializer)
            .WithColonToken(SyntaxFactory.Token(SyntaxKind.ColonToken).WithTrailingTrivia(SyntaxFactory.Space));
        if (constructor.Initializer is { } present)
        {
            SyntaxToken @this = SyntaxFactory.Token(SyntaxKind.ThisKeyword).WithTriviaFrom(present.ThisOrBaseKeyword);
            return root.ReplaceNode(
                present,
                SyntaxFactory.ConstructorInitializer(
                    SyntaxKind.ThisConstructorInitializer, present.ColonToken, @this, present.ArgumentList));
        }

        ParameterListSyntax parameters = constructor.ParameterList;
        return root.ReplaceNode(
            constructor,
            constructor
                .WithParameterList(parameters.WithTrailingTrivia(SyntaxFactory.Space))
                .WithInitializer(initializer.WithTrailingTrivia(parameters.GetTrailingTrivia())));
    }
}
