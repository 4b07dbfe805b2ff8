namespace ModelDsl.Generator.Shapes;

/// <summary>Whether a model's layers can be stored as the model asks for.</summary>
internal static class PrecisionCheck
{
    /// <summary>The rules that a model breaks.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IEnumerable<ShapeIssue> Run(
        ModelDeclaration model, IEnumerable<BoundLayer> layers, CancellationToken cancellation)
    {
        if (model.Precision == Precision.Float32)
        {
            return [];
        }

        if (!Enum.IsDefined(typeof(Precision), model.Precision))
        {
            return
            [
                new ShapeIssue(
                    PrecisionUnknown.Message(model.Name, (int)model.Precision), null, ModelParser.Precision),
            ];
        }

        string precision = $"{model.Precision}";
        ShapeIssue[] clipping = model.ClipsSamples
            ? [new ShapeIssue(ClippingNeedsFullPrecision.Message(model.Name, precision), null, ModelParser.Precision)]
            : [];
        return
        [
            .. clipping,
            .. from layer in layers.SelectMany(Within).Looked(cancellation)
               let obstacle = layer.Definition.ObstacleTo(model.Precision)
               where obstacle is not null
               select new ShapeIssue(
                   LayerNeedsFullPrecision.Message(layer.Declaration.Text, precision, obstacle), layer.Place),
        ];
    }

    private static IEnumerable<BoundLayer> Within(BoundLayer layer) =>
        layer.Blocks.SelectMany(block => block.Layers).SelectMany(Within).Prepend(layer);
}
