using ModelDsl.Generator.Lowering.Recurrent;

namespace ModelDsl.Generator.Layers;

/// <summary>c ← f·c + i·g and h ← o·tanh(c), with gates from the input and the output before.</summary>
internal sealed class LstmLayer : RecurrentLayer
{
    private static readonly RecurrentCell Lstm = new("Lstm", 4, "i, f, g, o") { Kept = "cells", KeptIsState = true };

    public override string AttributeType => typeof(LstmAttribute).FullName;

    protected override RecurrentCell Cell(LayerDeclaration declaration) => Lstm;
}
