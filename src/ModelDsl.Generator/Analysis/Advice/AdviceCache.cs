using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ModelDsl.Generator.Analysis.Advice;

/// <summary>
/// What was advised of each model last. A keystroke changes one model of a file, and the analyzer is asked about all of them.
/// Advice follows from the checked model, its budget and the settings that it reads.
/// </summary>
internal static class AdviceCache
{
    private static readonly ConditionalWeakTable<CheckedModel, Slot> Slots = new();

    /// <summary>The advice for a model that breaks no rule.</summary>
    /// <param name="model">The model.</param>
    /// <param name="budget">The most parameters that [Model] allows, where it says so.</param>
    /// <param name="options">The settings of .editorconfig for the model's file.</param>
    /// <param name="cancellation">Looked at for each layer.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ImmutableArray<ShapeIssue> Of(
        CheckedModel model, int? budget, AnalyzerConfigOptions options, CancellationToken cancellation)
    {
        Slot slot = Slots.GetOrCreateValue(model);
        if (slot.Last is { } last
            && last.Budget == budget
            && last.Settings.All(setting => AdvisedModel.Read(options, setting.Key) == setting.Value))
        {
            return last.Issues;
        }

        var advised = new AdvisedModel(model, budget, options, cancellation);
        var issues = ImmutableArray.CreateBuilder<ShapeIssue>();
        foreach (IAdvice advice in AdviceCatalog.All)
        {
            cancellation.Look();
            issues.AddRange(advice.Check(advised));
        }

        Advised found = new(budget, advised.SettingsRead, issues.ToImmutable());
        slot.Last = found;
        return found.Issues;
    }

    private sealed class Slot
    {
        public Advised? Last { get; set; }
    }

    private sealed record Advised(int? Budget, IReadOnlyDictionary<string, int?> Settings, ImmutableArray<ShapeIssue> Issues);
}
