namespace ModelDsl.Generator.Layers;

/// <summary>The argument by which a layer says that it uses the weight of an earlier one.</summary>
internal static class TiedWeight
{
    /// <summary>Whether there is no such argument or the weight fits; reports what is wrong.</summary>
    public static bool Check(LayerContext layer, TensorShape shape)
    {
        if (layer.Arguments<DenseAttribute>().TiedTo is not { } name)
        {
            return true;
        }

        if (layer.Find(name) is not { } owner || owner.Definition.WeightShape(owner) is not { } weight)
        {
            string[] candidates =
            [
                .. layer.Before.Where(candidate => candidate.Definition.WeightShape(candidate) == shape)
                    .Select(candidate => candidate.Path.Name),
            ];
            layer.Report(
                TiedLayerUnknown.Message(
                    layer.Declaration.Kind,
                    name,
                    ((Extents)shape).Listed,
                    candidates.Length == 0 ? "none" : string.Join(", ", candidates)),
                nameof(DenseAttribute.TiedTo));
            return false;
        }

        if (weight != shape)
        {
            layer.Report(
                TiedWeightMustFit.Message(
                    layer.Declaration.Kind, ((Extents)shape).Listed, name, ((Extents)weight).Listed),
                nameof(DenseAttribute.TiedTo));
            return false;
        }

        string[] ofOwner =
        [
            nameof(DenseAttribute.WeightInitializer), nameof(DenseAttribute.WeightConstant),
            nameof(DenseAttribute.WeightL1), nameof(DenseAttribute.WeightL2),
        ];
        foreach (string argument in ofOwner)
        {
            if (layer.Declaration.Has(argument))
            {
                layer.Report(TiedWeightIsInitialized.Message(layer.Declaration.Kind, name, argument), argument);
                return false;
            }
        }

        layer.Tie(owner);
        return true;
    }
}
