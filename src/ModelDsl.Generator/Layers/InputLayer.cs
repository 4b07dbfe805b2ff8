using ModelDsl.Generator.Diagnostics;
using ModelDsl.Generator.Lowering;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Layers;

/// <summary>The shape of one sample.</summary>
internal sealed class InputLayer : LayerDefinition
{
    /// <summary>The runtime's <c>ElementType.Token</c>.</summary>
    public const int Token = 1;

    public override string AttributeType => "ModelDsl.InputAttribute";

    public override LayerRole Role => LayerRole.Input;

    public override TensorShape? InferShape(LayerContext layer)
    {
        var shape = new TensorShape(layer.Declaration.Ints("dimensions"));
        if (shape.Rank == 0)
        {
            layer.Report(DimensionsMissing.Rule, null, "Input");
            return null;
        }

        for (int i = 0; i < shape.Rank; i++)
        {
            if (shape.Dimensions[i] < 1)
            {
                layer.Report(SizeMustBePositive.Rule, $"dimensions[{i}]", "Input", "dimension", shape.Dimensions[i]);
                return null;
            }
        }

        bool tokens = layer.Declaration.Int("Type") == Token;
        if (tokens && shape.Rank != 1)
        {
            layer.Report(TokensNeedOneDimension.Rule, null, shape);
            return null;
        }

        bool sequence = layer.Declaration.Bool("Sequence");
        if (sequence && shape.Rank != 2)
        {
            layer.Report(SequenceNeedsTwoDimensions.Rule, "Sequence", shape);
            return null;
        }

        return shape with { IsTokens = tokens, IsSequence = sequence };
    }

    public override bool CanStep(BoundLayer layer) => true;

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input) => input;
}
