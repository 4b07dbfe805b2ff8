namespace ModelDsl.Generator.Layers;

/// <summary>The arguments that normalising layers share.</summary>
internal static class NormalizationArguments
{
    /// <summary>Whether what is added to the variance is a positive number; reports that it is not.</summary>
    public static bool CheckEpsilon(LayerContext layer)
    {
        float epsilon = (float)layer.Arguments<IEpsilonArguments>().Epsilon;
        if (epsilon > 0f && !float.IsInfinity(epsilon))
        {
            return true;
        }

        layer.Report(EpsilonMustBePositive.Message(layer.Declaration.Kind, epsilon), nameof(IEpsilonArguments.Epsilon));
        return false;
    }
}
