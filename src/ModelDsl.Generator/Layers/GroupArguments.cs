namespace ModelDsl.Generator.Layers;

/// <summary>The argument by which a layer says into how many groups it divides its channels.</summary>
internal static class GroupArguments
{
    /// <summary>Whether the groups divide the input's channels and the filters; reports that they do not.</summary>
    public static bool Check(LayerContext layer, int channels, string what, int? filters = null)
    {
        int groups = layer.Arguments<IGroupArguments>().Groups;
        bool isInput = channels % groups != 0;
        if (!isInput && (filters ?? groups) % groups == 0)
        {
            return true;
        }

        layer.Report(
            GroupsMustDivide.Message(
                layer.Declaration.Kind,
                isInput ? channels : filters!.Value,
                isInput ? $"{what} from {layer.InputOrigin}" : "filters",
                groups),
            nameof(IGroupArguments.Groups));
        return false;
    }
}
