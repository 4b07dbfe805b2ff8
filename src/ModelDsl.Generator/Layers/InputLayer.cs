using ModelDsl.Generator.Diagnostics;
using ModelDsl.Generator.Lowering;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Layers;

/// <summary>The shape of one sample.</summary>
internal sealed class InputLayer : LayerDefinition
{
    public override string AttributeType => "ModelDsl.InputAttribute";

    public override LayerRole Role => LayerRole.Input;

    public override TensorShape? InferShape(LayerContext layer)
    {
        var shape = new TensorShape(layer.Declaration.Ints("dimensions"));
        if (shape.Rank == 0)
        {
            layer.Report(InputNeedsDimensions.Rule, null);
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

        return shape;
    }

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input) => input;
}
