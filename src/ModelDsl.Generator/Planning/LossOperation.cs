using ModelDsl.Generator.Emission;
using ModelDsl.Generator.Layers;
using ModelDsl.Generator.Lowering;

namespace ModelDsl.Generator.Planning;

/// <summary>The loss of a batch and the gradient of its mean with respect to the outputs: the turning point of training.</summary>
internal sealed class LossOperation(LoweredModel model) : Operation(model.Layers[model.Layers.Count - 1])
{
    public override IEnumerable<Value> Reads => [model.TrainingOutput];

    public override IEnumerable<Value> Writes => [model.OutputGradient];

    public override string Describe() => $"mean loss over the batch, and its gradient → [batch, {model.TrainingOutput.Shape.ToString(", ")}]";

    public override void Emit(OperationWriter writer)
    {
        (int rows, int columns) = model.Loss.Items(model.TrainingOutput.Shape);
        float weight = LossLayer.Weight(Layer);
        writer.Statement(
            $"float loss = {model.Loss.Method(Layer, "EvaluateWithGradient")}",
            [
                writer.Name(model.TrainingOutput), "targets", writer.Name(model.OutputGradient), OperationWriter.Scaled(rows), $"{columns}",
                .. model.Loss.AllOptions(Layer),
                .. weight == 1f ? (string[])[] : [$"gradientScale: {Literal.Of(weight)}"],
            ]);
    }
}
