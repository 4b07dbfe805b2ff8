namespace ModelDsl.Generator.Emission;

/// <summary>
/// The attribute of every generated member: coverage and analyzers leave out what has it. The members have it and not
/// the class, whose other members are the author's.
/// </summary>
internal static class GeneratedCode
{
    /// <summary>With the generator's name and version.</summary>
    public static string Attribute { get; } =
        "[global::System.CodeDom.Compiler.GeneratedCode("
        + $"{Literal.Of("ModelDsl.Generator")}, {Literal.Of($"{typeof(GeneratedCode).Assembly.GetName().Version}")})]";
}
