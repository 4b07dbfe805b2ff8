using ModelDsl.Generator.Common;
using ModelDsl.Generator.Diagnostics;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Layers;

/// <summary>The arguments that losses share, and penalties with them.</summary>
internal static class LossArguments
{
    /// <summary>Whether a factor is finite and not negative; reports that it is not.</summary>
    public static bool CheckFactor(LayerContext layer, string argument, string what, float otherwise = 0f)
    {
        float factor = layer.Declaration.Float(argument, otherwise);
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
    /// <param name="count">How many there should be.</param>
    /// <param name="what">What each is for: <c>class</c>.</param>
    public static bool CheckFactors(LayerContext layer, string argument, int count, string what)
    {
        EquatableArray<float> factors = layer.Declaration.Floats(argument);
        if (factors.Count != 0 && factors.Count != count)
        {
            layer.Report(
                WeightsMustMatchOutputs.Message(layer.Declaration.Kind, what, count, layer.InputOrigin, factors.Count),
                argument);
            return false;
        }

        for (int i = 0; i < factors.Count; i++)
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
    public static bool CheckPositive(LayerContext layer, string argument, string what)
    {
        float number = layer.Declaration.Float(argument);
        if (number > 0f && !float.IsInfinity(number))
        {
            return true;
        }

        layer.Report(NumberMustBePositive.Message(layer.Declaration.Kind, what, number), argument);
        return false;
    }

    private static bool IsFactor(float number) => number >= 0f && !float.IsInfinity(number);
}
