namespace ModelDsl.Generator.Analysis;

/// <summary>One of the places where a broken rule can be told: in the block where the cause is, or where that is used.</summary>
/// <param name="Message">The rule, with what its message names.</param>
/// <param name="Place">The layer; null where it is the class itself.</param>
/// <param name="Argument">The argument; null where it is the whole attribute.</param>
/// <param name="Cause">The place within a block of the layer that is to blame, where the finding tells of it from outside.</param>
/// <param name="CauseArgument">The argument there.</param>
/// <param name="Origins">The layers that the shape came from, or that the advice is about besides its own.</param>
internal sealed record Finding(
    RuleMessage Message,
    LayerPlace? Place,
    string? Argument,
    LayerPlace? Cause,
    string? CauseArgument,
    EquatableArray<LayerPlace> Origins)
{
    /// <summary>The member of the user's that breaks the rule, where it is one.</summary>
    public string? Member { get; init; }

    public DiagnosticDescriptor Rule => Message.Rule;

    public bool IsError => Message.IsError;

    /// <summary>Whether all that the finding is about stands in one block, so that it may be told there.</summary>
    public bool CanStandInBlock { get; init; }

    /// <summary>
    /// The findings of an issue, the innermost first; the last one stands in the model. Of what does not fit, each block
    /// around it is one; of two layers that do not go together, each block that has both of them.
    /// </summary>
    public static IEnumerable<Finding> Of(ShapeIssue issue) => issue.Cause is null ? OfLayers(issue) : OfChain(issue);

    private static IEnumerable<Finding> OfChain(ShapeIssue issue)
    {
        var chain = new Stack<ShapeIssue>();
        for (ShapeIssue? inner = issue; inner is not null; inner = inner.Cause)
        {
            chain.Push(inner);
        }

        ShapeIssue cause = chain.Peek();
        return chain.Select(told => new Finding(
            told.Message,
            told.Place,
            told.Argument,
            told == cause ? null : cause.Place,
            told == cause ? null : cause.Argument,
            new[] { told == cause ? null : cause.Origin, told.Origin }.OfType<LayerPlace>().ToEquatableArray())
        {
            Member = told.Member,
            CanStandInBlock = told.Place!.IsInBlock && (told.IsOfText || told.Origin is not null),
        });
    }

    private static IEnumerable<Finding> OfLayers(ShapeIssue issue)
    {
        LayerPlace? place = issue.Place;
        EquatableArray<LayerPlace> origins = issue.Origin is { } origin ? [origin] : [];
        int deepest = place is null ? 0 : issue.Origin is { } other ? place.CommonDepth(other) : place.Way.Count;
        for (int depth = deepest; depth >= 0; depth--)
        {
            LayerPlace? told = place?.At(depth);
            bool isOutside = told != place;
            yield return new Finding(
                issue.Message,
                told,
                isOutside ? null : issue.Argument,
                isOutside ? place : null,
                isOutside ? issue.Argument : null,
                origins)
            {
                Member = issue.Member,
                CanStandInBlock = depth > 0,
            };
        }
    }
}
