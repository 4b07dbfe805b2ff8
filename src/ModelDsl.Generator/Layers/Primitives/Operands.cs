namespace ModelDsl.Generator.Layers.Primitives;

/// <summary>What the operands of a primitive must be, whatever it computes.</summary>
internal static class Operands
{
    /// <summary>Whether all are numbers and one is there for each sample; reports where not.</summary>
    public static bool Check(LayerContext layer)
    {
        if (layer.Inputs.Any(input => input.IsTokens))
        {
            TensorShape tokens = layer.Inputs.First(input => input.IsTokens);
            layer.Report(TokensNeedEmbedding.Message(layer.Declaration.Kind, tokens, layer.InputOrigin));
            return false;
        }

        if (layer.Inputs.All(input => input.IsFixed))
        {
            layer.Report(NeedsMoreThanParameters.Message(layer.Declaration.Kind));
            return false;
        }

        return true;
    }

    /// <summary>The number of a dimension from 0 up, of those that the attribute names; null after reporting.</summary>
    /// <param name="layer">The primitive.</param>
    /// <param name="dimension">The dimension, from the end where it is negative.</param>
    /// <param name="argument">The argument that names it.</param>
    public static int? DimensionOf(LayerContext layer, int dimension, string argument)
    {
        int rank = layer.Input.Rank;
        if (dimension < -rank || dimension >= rank)
        {
            layer.Report(DimensionMustExist.Message(dimension, layer.Input, layer.InputOrigin, rank), argument);
            return null;
        }

        return dimension < 0 ? dimension + rank : dimension;
    }

    /// <summary>Extents as a shape; one element where there are none.</summary>
    public static TensorShape ShapeOf(IEnumerable<int> extents)
    {
        int[] all = [.. extents];
        return all.Length == 0 ? new TensorShape(1) : new TensorShape(all);
    }

    /// <summary>The product of extents.</summary>
    public static int CountOf(IEnumerable<int> extents) => extents.Aggregate(1, (product, extent) => product * extent);
}
