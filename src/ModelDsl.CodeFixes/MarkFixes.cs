namespace ModelDsl.CodeFixes;

/// <summary>Marks a class that has layers as a model or as a block, as the user chooses.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddMarkFix)), Shared]
public sealed class AddMarkFix() : SyntaxFix(Find, LayerWithoutModel.Id)
{
    private static readonly string[] Marks = ["Model", "Block"];

    private static IEnumerable<Repair> Find(Diagnostic diagnostic) =>
        Marks.Select(mark => new Repair($"Mark the class with [{mark}]", (root, place) =>
            place.Attribute is { } layer
            && layer.FirstAncestorOrSelf<TypeDeclarationSyntax>() is ClassDeclarationSyntax type
            && !IsMarked(type, mark)
                ? AttributeEdits.Prepend(root, type, AttributeEdits.Create(mark, layer))
                : root));

    // Another diagnostic of the same class may have marked it already.
    private static bool IsMarked(ClassDeclarationSyntax type, string mark) =>
        type.AttributeLists[0].Attributes[0].Name.ToString().Split('.').Last() == mark;
}

/// <summary>Marks a class of layers that is used as a block, in whatever file or project it stands.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MarkBlockFix)), Shared]
public sealed class MarkBlockFix() : SyntaxFix(Find, TypeIsNotBlock.Id)
{
    private static IEnumerable<Repair> Find(Diagnostic diagnostic) =>
        diagnostic.AdditionalLocations is [{ IsInSource: true } declared, ..]
            ? [new Repair("Mark the class with [Block]", Mark) { Elsewhere = declared }]
            : [];

    // A class without layers, or a model, is not meant as a block.
    private static SyntaxNode Mark(SyntaxNode root, Place place) =>
        place.Target is ClassDeclarationSyntax { AttributeLists.Count: > 0 } type
        && !type.AttributeLists.SelectMany(list => list.Attributes).Any(IsMark)
            ? AttributeEdits.Prepend(root, type, AttributeEdits.Create("Block", AttributeEdits.Model(type)))
            : root;

    private static bool IsMark(AttributeSyntax attribute) =>
        AttributeEdits.IsNamed(attribute, "Model") || AttributeEdits.IsNamed(attribute, "Block");
}
