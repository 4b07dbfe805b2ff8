using ModelDsl.Generator.Layers.Primitives;

namespace ModelDsl.Generator.Layers;

/// <summary>
/// A(x) + B(x): values of equal shape, added element by element. They are the results of branches on the same input, or
/// several inputs.
/// </summary>
internal sealed class SumLayer : LayerDefinition
{
    public override string AttributeType => typeof(SumAttribute<,>).FullName;

    public override IEnumerable<string> AttributeTypes =>
        [AttributeType, typeof(SumAttribute<,,>).FullName, typeof(SumAttribute<,,,>).FullName];

    public override bool TakesTowers => true;

    public override bool TakesParametersAlone => true;

    public override TensorShape? InferShape(LayerContext layer)
    {
        if (layer.Declaration.TypeArguments.IsEmpty)
        {
            return InferJoin(layer);
        }

        BoundBlock? first = null;
        for (int i = 0; i < layer.Declaration.TypeArguments.Count; i++)
        {
            if (layer.BindBlock(i, layer.Input) is not { } block)
            {
                return null;
            }

            first ??= block;
            if (block.Output != first.Output)
            {
                layer.Report(
                    BranchesMustAgree.Message(
                        layer.Declaration.Kind, block.Name, block.Output, $"'{first.Name}'", first.Output),
                    $"<{i}>");
                return null;
            }
        }

        return Primitive.CheckBranches(layer) ? first!.Output : null;
    }

    public override bool CanStep(BoundLayer layer) => layer.Blocks.All(block => block.CanStep);

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input)
    {
        Value joined = program.Lower(layer.Blocks[0], input);
        foreach (BoundBlock block in layer.Blocks.Skip(1))
        {
            Value branch = program.Lower(block, input);
            joined = Add(layer, program, joined, branch);
        }

        return joined;
    }

    public override IReadOnlyList<Value> Lower(BoundLayer layer, ProgramBuilder program, IReadOnlyList<Value> inputs) =>
        layer.Blocks.IsEmpty
            ? [inputs.Aggregate((joined, next) => Add(layer, program, joined, next))]
            : [Lower(layer, program, inputs[0])];

    private static Value Add(BoundLayer layer, ProgramBuilder program, Value joined, Value next) =>
        Primitive.JoinPadding(
            layer, program, [joined, next],
            program.Add(new AddOperation(layer, joined, next, program.Activation(layer))));

    private static TensorShape? InferJoin(LayerContext layer)
    {
        for (int i = 1; i < layer.Inputs.Count; i++)
        {
            if (layer.Inputs[i] != layer.Input)
            {
                layer.Report(
                    BranchesMustAgree.Message(
                        layer.Declaration.Kind, $"input {i + 1}", layer.Inputs[i], "input 1", layer.Input));
                return null;
            }
        }

        return layer.Input;
    }
}
