namespace ModelDsl.Generator.Parsing;

/// <summary>A type that a generic layer attribute is given.</summary>
/// <param name="FullName">The type as it is written in generated code: <c>global::App.Swish</c>.</param>
/// <param name="Name">The type as messages name it: <c>Swish</c>.</param>
/// <param name="Block">The block that the type is, or null.</param>
/// <param name="IsFileLocal">Whether no other file, and so no generated one, can name the type.</param>
/// <param name="IsLoss">Whether it is a struct that computes the loss of each element.</param>
/// <param name="Warnings">What the C# compiler says of a use of the type: that it is obsolete, or experimental.</param>
internal sealed record TypeArgument(
    string FullName,
    string Name,
    BlockDeclaration? Block,
    bool IsFileLocal,
    bool IsLoss,
    EquatableArray<string> Warnings);
