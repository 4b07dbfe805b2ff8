namespace ModelDsl.Generator.Parsing;

/// <summary>A type that a generic layer attribute is given.</summary>
/// <param name="FullName">The type as it is written in generated code: <c>global::App.Swish</c>.</param>
/// <param name="Block">The block that the type is, or null.</param>
internal sealed record TypeArgument(string FullName, BlockDeclaration? Block);
