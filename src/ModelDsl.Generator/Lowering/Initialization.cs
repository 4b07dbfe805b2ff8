namespace ModelDsl.Generator.Lowering;

/// <summary>How a parameter is filled before training.</summary>
/// <param name="Initializer">The number of a member of the runtime's <c>Initializer</c>.</param>
/// <param name="FanIn">The number of inputs that each output depends on.</param>
/// <param name="FanOut">The number of outputs that each input reaches.</param>
/// <param name="Value">The value where the initializer is a constant, the standard deviation where it is normal.</param>
internal readonly record struct Initialization(int Initializer, int FanIn, int FanOut, float Value)
{
    public const int GlorotUniform = 0;
    public const int Zeros = 4;
    public const int Constant = 5;
    public const int Normal = 6;

    private static readonly string[] Names =
        ["GlorotUniform", "GlorotNormal", "HeUniform", "HeNormal", "Zeros", "Constant", "Normal"];

    /// <summary>All elements the same.</summary>
    public static Initialization Of(float constant) =>
        constant == 0f ? new(Zeros, 1, 1, 0f) : new(Zeros + 1, 1, 1, constant);

    public string InitializerName => Names[Initializer];

    /// <summary>The member of the runtime's <c>Initializer</c> with a number.</summary>
    public static string NameOf(int initializer) => Names[initializer];

    /// <summary>Whether a number is one of He's initialisers, for rectifiers.</summary>
    public static bool IsHe(int initializer) => NameOf(initializer).StartsWith("He", StringComparison.Ordinal);

    public static bool IsDefined(int initializer) => initializer >= 0 && initializer < Names.Length;
}
