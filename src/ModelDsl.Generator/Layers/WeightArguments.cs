using ModelDsl.Generator.Diagnostics;
using ModelDsl.Generator.Lowering;
using ModelDsl.Generator.Parsing;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Layers;

/// <summary>The arguments by which a layer says how its weight and its bias begin.</summary>
internal static class WeightArguments
{
    /// <summary>Whether they are valid; reports what is not.</summary>
    public static bool Check(LayerContext layer)
    {
        foreach (string argument in (string[])["WeightInitializer", "BiasInitializer"])
        {
            if (!Initialization.IsDefined(layer.Declaration.Int(argument)))
            {
                layer.Report(UnknownInitializer.Message(layer.Declaration.Int(argument)), argument);
                return false;
            }
        }

        foreach (string argument in (string[])["WeightConstant", "BiasConstant"])
        {
            float constant = layer.Declaration.Float(argument);
            if (float.IsNaN(constant) || float.IsInfinity(constant))
            {
                layer.Report(ConstantMustBeFinite.Message(layer.Declaration.Kind, argument, constant), argument);
                return false;
            }
        }

        return CheckPenalty(layer);
    }

    /// <summary>Whether the penalties of the weight are valid; reports what is not.</summary>
    public static bool CheckPenalty(LayerContext layer) =>
        LossArguments.CheckFactor(layer, "WeightL1", "L1 penalty") && LossArguments.CheckFactor(layer, "WeightL2", "L2 penalty");

    /// <summary>Declares the weight, or finds the one that the layer is tied to.</summary>
    public static Value Weight(ProgramBuilder program, BoundLayer layer, TensorShape shape, int fanIn, int fanOut)
    {
        if (layer.TiedTo is { } owner)
        {
            return program.Declared(new TensorId(owner, "weight"));
        }

        LayerDeclaration declaration = layer.Declaration;
        var initialization = new Initialization(
            declaration.Int("WeightInitializer"), fanIn, fanOut, declaration.Float("WeightConstant"));
        return program.Parameter(layer, "weight", shape, initialization);
    }

    /// <summary>Declares the bias; null where the layer has none.</summary>
    public static Value? Bias(ProgramBuilder program, BoundLayer layer, int length, int fanIn, int fanOut)
    {
        LayerDeclaration declaration = layer.Declaration;
        if (!declaration.Bool("UseBias", true))
        {
            return null;
        }

        var initialization = new Initialization(
            declaration.Int("BiasInitializer", Initialization.Zeros), fanIn, fanOut, declaration.Float("BiasConstant"));
        return program.Parameter(layer, "bias", new TensorShape(length), initialization);
    }
}
