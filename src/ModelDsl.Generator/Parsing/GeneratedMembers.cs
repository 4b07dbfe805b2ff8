namespace ModelDsl.Generator.Parsing;

/// <summary>
/// The members that every generated half declares, for telling a user who declares one of them too. Not those that hold
/// parts of a program: they step aside.
/// </summary>
internal static class GeneratedMembers
{
    /// <summary>The generator's full name, which stands in the paths of its files.</summary>
    public const string GeneratorName = "ModelDsl.Generator.ModelGenerator";

    /// <summary>Properties and fields: no other member may have the name.</summary>
    public static readonly string[] Values =
        ["Architecture", "Description", "Parameters", "TrainableParameters", "Gradients", "Outputs", "TrainingStep", "_modelState"];

    /// <summary>Methods with the types of their parameters: overloads are welcome.</summary>
    public static readonly (string Name, string[] Parameters)[] Methods =
    [
        (".ctor", ["ulong"]),
        (".ctor", ["ModelDsl.CompilerServices.ModelState"]),
        ("Load", ["string"]),
        ("Load", ["string", "int"]),
        ("Save", ["string"]),
        ("ForInference", []),
        ("GetInputBuffer", ["int"]),
        ("ComputeGradients", ["System.ReadOnlySpan<float>", "ModelDsl.Targets"]),
        ("ComputeLoss", ["System.ReadOnlySpan<float>", "ModelDsl.Targets"]),
        ("Predict", ["System.ReadOnlySpan<float>"]),
        ("Train", ["ModelDsl.CompilerServices.FloatSpan", "ModelDsl.Targets", "int"]),
        ("Evaluate", ["ModelDsl.CompilerServices.FloatSpan", "ModelDsl.Targets", "int"]),
        ("Infer", ["ModelDsl.CompilerServices.FloatSpan", "int"]),
        ("InferOne", ["ModelDsl.CompilerServices.FloatSpan"]),
        ("InferStep", ["ModelDsl.CompilerServices.FloatSpan", "ModelDsl.CompilerServices.FloatSpan", "int"]),
        ("CreateGenerator", []),
        ("Generate", ["System.ReadOnlySpan<int>", "int", "ModelDsl.TokenSampler"]),
    ];

    // Each property reserves the names of its accessors.
    private static readonly HashSet<string> Accessors =
        [.. Values.Select(GetterOf), Signature("set_TrainingStep", ["long"])];

    // Whether a reference may be null does not tell overloads apart, nor does the kind of a reference parameter.
    private static readonly SymbolDisplayFormat TypeFormat = SymbolDisplayFormat.CSharpErrorMessageFormat
        .RemoveMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>The method that a property reserves, as <see cref="NamesOf"/> has it.</summary>
    public static string GetterOf(string property) => Signature("get_" + property, []);

    /// <summary>Whether a member of the name cannot stand beside the generated ones, whatever it is.</summary>
    public static bool IsTaken(string name) =>
        Array.IndexOf(Values, name) >= 0 || Array.Exists(Methods, method => method.Name == name);

    /// <summary>The members of a model that its author wrote: what has a name of its own.</summary>
    public static IEnumerable<ISymbol> Others(INamedTypeSymbol type) =>
        type.GetMembers().Where(member =>
            !member.IsImplicitlyDeclared
            && member is not IMethodSymbol { AssociatedSymbol: not null }
            && member.Locations[0] is { SourceTree: { } tree }
            && !Contains(tree));

    /// <summary>The name of a member, and that of a method with the types of its parameters: <c>Predict(System.ReadOnlySpan&lt;int&gt;)</c>.</summary>
    public static IEnumerable<string> NamesOf(ISymbol member) =>
        member is IMethodSymbol { Arity: 0 } method
            ? [member.Name, Signature(member.Name, ParametersOf(method))]
            : [member.Name];

    /// <summary>A method as <see cref="NamesOf"/> has it.</summary>
    public static string Signature(string name, IEnumerable<string> parameters) => $"{name}({string.Join(", ", parameters)})";

    private static IEnumerable<string> ParametersOf(IMethodSymbol method) => method.Parameters.Select(parameter =>
        (parameter.RefKind == RefKind.None ? "" : "ref ") + parameter.Type.ToDisplayString(TypeFormat));

    /// <summary>Whether a member that a user wrote cannot stand beside the generated ones.</summary>
    public static bool Collides(ISymbol member)
    {
        if (member is not IMethodSymbol method)
        {
            return IsTaken(member.Name);
        }

        return Array.IndexOf(Values, method.Name) >= 0
            || (method.Arity == 0 && Accessors.Contains(Signature(method.Name, ParametersOf(method))))
            || (method.Arity == 0 && Array.Exists(Methods, generated =>
                generated.Name == method.Name
                && generated.Parameters.SequenceEqual(ParametersOf(method))));
    }

    /// <summary>Whether a piece of syntax was written by the generator.</summary>
    public static bool Contains(SyntaxTree tree) =>
        tree.FilePath.IndexOf(GeneratorName, StringComparison.Ordinal) >= 0;
}
