namespace ModelDsl.CodeFixes;

/// <summary>Ends a model with one of the losses, which the user chooses.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddLossFix)), Shared]
public sealed class AddLossFix() : SyntaxFix(Find, ModelNeedsLoss.Id)
{
    private static readonly string[] Losses =
        ["SoftmaxCrossEntropy", "MeanSquaredError", "BinaryCrossEntropy", "Hinge"];

    private static IEnumerable<Repair> Find(Diagnostic diagnostic) =>
        Losses.Select(loss => new Repair($"Add [{loss}]", (root, place) =>
            place.Target is TypeDeclarationSyntax { AttributeLists.Count: > 0 } type
                ? AttributeEdits.Append(root, type, AttributeEdits.Create(loss, AttributeEdits.Model(type)))
                : root));
}

/// <summary>Removes one of two losses, which the user chooses.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(KeepOneLossFix)), Shared]
public sealed class KeepOneLossFix() : SyntaxFix(Find, SecondLoss.Id)
{
    private static IEnumerable<Repair> Find(Diagnostic diagnostic) =>
    [
        new("Keep the first loss", (root, place) => Remove(root, place.Attribute)),
        new("Keep the second loss", (root, place) => Remove(root, AttributeEdits.Attribute(place.Origin))),
    ];

    private static SyntaxNode Remove(SyntaxNode root, AttributeSyntax? superfluous) =>
        superfluous is { Parent: AttributeListSyntax } ? AttributeEdits.Remove(root, superfluous) : root;
}

/// <summary>Moves the loss behind the layers that stand after it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MoveLossLastFix)), Shared]
public sealed class MoveLossLastFix() : SyntaxFix("Move the loss to the end", Edit, LayerAfterLoss.Id)
{
    private static SyntaxNode Edit(SyntaxNode root, Place place)
    {
        if (AttributeEdits.Attribute(place.Origin) is not { } loss
            || loss.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type)
        {
            return root;
        }

        AttributeSyntax last = type.AttributeLists.Last().Attributes.Last();
        if (last == loss || TriviaKeeper.HasDirectivesWithin(loss))
        {
            return root;
        }

        if (AttributeEdits.MoveLine(root, loss, type.AttributeLists.Last(), isBefore: false) is { } moved)
        {
            return moved;
        }

        SyntaxNode followed = root.TrackNodes(loss, type);
        SyntaxNode appended = AttributeEdits.Append(followed, followed.GetCurrentNode(type)!, loss);
        return AttributeEdits.Remove(appended, appended.GetCurrentNode(loss)!);
    }
}

/// <summary>Takes the loss that one output is for.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UseBinaryCrossEntropyFix)), Shared]
public sealed class UseBinaryCrossEntropyFix()
    : SyntaxFix("Use [BinaryCrossEntropy]", Edit, CrossEntropyNeedsClasses.Id)
{
    // What both losses take; of the rest one output has no use.
    private static readonly string[] Common = ["Weight", "Name"];

    private static SyntaxNode Edit(SyntaxNode root, Place place)
    {
        if (place.Attribute is not { } attribute)
        {
            return root;
        }

        NameSyntax name = AttributeEdits.Create("BinaryCrossEntropy", attribute).Name;
        SyntaxNode tracked = root.TrackNodes(attribute);
        SyntaxNode kept = AttributeEdits.RemoveArguments(
            tracked, tracked.GetCurrentNode(attribute)!, argument => !Common.Contains(argument));
        AttributeSyntax current = kept.GetCurrentNode(attribute)!;
        bool keepsOthers = current.ArgumentList?.Arguments.Any(argument =>
            !Common.Contains(AttributeEdits.NameOf(argument))) == true;
        return keepsOthers
            ? root
            : kept.ReplaceNode(current.Name, name.WithTriviaFrom(current.Name));
    }
}

/// <summary>Says of a divergence what the layer before it gives: probabilities, or their logarithms.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SayFromProbabilitiesFix)), Shared]
public sealed class SayFromProbabilitiesFix()
    : SyntaxFix("Take what the layer before gives", Edit, DivergenceOfTheOther.Id)
{
    private const string Option = "FromProbabilities";

    // The logarithms are what it takes by itself.
    private static SyntaxNode Edit(SyntaxNode root, Place place) =>
        place.Attribute is not { } divergence ? root
        : AttributeEdits.Argument(divergence, Option) is { } said ? AttributeEdits.Remove(root, said)
        : AttributeEdits.Append(root, divergence, $"{Option} = true");
}
