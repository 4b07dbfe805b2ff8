namespace ModelDsl.Generator.Analysis.Advice;

/// <summary>Says at every layer what flows, where .editorconfig asks for it.</summary>
internal sealed class ShapesAdvice : IAdvice
{
    public IEnumerable<ShapeIssue> Check(AdvisedModel model)
    {
        if (!model.Settings.TellsShapes)
        {
            yield break;
        }

        foreach (BoundLayer layer in model.AllLayers.Where(Flows))
        {
            yield return new ShapeIssue(
                ShapesOfLayer.Message(
                    layer.Declaration.Text,
                    string.Join(", ", layer.Inputs),
                    string.Join(", ", layer.Outputs),
                    Parameters(model.Lowered.Layout.CountOf(layer))),
                layer.Place);
        }
    }

    private static string Parameters(int count) => count switch
    {
        0 => "",
        1 => ", 1 parameter",
        _ => $", {NumberText.Grouped(count)} parameters",
    };

    private static bool Flows(BoundLayer layer) =>
        layer.Definition.Role == LayerRole.Hidden && layer.Inputs.Any(shape => shape.Rank > 0);
}
