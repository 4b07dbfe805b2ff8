namespace ModelDsl.Generator.Lowering;

/// <summary>How a parameter is filled before training.</summary>
/// <param name="Initializer">The number of a member of the runtime's <c>Initializer</c>.</param>
/// <param name="FanIn">The number of inputs that each output depends on.</param>
/// <param name="FanOut">The number of outputs that each input reaches.</param>
/// <param name="Constant">The value where the initializer is a constant.</param>
internal readonly record struct Initialization(int Initializer, int FanIn, int FanOut, float Constant)
{
    public const int Zeros = 4;

    private static readonly string[] Names =
        ["GlorotUniform", "GlorotNormal", "HeUniform", "HeNormal", "Zeros", "Constant"];

    public string InitializerName => Names[Initializer];

    public static bool IsDefined(int initializer) => initializer >= 0 && initializer < Names.Length;
}
