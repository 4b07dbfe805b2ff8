using ModelDsl.Generator.Layers;

namespace ModelDsl.Generator.Analysis.Advice;

/// <summary>Images, or sequences, whose channels stand first.</summary>
internal sealed class ChannelsFirstAdvice : IAdvice
{
    public IEnumerable<ShapeIssue> Check(AdvisedModel model)
    {
        foreach (IReadOnlyList<BoundLayer> chain in model.Chains)
        {
            BoundLayer? declared = null;
            foreach (BoundLayer layer in chain)
            {
                if (layer.Declaration.Attribute is InputAttribute or ReshapeAttribute)
                {
                    declared = layer;
                }
                else if (declared is not null && LooksAround(layer) && Likely.ChannelsLast(layer.Input) is { } right)
                {
                    yield return Issue(declared, layer, right);
                    declared = null;
                }
                else if (layer.Input != layer.Output)
                {
                    declared = null;
                }
            }
        }
    }

    // A window one pixel high is for images that are so low.
    private static bool LooksAround(BoundLayer layer) => layer.Declaration.Attribute switch
    {
        WindowAttribute window => window.KernelHeight >= window.KernelWidth,
        Conv1DAttribute convolution => convolution.KernelSize > 1,
        UpsampleAttribute or GlobalAveragePoolAttribute or BatchNormAttribute => layer.Input.IsImage,
        _ => false,
    };

    private static ShapeIssue Issue(BoundLayer declared, BoundLayer layer, TensorShape right)
    {
        TensorShape shape = layer.Input;
        string rest = right.IsSequence ? ", Sequence = true" : "";
        string seen = right.IsSequence
            ? FormattableString.Invariant($"{shape.Dimensions[0]} steps of {shape.Columns} features")
            : FormattableString.Invariant(
                $"an image of {shape.Dimensions[0]}x{shape.Dimensions[1]} pixels with {shape.Columns} channels");
        string order = right.IsSequence ? "sequences are steps x features" : "images are height x width x channels";
        return new ShapeIssue(
            ChannelsFirst.Message(
                declared.Declaration.Text,
                layer.Declaration.Text,
                seen,
                order,
                $"{declared.Declaration.Kind}({((Extents)right).Listed}{rest})",
                shape.Dimensions[0]),
            declared.Place,
            Origin: layer.Place);
    }
}
