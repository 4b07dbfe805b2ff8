namespace ModelDsl.Generator.Layers;

/// <summary>The argument <c>Deviation</c> of embeddings: how far from zero their weights start.</summary>
internal static class InitialDeviation
{
    /// <summary>Whether the argument is valid; reports where it is not.</summary>
    public static bool Check(LayerContext layer)
    {
        float deviation = (float)layer.Arguments<IDeviationArguments>().Deviation;
        bool isValid = deviation > 0f && deviation < float.PositiveInfinity;
        if (!isValid)
        {
            layer.Report(
                NumberMustBePositive.Message(layer.Declaration.Kind, "a standard deviation", deviation),
                nameof(IDeviationArguments.Deviation));
        }

        return isValid;
    }

    public static Initialization Of(LayerDeclaration declaration) =>
        new(Initializer.Normal, 1, 1, (float)declaration.Read<IDeviationArguments>().Deviation);
}
