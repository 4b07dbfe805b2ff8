namespace ModelDsl.Generator.Analysis.Advice;

/// <summary>More parameters than the model, or .editorconfig, allows.</summary>
internal sealed class BudgetAdvice : IAdvice
{
    public IEnumerable<ShapeIssue> Check(AdvisedModel model)
    {
        if ((model.Settings.Budget ?? model.Settings.UsualBudget) is not { } budget)
        {
            yield break;
        }

        // Frozen ones count too: a budget is about memory.
        IReadOnlyList<Parameter> parameters = model.Lowered.Layout.Parameters;
        long total = parameters.Sum(parameter => parameter.Value.Shape.LongCount);
        if (total > budget)
        {
            var largest = parameters
                .GroupBy(parameter => parameter.Layer)
                .Select(group => (group.Key.Declaration.Text, Count: group.Sum(parameter => parameter.Value.Shape.LongCount)))
                .OrderByDescending(layer => layer.Count)
                .First();
            yield return new ShapeIssue(
                OverBudget.Message(
                    model.Name,
                    NumberText.Grouped(total),
                    NumberText.Grouped(total - budget),
                    NumberText.Grouped(budget),
                    NumberText.Grouped(largest.Count),
                    largest.Text),
                null,
                model.Settings.Budget is null ? null : ModelParser.Budget);
        }
    }
}
