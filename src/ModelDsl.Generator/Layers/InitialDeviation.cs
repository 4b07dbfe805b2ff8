using ModelDsl.Generator.Diagnostics;
using ModelDsl.Generator.Lowering;
using ModelDsl.Generator.Parsing;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Layers;

/// <summary>The argument <c>Deviation</c> of embeddings: how far from zero their weights start.</summary>
internal static class InitialDeviation
{
    // GPT-2's: Radford et al. (2019).
    private const float Default = 0.02f;

    /// <summary>Whether the argument is valid; reports where it is not.</summary>
    public static bool Check(LayerContext layer)
    {
        float deviation = layer.Declaration.Float("Deviation", Default);
        bool isValid = deviation > 0f && deviation < float.PositiveInfinity;
        if (!isValid)
        {
            layer.Report(
                NumberMustBePositive.Message(layer.Declaration.Kind, "a standard deviation", deviation), "Deviation");
        }

        return isValid;
    }

    public static Initialization Of(LayerDeclaration declaration) =>
        new(Initialization.Normal, 1, 1, declaration.Float("Deviation", Default));
}
