using ModelDsl.Generator.Lowering.Operations;
using ModelDsl.Generator.Lowering.Recurrent;
using ModelDsl.Generator.Parsing;

namespace ModelDsl.Generator.Layers;

/// <summary>h ← f(W·x + U·h + b).</summary>
internal sealed class SimpleRnnLayer : RecurrentLayer
{
    private const int Relu = 1;

    public override string AttributeType => "ModelDsl.SimpleRnnAttribute";

    protected override RecurrentCell Cell(LayerDeclaration declaration) =>
        declaration.Int("Activation") == Relu
            ? new RecurrentCell("SimpleRnn", 1, "max(·, 0)") { Activation = new ActivationFunction("Relu") }
            : new RecurrentCell("SimpleRnn", 1, "tanh") { Activation = new ActivationFunction("Tanh") };
}
