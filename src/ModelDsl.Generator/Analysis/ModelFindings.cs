using System.Runtime.CompilerServices;
using ModelDsl.Generator.Analysis.Advice;

namespace ModelDsl.Generator.Analysis;

/// <summary>
/// What is wrong with a model, and what is not advisable. It follows from the declaration and the settings, so it is
/// kept for as long as the checked model is: after an edit elsewhere it is not worked out again.
/// </summary>
internal static class ModelFindings
{
    private static readonly ConditionalWeakTable<CheckedModel, StrongBox<Known?>> Kept = new();

    /// <summary>The findings of each issue, the innermost first.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ImmutableArray<ImmutableArray<Finding>> Of(
        CheckedModel model, AdviceSettings settings, CancellationToken cancellation)
    {
        StrongBox<Known?> kept = Kept.GetOrCreateValue(model);
        if (kept.Value is { } known && known.Settings == settings)
        {
            return known.Findings;
        }

        // Where two analyses ask at once, each may work it out: they find the same.
        ImmutableArray<ImmutableArray<Finding>> findings = Find(model, settings, cancellation);
        kept.Value = new Known(settings, findings);
        return findings;
    }

    private static ImmutableArray<ImmutableArray<Finding>> Find(
        CheckedModel model, AdviceSettings settings, CancellationToken cancellation)
    {
        List<ShapeIssue> issues = [.. model.Issues];
        if (model.Differentiated is not null)
        {
            var advised = new AdvisedModel(model, settings, cancellation);
            foreach (IAdvice advice in AdviceCatalog.All)
            {
                cancellation.Look();
                issues.AddRange(advice.Check(advised));
            }
        }

        return [.. issues.Distinct().Select(issue => Finding.Of(issue).ToImmutableArray())];
    }

    private sealed record Known(AdviceSettings Settings, ImmutableArray<ImmutableArray<Finding>> Findings);
}
