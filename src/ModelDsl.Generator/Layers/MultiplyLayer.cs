using ModelDsl.Generator.Layers.Primitives;

namespace ModelDsl.Generator.Layers;

/// <summary>A(x) · B(x), element by element with broadcasting.</summary>
internal sealed class MultiplyLayer : LayerDefinition
{
    public override string AttributeType => typeof(MultiplyAttribute<,>).FullName;

    public override bool TakesTowers => true;

    public override bool TakesParametersAlone => true;

    public override TensorShape? InferShape(LayerContext layer)
    {
        if (Bind(layer, 0) is not { } left || Bind(layer, 1) is not { } right)
        {
            return null;
        }

        if (Broadcasting.Join([left.Output, right.Output]) is { } product)
        {
            return Primitive.CheckBranches(layer) ? product : null;
        }

        layer.Report(
            ShapesDoNotBroadcast.Message(
                layer.Declaration.Quoted, left.Output, $"'{left.Name}'", right.Output, $"'{right.Name}'"),
            "<1>");
        return null;
    }

    public override bool CanStep(BoundLayer layer) =>
        layer.Blocks.All(block => block.CanStep)
        && Broadcasting.CanStep(layer.Output, layer.Blocks.Select(block => block.Output));

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input)
    {
        Value left = program.Lower(layer.Blocks[0], input);
        return Product(layer, program, left, program.Lower(layer.Blocks[1], input));
    }

    /// <summary>Binds a block of factors; null after reporting that it does not fit, or gives no numbers.</summary>
    public static BoundBlock? Bind(LayerContext layer, int typeArgument)
    {
        if (layer.BindBlock(typeArgument, layer.Input) is not { } block)
        {
            return null;
        }

        if (!block.Output.IsTokens)
        {
            return block;
        }

        layer.Report(
            TokensNeedEmbedding.Message(layer.Declaration.Kind, block.Output, layer.InputOrigin), $"<{typeArgument}>");
        return null;
    }

    /// <summary>The product of two values, of which the right one was computed last.</summary>
    public static Value Product(BoundLayer layer, ProgramBuilder program, Value left, Value right)
    {
        bool isEqual =
            Broadcasting.IsWhole(left.Shape, layer.Output) && Broadcasting.IsWhole(right.Shape, layer.Output);
        Value product = isEqual
            ? program.Add(new MultiplyOperation(layer, left, right, program.Activation(layer)))
            : BinaryLayer.Combine(layer, program, BinaryFunction.Multiplication, left, right, isRightLater: true);
        return Primitive.JoinPadding(layer, program, [left, right], product);
    }
}
