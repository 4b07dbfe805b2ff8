namespace ModelDsl.Generator.Layers;

/// <summary>Extents that an attribute lists.</summary>
internal static class DeclaredDimensions
{
    /// <summary>The shape of extents; null after reporting that there are none, or that one is not positive.</summary>
    /// <param name="layer">What the attribute declares.</param>
    /// <param name="dimensions">The extents.</param>
    public static TensorShape? Of(LayerContext layer, IReadOnlyList<int> dimensions)
    {
        string kind = layer.Declaration.Kind;
        if (dimensions.Count == 0)
        {
            layer.Report(DimensionsMissing.Message(kind));
            return null;
        }

        for (int i = 0; i < dimensions.Count; i++)
        {
            if (dimensions[i] < 1)
            {
                layer.Report(
                    SizeMustBePositive.Message(kind, "dimension", dimensions[i]),
                    $"{nameof(InputAttribute.Dimensions)}[{i}]");
                return null;
            }
        }

        return new TensorShape([.. dimensions]);
    }
}
