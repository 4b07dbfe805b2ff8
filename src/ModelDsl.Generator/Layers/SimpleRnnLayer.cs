using ModelDsl.Generator.Lowering.Recurrent;

namespace ModelDsl.Generator.Layers;

/// <summary>h ← f(W·x + U·h + b).</summary>
internal sealed class SimpleRnnLayer : RecurrentLayer
{
    public override string AttributeType => typeof(SimpleRnnAttribute).FullName;

    protected override RecurrentCell Cell(LayerDeclaration declaration) =>
        declaration.Read<SimpleRnnAttribute>().Activation == RecurrentActivation.Relu
            ? new RecurrentCell("SimpleRnn", 1, "max(·, 0)") { Activation = new ActivationFunction("Relu") }
            : new RecurrentCell("SimpleRnn", 1, "tanh") { Activation = new ActivationFunction("Tanh") };
}
