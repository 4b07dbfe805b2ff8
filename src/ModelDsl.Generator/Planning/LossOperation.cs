using ModelDsl.Generator.Emission;
using ModelDsl.Generator.Lowering;

namespace ModelDsl.Generator.Planning;

/// <summary>The loss of a batch and the gradient of its mean with respect to the outputs: the turning point of training.</summary>
internal sealed class LossOperation(LoweredModel model) : Operation(model.Layers[model.Layers.Count - 1])
{
    public override IEnumerable<Value> Reads => model.Heads.Select(head => head.Output);

    public override IEnumerable<Value> Writes => model.Heads.Select(head => head.Gradient);

    public override string Describe()
    {
        IEnumerable<string> outputs = model.Heads.Select(head => $"[batch, {head.Output.Shape.ToString(", ")}]");
        return model.HasHeads
            ? $"weighted sum of the mean losses over the batch, and their gradients → {string.Join(", ", outputs)}"
            : $"mean loss over the batch, and its gradient → {outputs.First()}";
    }

    public override void Emit(OperationWriter writer) => LossCall.Write(writer.Statement, model, model.Heads, "EvaluateWithGradient", head =>
    [
        writer.Name(head.Output), LossCall.Targets(model, head, model.Heads), writer.Name(head.Gradient),
    ]);
}
