namespace ModelDsl.CodeFixes;

/// <summary>Removes an argument whose default is what the model needs, or that has no effect where it stands.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveArgumentFix)), Shared]
public sealed class RemoveArgumentFix()
    : SyntaxFix("Remove the argument", Edit, SequenceWasReduced.Id, TooManyStepsToUnroll.Id, TiedWeightIsInitialized.Id)
{
    // What was reduced to its last step is the origin's doing; elsewhere it is the argument itself.
    private static SyntaxNode Edit(SyntaxNode root, Place place) =>
        (place.Target.FirstAncestorOrSelf<AttributeArgumentSyntax>()
            ?? AttributeEdits.Argument(AttributeEdits.Attribute(place.Origin), "ReturnSequences")) is { } argument
            ? AttributeEdits.Remove(root, argument)
            : root;
}

/// <summary>Removes one of two statements about the same padding, which the user chooses.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(KeepOnePaddingFix)), Shared]
public sealed class KeepOnePaddingFix() : SyntaxFix(Find, PaddingGivenTwice.Id)
{
    private static IEnumerable<Repair> Find(Diagnostic diagnostic) =>
    [
        new("Keep Padding.Same", (root, place) =>
            Remove(root, place.Target.FirstAncestorOrSelf<AttributeArgumentSyntax>())),
        new("Keep the number", (root, place) =>
            Remove(root, AttributeEdits.Argument(place.Attribute, "Padding"))),
    ];

    private static SyntaxNode Remove(SyntaxNode root, AttributeArgumentSyntax? superfluous) =>
        superfluous is null ? root : AttributeEdits.Remove(root, superfluous);
}

/// <summary>Takes a bias without effect from its layer.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LeaveOutBiasFix)), Shared]
public sealed class LeaveOutBiasFix() : SyntaxFix("Leave out the bias", Edit, BiasBeforeBatchNorm.Id)
{
    private static readonly string[] Superfluous = ["UseBias", "BiasInitializer", "BiasConstant"];

    private static SyntaxNode Edit(SyntaxNode root, Place place)
    {
        if (place.Target is not AttributeSyntax attribute)
        {
            return root;
        }

        SyntaxNode tracked = root.TrackNodes(attribute);
        SyntaxNode kept = AttributeEdits.RemoveArguments(
            tracked, tracked.GetCurrentNode(attribute)!, Superfluous.Contains);
        AttributeSyntax current = kept.GetCurrentNode(attribute)!;
        bool isKept = Superfluous.Any(name => AttributeEdits.Argument(current, name) is not null);
        return isKept ? root : AttributeEdits.Append(kept, current, "UseBias = false");
    }
}

/// <summary>Writes the arguments of an attribute in the order that ModelDsl takes them in.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReorderArgumentsFix)), Shared]
public sealed class ReorderArgumentsFix()
    : SyntaxFix(Find, ChannelsFirst.Id, InputsBeforeOutputs.Id, EmbeddingSwapped.Id)
{
    private static IEnumerable<Repair> Find(Diagnostic diagnostic) =>
        diagnostic.Properties.TryGetValue(CorrectedArguments.Property, out string? corrected)
        && corrected is not null
            ? [new Repair("Reorder the arguments", (root, place) => Reorder(root, place, corrected))]
            : [];

    private static SyntaxNode Reorder(SyntaxNode root, Place place, string corrected)
    {
        // In a block, what is reported may be the layer that uses it.
        int open = corrected.IndexOf('(');
        if (place.Attribute is not { ArgumentList: { } written } attribute
            || !AttributeEdits.IsNamed(attribute, corrected.Substring(0, open))
            || TriviaKeeper.IsSignificant(written.DescendantTrivia().Except(written.GetTrailingTrivia()))
            || written.Arguments.Any(argument => argument.NameColon is not null))
        {
            return root;
        }

        return root.ReplaceNode(
            written,
            AttributeEdits.WithArguments(
                written,
                [
                    .. SyntaxFactory.ParseAttributeArgumentList(corrected.Substring(open))!.Arguments
                        .Where(argument => argument.NameEquals is null),
                    .. written.Arguments.Where(argument => argument.NameEquals is not null),
                ]));
    }
}

/// <summary>Writes Keras' momentum, the share of the past, as the share of the batch.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ConvertMomentumFix)), Shared]
public sealed class ConvertMomentumFix() : SyntaxFix("Write it as the share of the batch", Edit, MomentumOfKeras.Id)
{
    private static SyntaxNode Edit(SyntaxNode root, Place place)
    {
        if (place.Target is not LiteralExpressionSyntax literal
            || !place.Properties.TryGetValue(MomentumOfKeras.Share, out string? share)
            || share is null)
        {
            return root;
        }

        string suffix = literal.Token.Text.EndsWith("f", StringComparison.OrdinalIgnoreCase) ? "f" : "";
        return root.ReplaceNode(literal, SyntaxFactory.ParseExpression(share + suffix).WithTriviaFrom(literal));
    }
}

/// <summary>Takes the variance that fits an activation that saturates.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UseGlorotFix)), Shared]
public sealed class UseGlorotFix() : SyntaxFix("Use the initialiser of Glorot", Edit, HeBeforeSaturation.Id)
{
    private static SyntaxNode Edit(SyntaxNode root, Place place)
    {
        if (place.Target is not ExpressionSyntax expression
            || expression.GetLastToken() is not { RawKind: (int)SyntaxKind.IdentifierToken } name
            || !name.Text.StartsWith("He", StringComparison.Ordinal))
        {
            return root;
        }

        SyntaxToken glorot = SyntaxFactory.Identifier("Glorot" + name.Text.Substring(2)).WithTriviaFrom(name);
        return root.ReplaceNode(expression, expression.ReplaceToken(name, glorot));
    }
}

/// <summary>Raises a budget of memory to the smallest that can be kept.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RaiseMemoryBudgetFix)), Shared]
public sealed class RaiseMemoryBudgetFix() : SyntaxFix(Find, MemoryBudgetTooSmall.Id)
{
    private static IEnumerable<Repair> Find(Diagnostic diagnostic) =>
        diagnostic.Properties.TryGetValue(MemoryBudgetTooSmall.Smallest, out string? smallest) && smallest is not null
            ? [new Repair($"Raise the budget to {smallest}", (root, place) => Edit(root, place, smallest))
                { Key = nameof(RaiseMemoryBudgetFix) }]
            : [];

    // A constant elsewhere may be the budget of other models too.
    private static SyntaxNode Edit(SyntaxNode root, Place place, string smallest) =>
        place.Target is LiteralExpressionSyntax literal
            ? root.ReplaceNode(literal, SyntaxFactory.ParseExpression($"\"{smallest}\"").WithTriviaFrom(literal))
            : root;
}
