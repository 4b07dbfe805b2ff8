namespace ModelDsl.Generator.Layers;

/// <summary>Cross-entropy of the softmax over the classes.</summary>
internal sealed class SoftmaxCrossEntropyLayer : LossLayer
{
    public override string Kind => "SoftmaxCrossEntropy";

    public override string? AppliedActivation => "Softmax";

    // The softmax of the logarithm of a softmax is that softmax.
    public override string? RedundantActivation => "LogSoftmax";

    protected override bool Check(LayerContext layer)
    {
        if (!layer.Input.IsVector && !layer.Input.IsImage)
        {
            layer.Report(LossNeedsVector.Message(Kind, layer.Input, layer.InputOrigin, Remedies.ForScores(layer)));
            return false;
        }

        if (layer.Input.Columns < 2)
        {
            layer.Report(CrossEntropyNeedsClasses.Message(layer.InputOrigin));
            return false;
        }

        var arguments = layer.Arguments<SoftmaxCrossEntropyAttribute>();
        float smoothing = (float)arguments.LabelSmoothing;
        if (!(smoothing >= 0f && smoothing < 1f))
        {
            layer.Report(
                RateOutOfRange.Message(Kind, "label smoothing", RateOutOfRange.HalfOpen, smoothing),
                nameof(arguments.LabelSmoothing));
            return false;
        }

        return LossArguments.CheckFactors(
            layer, nameof(arguments.ClassWeights), arguments.ClassWeights, layer.Input.Columns, "class");
    }

    public override TargetKinds TargetsOf(BoundLayer layer) => TargetKinds.Labels | TargetKinds.Values;

    public override int? IgnoredLabelOf(BoundLayer layer) => IgnoredLabel(layer.Declaration);

    // One choice for each pixel of an image, as for each step of a sequence.
    public override (int Rows, int Columns) Items(TensorShape output) =>
        output.IsImage ? (output.Rows, output.Columns) : base.Items(output);

    protected override IEnumerable<(string Argument, float[] Numbers)> Lists(BoundLayer layer) =>
        [(
            nameof(SoftmaxCrossEntropyAttribute.ClassWeights),
            layer.Arguments<SoftmaxCrossEntropyAttribute>().ClassWeights)];

    protected override IEnumerable<Argument> Options(BoundLayer layer)
    {
        LayerDeclaration declaration = layer.Declaration;
        if ((float)layer.Arguments<SoftmaxCrossEntropyAttribute>().LabelSmoothing is > 0f and float smoothing)
        {
            yield return Argument.Named("labelSmoothing", smoothing);
        }

        if (IgnoredLabel(declaration) is { } label)
        {
            yield return Argument.Named("ignoredLabel", label);
        }
    }

    public override IEnumerable<Argument> Properties(BoundLayer layer)
    {
        if (IgnoredLabel(layer.Declaration) is { } label)
        {
            yield return Argument.Named("IgnoredLabel", label);
        }

        foreach ((string list, _) in ListsOf(layer))
        {
            yield return Argument.Named("ClassWeights", new ListArgument(layer, list));
        }
    }

    // What the attribute holds where no label is ignored.
    private static int NoLabel { get; } = new SoftmaxCrossEntropyAttribute().IgnoredLabel;

    private static int? IgnoredLabel(LayerDeclaration declaration) =>
        declaration.Read<SoftmaxCrossEntropyAttribute>().IgnoredLabel is var label && label != NoLabel ? label : null;
}
