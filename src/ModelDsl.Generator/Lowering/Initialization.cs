namespace ModelDsl.Generator.Lowering;

/// <summary>How a parameter is filled before training.</summary>
/// <param name="Initializer">The initializer.</param>
/// <param name="FanIn">The number of inputs that each output depends on.</param>
/// <param name="FanOut">The number of outputs that each input reaches.</param>
/// <param name="Value">The value where the initializer is a constant, the standard deviation where it is normal.</param>
internal readonly record struct Initialization(Initializer Initializer, int FanIn, int FanOut, float Value)
{
    /// <summary>All elements the same.</summary>
    public static Initialization Of(float constant) =>
        constant == 0f ? new(Initializer.Zeros, 1, 1, 0f) : new(Initializer.Constant, 1, 1, constant);

    public string InitializerName => Initializer.ToString();
}
