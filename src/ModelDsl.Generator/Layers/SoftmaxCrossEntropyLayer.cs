using ModelDsl.Generator.Diagnostics;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Layers;

/// <summary>Cross-entropy of the softmax over the classes.</summary>
internal sealed class SoftmaxCrossEntropyLayer : LossLayer
{
    public override string Kind => "SoftmaxCrossEntropy";

    public override string? AppliedActivation => "Softmax";

    // The softmax of the logarithm of a softmax is that softmax.
    public override string? RedundantActivation => "LogSoftmax";

    public override TensorShape? InferShape(LayerContext layer)
    {
        if (!layer.Input.IsVector)
        {
            layer.Report(LossNeedsVector.Rule, null, Kind, layer.Input, layer.InputOrigin);
            return null;
        }

        if (layer.Input.Columns < 2)
        {
            layer.Report(CrossEntropyNeedsClasses.Rule, null, layer.InputOrigin);
            return null;
        }

        return layer.Input;
    }
}
