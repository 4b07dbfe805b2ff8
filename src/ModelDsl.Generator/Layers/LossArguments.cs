namespace ModelDsl.Generator.Layers;

/// <summary>The arguments that losses share, and penalties with them.</summary>
internal static class LossArguments
{
    /// <summary>Whether a factor is finite and not negative; reports that it is not.</summary>
    public static bool CheckFactor(LayerContext layer, string argument, double value, string what)
    {
        float factor = (float)value;
        if (IsFactor(factor))
        {
            return true;
        }

        layer.Report(FactorMustNotBeNegative.Message(layer.Declaration.Kind, what, factor), argument);
        return false;
    }

    /// <summary>Whether there is a factor for each class or output, or none at all; reports what is wrong.</summary>
    /// <param name="layer">The loss.</param>
    /// <param name="argument">The argument that lists the factors.</param>
    /// <param name="factors">The factors.</param>
    /// <param name="count">How many there should be.</param>
    /// <param name="what">What each is for: <c>class</c>.</param>
    public static bool CheckFactors(LayerContext layer, string argument, float[] factors, int count, string what)
    {
        if (factors.Length != 0 && factors.Length != count)
        {
            layer.Report(
                WeightsMustMatchOutputs.Message(layer.Declaration.Kind, what, count, layer.InputOrigin, factors.Length),
                argument);
            return false;
        }

        for (int i = 0; i < factors.Length; i++)
        {
            if (!IsFactor(factors[i]))
            {
                layer.Report(
                    FactorMustNotBeNegative.Message(layer.Declaration.Kind, "weight", factors[i]), $"{argument}[{i}]");
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a number is positive and finite; reports that it is not.</summary>
    public static bool CheckPositive(LayerContext layer, string argument, float number, string what)
    {
        if (number > 0f && !float.IsInfinity(number))
        {
            return true;
        }

        layer.Report(NumberMustBePositive.Message(layer.Declaration.Kind, what, number), argument);
        return false;
    }

    private static bool IsFactor(float number) => number >= 0f && !float.IsInfinity(number);
}
