namespace ModelDsl.Generator.Layers;

/// <summary>The arguments by which a layer says how its weight and its bias begin.</summary>
internal static class WeightArguments
{
    /// <summary>Whether they are valid; reports what is not.</summary>
    public static bool Check(LayerContext layer)
    {
        var arguments = layer.Arguments<IWeightArguments>();
        return CheckInitializer(layer, nameof(arguments.WeightInitializer), arguments.WeightInitializer)
            && CheckInitializer(layer, nameof(arguments.BiasInitializer), arguments.BiasInitializer)
            && CheckConstant(layer, nameof(arguments.WeightConstant), arguments.WeightConstant)
            && CheckConstant(layer, nameof(arguments.BiasConstant), arguments.BiasConstant)
            && CheckPenalty(layer);
    }

    /// <summary>Whether the penalties of the weight are valid; reports what is not.</summary>
    public static bool CheckPenalty(LayerContext layer)
    {
        var arguments = layer.Arguments<IPenalizedArguments>();
        return LossArguments.CheckFactor(layer, nameof(arguments.WeightL1), arguments.WeightL1, "L1 penalty")
            && LossArguments.CheckFactor(layer, nameof(arguments.WeightL2), arguments.WeightL2, "L2 penalty");
    }

    private static bool CheckInitializer(LayerContext layer, string argument, Initializer initializer)
    {
        if (Enum.IsDefined(typeof(Initializer), initializer))
        {
            return true;
        }

        layer.Report(UnknownInitializer.Message((int)initializer), argument);
        return false;
    }

    private static bool CheckConstant(LayerContext layer, string argument, double value)
    {
        float constant = (float)value;
        if (!float.IsNaN(constant) && !float.IsInfinity(constant))
        {
            return true;
        }

        layer.Report(ConstantMustBeFinite.Message(layer.Declaration.Kind, argument, constant), argument);
        return false;
    }

    /// <summary>Declares the weight, or finds the one that the layer is tied to.</summary>
    public static Value Weight(ProgramBuilder program, BoundLayer layer, TensorShape shape, int fanIn, int fanOut)
    {
        if (layer.TiedTo is { } owner)
        {
            return program.Declared(new TensorId(owner, "weight"));
        }

        var arguments = layer.Arguments<IWeightArguments>();
        var initialization = new Initialization(
            arguments.WeightInitializer, fanIn, fanOut, (float)arguments.WeightConstant);
        return program.Parameter(layer, "weight", shape, initialization);
    }

    /// <summary>Declares the bias; null where the layer has none.</summary>
    public static Value? Bias(ProgramBuilder program, BoundLayer layer, int length, int fanIn, int fanOut)
    {
        var arguments = layer.Arguments<IWeightArguments>();
        if (!arguments.UseBias)
        {
            return null;
        }

        var initialization = new Initialization(
            arguments.BiasInitializer, fanIn, fanOut, (float)arguments.BiasConstant);
        return program.Parameter(layer, "bias", new TensorShape(length), initialization);
    }
}
