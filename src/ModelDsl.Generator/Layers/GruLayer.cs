using ModelDsl.Generator.Lowering.Recurrent;

namespace ModelDsl.Generator.Layers;

/// <summary>h ← (1 - z)·n + z·h, with gates from the input and the output before.</summary>
internal sealed class GruLayer : RecurrentLayer
{
    private static readonly RecurrentCell Gru = new("Gru", 3, "r, z, n") { Kept = "candidates", SeparatesProducts = true };

    public override string AttributeType => typeof(GruAttribute).FullName;

    protected override RecurrentCell Cell(LayerDeclaration declaration) => Gru;
}
