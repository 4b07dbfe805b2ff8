namespace ModelDsl.Generator.Layers;

/// <summary>
/// A loss of the user's own: a struct that computes that of each element, or a block that gives that of each sample.
/// </summary>
internal sealed class CustomLossLayer : LossLayer
{
    public override string Kind => "Custom";

    public override string AttributeType => $"{typeof(LossAttribute).FullName}`1";

    public override string KindOf(BoundLayer layer) =>
        !IsMethod(layer) ? Kind : TargetsOf(layer) == TargetKinds.Labels ? "LabelMethod" : "Method";

    public override TargetKinds TargetsOf(BoundLayer layer) => !IsMethod(layer)
        ? TargetKinds.Values
        : TargetOf(layer) is { } target
            ? ((TargetLayer)target.Definition).Kinds
            : TakesValues(layer) ? TargetKinds.Values : TargetKinds.None;

    public override int ValuesOf(BoundLayer layer) => !IsMethod(layer) || TakesValues(layer)
        ? layer.Input.Count
        : TargetOf(layer)?.Output.Count ?? 0;

    public override int LabelsOf(BoundLayer layer) => LabelsLayer.ShapeFor(layer.Input).Count;

    // What a method makes of labels is its own affair.
    public override int ClassesOf(int columns) => int.MaxValue;

    public override IEnumerable<Argument> Properties(BoundLayer layer) =>
        IsMethod(layer) && TargetsOf(layer) != TargetKinds.Labels && ValuesOf(layer) != layer.Input.Count
            ? [Argument.Named("TargetCount", ValuesOf(layer))]
            : [];

    public override Value? Compare(BoundLayer layer, ProgramBuilder program, Value output)
    {
        if (!IsMethod(layer))
        {
            return null;
        }

        BoundBlock block = layer.Blocks[0];
        if (TakesValues(layer))
        {
            Value targets = program.Activation(layer, "targets", layer.Input);
            program.Add(new TargetOperation(layer, program.ComparedHead, areLabels: false, targets));
            return program.Lower(block, output, targets);
        }

        return program.Lower(block, output);
    }

    public override KernelCall Call(
        BoundLayer layer, string method, TensorShape shape, IEnumerable<Argument> operands, CallResult result) =>
        IsMethod(layer)
            ? new KernelCall(
                $"MethodLoss.{method}",
                [
                    .. operands,
                    Argument.Batch,
                    .. TargetsOf(layer) == TargetKinds.None ? (Argument[])[Argument.Named("takesTargets", false)] : [],
                ])
            {
                Result = result,
            }
            : base.Call(layer, method, shape, operands, result);

    protected override string? AuthorType(BoundLayer layer) => layer.Declaration.TypeArguments[0].FullName;

    protected override bool Check(LayerContext layer)
    {
        TypeArgument type = layer.Declaration.TypeArguments[0];
        if (type.Block is { } block)
        {
            return CheckBlock(layer, block);
        }

        if (type.IsLoss)
        {
            return layer.CheckTypeCanBeNamed();
        }

        layer.Report(TypeIsNoLoss.Message(type.Name), "<0>");
        return false;
    }

    private static bool CheckBlock(LayerContext layer, BlockDeclaration block)
    {
        TensorShape outputs = layer.Input;
        TensorShape[] inputs = block.InputCount == 2 ? [outputs, outputs] : [outputs];
        if (layer.BindBlock(0, inputs, use: BlockUse.Loss) is not { } bound)
        {
            return false;
        }

        int targets = bound.Layers.Count(inner => inner.Definition is TargetLayer) + inputs.Length - 1;
        if (targets > 1)
        {
            layer.Report(LossTakesOneTarget.Message(block.Name, targets), "<0>");
            return false;
        }

        if (bound.Output is { Count: 1, IsFixed: false, IsTokens: false })
        {
            return true;
        }

        layer.Report(LossGivesOneNumber.Message(block.Name, bound.Output), "<0>");
        return false;
    }

    private static bool IsMethod(BoundLayer layer) => layer.Blocks.Count > 0;

    // The block takes targets of the outputs' shape as its second input.
    private static bool TakesValues(BoundLayer layer) => layer.Declaration.TypeArguments[0].Block!.InputCount == 2;

    private static BoundLayer? TargetOf(BoundLayer layer) =>
        layer.Blocks[0].Layers.FirstOrDefault(inner => inner.Definition is TargetLayer);
}
