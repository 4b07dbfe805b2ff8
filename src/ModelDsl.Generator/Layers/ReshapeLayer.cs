namespace ModelDsl.Generator.Layers;

/// <summary>The same elements under other dimensions, one of which may be inferred.</summary>
internal sealed class ReshapeLayer : LayerDefinition
{
    private const int Inferred = -1;

    public override string AttributeType => typeof(ReshapeAttribute).FullName;

    public override bool TakesParametersAlone => true;

    public override LayerTraits Traits => LayerTraits.View;

    public override TensorShape? InferShape(LayerContext layer)
    {
        int[] dimensions = [.. layer.Arguments<ReshapeAttribute>().Dimensions];
        if (dimensions.Length == 0)
        {
            layer.Report(DimensionsMissing.Message("Reshape"));
            return null;
        }

        long known = 1;
        for (int i = 0; i < dimensions.Length; i++)
        {
            int dimension = dimensions[i];
            if (dimension < 1 && dimension != Inferred)
            {
                layer.Report(
                    SizeMustBePositive.Message("Reshape", "dimension", dimension),
                    $"{nameof(ReshapeAttribute.Dimensions)}[{i}]");
                return null;
            }

            known = dimension == Inferred ? known : Math.Min(known * dimension, 1L << 40);
        }

        int unknown = dimensions.Count(dimension => dimension == Inferred);
        if (unknown > 1)
        {
            layer.Report(ReshapeInfersOneDimension.Message(unknown));
            return null;
        }

        bool fits = unknown == 1 ? layer.Input.Count % known == 0 : layer.Input.Count == known;
        if (!fits)
        {
            var requested = new Extents([.. dimensions.Select(size => size == Inferred ? Extents.Unknown : size)]);
            layer.Report(
                ReshapeKeepsElements.Message(
                    requested,
                    unknown == 1 ? MessageArgument.Phrase($"a multiple of {known}") : known,
                    layer.Input,
                    layer.Input.Count,
                    layer.InputOrigin));
            return null;
        }

        int inferred = (int)(layer.Input.Count / known);
        return new TensorShape(dimensions.Select(size => size == Inferred ? inferred : size).ToArray());
    }

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input) =>
        program.View(layer, input);
}
