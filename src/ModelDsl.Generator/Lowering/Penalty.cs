namespace ModelDsl.Generator.Lowering;

/// <summary>l1·Σ|x| + l2·Σx², which training minimises along with the loss.</summary>
/// <param name="L1">The factor of the absolute values.</param>
/// <param name="L2">The factor of the squares.</param>
internal readonly record struct Penalty(float L1, float L2)
{
    /// <summary>That of a tensor of a layer: its weight may have one.</summary>
    public static Penalty Of(LayerAttribute layer, string tensor) =>
        tensor == "weight" && layer is IPenalizedArguments arguments
            ? new Penalty((float)arguments.WeightL1, (float)arguments.WeightL2)
            : default;

    public bool IsPresent => L1 > 0f || L2 > 0f;

    /// <summary>The factors as arguments of a kernel.</summary>
    public EquatableArray<Argument> Arguments => [Argument.Named("l1", L1), Argument.Named("l2", L2)];

    public override string ToString()
    {
        string[] terms =
            [.. L1 > 0f ? (string[])[$"{NumberText.Of(L1)}·Σ|x|"] : [], .. L2 > 0f ? (string[])[$"{NumberText.Of(L2)}·Σx²"] : []];
        return string.Join(" + ", terms);
    }
}
