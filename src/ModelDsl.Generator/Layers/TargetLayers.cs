namespace ModelDsl.Generator.Layers;

/// <summary>A parameter of a loss's forward method that is what the outputs are compared with.</summary>
internal abstract class TargetLayer : LayerDefinition
{
    /// <summary>What a batch must have.</summary>
    public abstract TargetKinds Kinds { get; }

    public sealed override TensorShape? InferShape(LayerContext layer)
    {
        if (layer.IsInLoss)
        {
            return InferTargets(layer);
        }

        layer.Report(TargetOutsideLoss.Message(layer.Declaration.Text));
        return null;
    }

    public sealed override Value Lower(BoundLayer layer, ProgramBuilder program, Value input) =>
        program.Add(new TargetOperation(
            layer, program.ComparedHead, Kinds == TargetKinds.Labels, program.ExactActivation(layer)));

    /// <summary>The shape of what belongs to a sample.</summary>
    protected abstract TensorShape? InferTargets(LayerContext layer);
}

/// <summary>Class labels, as tokens.</summary>
internal sealed class LabelsLayer : TargetLayer
{
    public override string AttributeType => typeof(LabelsAttribute).FullName;

    public override TargetKinds Kinds => TargetKinds.Labels;

    /// <summary>One label for outputs, for each of their steps, or for each of their pixels.</summary>
    public static TensorShape ShapeFor(TensorShape outputs) => new TensorShape(
        outputs.Rank is 2 or 3 ? [.. outputs.Dimensions.Take(outputs.Rank - 1)] : [1]) with
    {
        IsTokens = true,
    };

    protected override TensorShape? InferTargets(LayerContext layer) => ShapeFor(layer.Input);
}

/// <summary>Values of a shape of their own.</summary>
internal sealed class ValuesLayer : TargetLayer
{
    public override string AttributeType => typeof(TargetAttribute).FullName;

    public override TargetKinds Kinds => TargetKinds.Values;

    protected override TensorShape? InferTargets(LayerContext layer) =>
        DeclaredDimensions.Of(layer, layer.Arguments<TargetAttribute>().Dimensions);
}
