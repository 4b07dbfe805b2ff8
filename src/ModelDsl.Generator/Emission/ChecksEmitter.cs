using ModelDsl.Generator.Planning;

namespace ModelDsl.Generator.Emission;

/// <summary>
/// Writes what a model has that can be checked: the same model twice more, as classes within it, whose memory is laid
/// out in other ways.
/// </summary>
internal static class ChecksEmitter
{
    /// <summary>The class in which every value has memory of its own.</summary>
    public const string Separate = "SeparateMemoryModel";

    /// <summary>The class in which memory is poisoned where nothing reads it any more.</summary>
    public const string Poisoned = "PoisonedMemoryModel";

    /// <summary>The ways of laying out memory, with the classes that have them.</summary>
    public static IReadOnlyList<(MemoryMode Mode, string Name)> Modes { get; } =
        [(MemoryMode.Separate, Separate), (MemoryMode.Poisoned, Poisoned)];

    /// <summary>The interface, for the header of a class.</summary>
    public static string Interface(ModelDeclaration declaration) =>
        $"global::ModelDsl.ICheckedModel<{declaration.TypeName}>";

    /// <summary>The members that make the other models.</summary>
    public static void Write(CodeWriter code, ModelDeclaration declaration) =>
        Write(code, declaration, $"new {Separate}(seed)", $"new {Poisoned}(seed)");

    /// <summary>The members of a model that breaks a rule, by name only.</summary>
    public static void WriteBroken(CodeWriter code, ModelDeclaration declaration)
    {
        Write(code, declaration, "throw Broken()", "throw Broken()");
        code.Separate();
    }

    private static void Write(CodeWriter code, ModelDeclaration declaration, string separate, string poisoned) =>
        code.Line(
            $$"""
            {{GeneratedCode.Attribute}}
            static global::ModelDsl.IModel {{Interface(declaration)}}.CreateSeparate(ulong seed) => {{separate}};

            {{GeneratedCode.Attribute}}
            static global::ModelDsl.IModel {{Interface(declaration)}}.CreatePoisoned(ulong seed) => {{poisoned}};
            """);
}
