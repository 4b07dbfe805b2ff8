using ModelDsl.Generator.Layers.Primitives;

namespace ModelDsl.Generator.Layers;

/// <summary>Branches on the same input, side by side along the last dimension.</summary>
internal sealed class ConcatLayer : LayerDefinition
{
    public override string AttributeType => typeof(ConcatAttribute<,>).FullName;

    public override IEnumerable<string> AttributeTypes =>
        [AttributeType, typeof(ConcatAttribute<,,>).FullName, typeof(ConcatAttribute<,,,>).FullName];

    public override bool TakesTowers => true;

    public override bool TakesParametersAlone => true;

    public override TensorShape? InferShape(LayerContext layer)
    {
        BoundBlock? first = null;
        int columns = 0;
        for (int i = 0; i < layer.Declaration.TypeArguments.Count; i++)
        {
            if (layer.BindBlock(i, layer.Input) is not { } block)
            {
                return null;
            }

            first ??= block;
            if (block.Output.WithColumns(1) != first.Output.WithColumns(1))
            {
                layer.Report(ConcatNeedsSameRows.Message(block.Name, block.Output, first.Name, first.Output), $"<{i}>");
                return null;
            }

            columns += block.Output.Columns;
        }

        return Primitive.CheckBranches(layer) ? first!.Output.WithColumns(columns) : null;
    }

    public override bool CanStep(BoundLayer layer) => layer.Blocks.All(block => block.CanStep);

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input)
    {
        Value[] branches = [.. layer.Blocks.Select(block => program.Lower(block, input))];
        Value result = program.Add(new ConcatOperation(layer, branches, program.Activation(layer)));
        return Primitive.JoinPadding(layer, program, branches.Where(HasSteps), result);

        // What is padded along the last dimension is only a part of the result.
        bool HasSteps(Value branch) => program.PaddingOf(branch)?.Dimension < branch.Shape.Rank - 1;
    }

    private sealed class ConcatOperation(BoundLayer layer, Value[] branches, Value result) : Operation(layer)
    {
        public override IEnumerable<Value> Reads => branches;

        public override IEnumerable<Value> Writes => [result];

        public override Work Work => Work.None;

        public override string Describe(NameOf name) =>
            $"{string.Join(" | ", branches.Select(branch => branch.Shape.ToString()))} → {result.Shape}";

        public override void Differentiate(IGradients gradients)
        {
            if (gradients.Of(result, Layer) is not { } gradient)
            {
                return;
            }

            int start = 0;
            foreach (Value branch in branches)
            {
                if (gradients.Needs(branch))
                {
                    gradients.Add(new SliceOperation(Layer, gradient, start, gradients.Contribute(branch)));
                }

                start += branch.Shape.Columns;
            }
        }

        public override IReadOnlyList<KernelCall> Calls => SideBySide.Copy(
            branches.Select(branch => (branch, branch.Shape.Columns)),
            result,
            result.Shape.Columns,
            Size.Rows(result.Shape));
    }

    private sealed class SliceOperation(BoundLayer layer, Value source, int start, Value result) : Operation(layer)
    {
        public override IEnumerable<Value> Reads => [source];

        public override IEnumerable<Value> Writes => [result];

        public override Work Work => Work.None;

        public override IEnumerable<Value> ReadsInPart => [source];

        public override string Describe(NameOf name) =>
            $"columns {start} to {start + result.Shape.Columns} of {source.Shape} → {result.Shape}";

        public override IReadOnlyList<KernelCall> Calls =>
            [new("Columns.Copy", [source, source.Shape.Columns, start,
                result, result.Shape.Columns, 0,
                Size.Rows(result.Shape), result.Shape.Columns])];
    }
}
