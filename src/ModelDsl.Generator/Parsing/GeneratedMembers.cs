using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Parsing;

/// <summary>The members that every generated half declares, for telling a user who declares one of them too.</summary>
internal static class GeneratedMembers
{
    /// <summary>Properties and fields: no other member may have the name.</summary>
    public static readonly string[] Values =
        ["Architecture", "Description", "Parameters", "TrainableParameters", "Gradients", "Outputs", "TrainingStep", "_modelState"];

    /// <summary>Methods with the types of their parameters: overloads are welcome.</summary>
    public static readonly (string Name, string[] Parameters)[] Methods =
    [
        (".ctor", ["ulong"]),
        (".ctor", ["ModelDsl.ModelState"]),
        ("Load", ["string"]),
        ("Load", ["string", "int"]),
        ("Save", ["string"]),
        ("ForInference", []),
        ("GetInputBuffer", ["int"]),
        ("ComputeGradients", ["System.ReadOnlySpan<float>", "ModelDsl.Targets"]),
        ("ComputeLoss", ["System.ReadOnlySpan<float>", "ModelDsl.Targets"]),
        ("Predict", ["System.ReadOnlySpan<float>"]),
        ("Train", ["ModelDsl.FloatSpan", "ModelDsl.Targets", "int"]),
        ("Evaluate", ["ModelDsl.FloatSpan", "ModelDsl.Targets", "int"]),
        ("Infer", ["ModelDsl.FloatSpan", "int"]),
        ("InferOne", ["ModelDsl.FloatSpan"]),
        ("InferStep", ["ModelDsl.FloatSpan", "ModelDsl.FloatSpan", "int"]),
        ("CreateGenerator", []),
        ("Generate", ["System.ReadOnlySpan<int>", "int", "ModelDsl.TokenSampler"]),
    ];

    /// <summary>Whether a member of the name cannot stand beside the generated ones, whatever it is.</summary>
    public static bool IsTaken(string name) =>
        Array.IndexOf(Values, name) >= 0 || Array.Exists(Methods, method => method.Name == name) || IsPart(name);

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
            ? [member.Name, Signature(member.Name, method.Parameters.Select(parameter => parameter.Type.ToDisplayString()))]
            : [member.Name];

    /// <summary>A method as <see cref="NamesOf"/> has it.</summary>
    public static string Signature(string name, IEnumerable<string> parameters) => $"{name}({string.Join(", ", parameters)})";

    /// <summary>Whether a member that a user wrote cannot stand beside the generated ones.</summary>
    public static bool Collides(ISymbol member)
    {
        if (member is not IMethodSymbol method)
        {
            return IsTaken(member.Name);
        }

        return Array.IndexOf(Values, method.Name) >= 0
            || IsPart(method.Name)
            || (method.Arity == 0 && Array.Exists(Methods, generated =>
                generated.Name == method.Name
                && generated.Parameters.SequenceEqual(method.Parameters.Select(parameter => parameter.Type.ToDisplayString()))));
    }

    // A long program is split into numbered methods.
    private static bool IsPart(string name)
    {
        string start = name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        return start.Length < name.Length && start is ("TrainForward" or "TrainBackward" or "InferPart");
    }

    /// <summary>Whether a piece of syntax was written by the generator.</summary>
    public static bool Contains(SyntaxTree tree) =>
        tree.FilePath.IndexOf(typeof(ModelGenerator).FullName!, StringComparison.Ordinal) >= 0;
}
