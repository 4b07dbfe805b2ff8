using Microsoft.CodeAnalysis.CSharp;

namespace ModelDsl.Generator.Emission;

/// <summary>Names within one scope of the emitted code, no two of them the same.</summary>
/// <param name="reserved">The names that are taken from the beginning.</param>
internal sealed class UniqueNames(IEnumerable<string> reserved)
{
    private readonly HashSet<string> _taken = new(reserved, StringComparer.Ordinal);

    /// <summary>A name, numbered where an earlier one is the same.</summary>
    public string Take(string wanted)
    {
        string name = wanted;
        for (int number = 2; !_taken.Add(name); number++)
        {
            name = $"{wanted}{number}";
        }

        // A layer called "String" has a variable of a keyword's name.
        return SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;
    }

    /// <summary>What a tensor is best called: <c>repeat1_0_dense1WeightGradient</c>.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="copy">
    /// The copy of a block that goes unnamed, because the code is that of all copies; null for none.
    /// </param>
    public static string Of(TensorId tensor, LayerPath? copy = null)
    {
        // An output has the author's name for it where there is one.
        LayerPath path = tensor is { Name: "", Layer: { Local: { } local, Parent: { } around } }
            ? around.Then(local)
            : tensor.Layer;
        string layer = Of(path, copy);
        return layer + (layer.Length == 0 ? tensor.Name : Capitalized(tensor.Name)) + tensor.Role;
    }

    /// <summary>What a layer is best called: <c>repeat1_0_dense1</c>.</summary>
    public static string Of(LayerPath layer, LayerPath? copy = null) => (copy is null ? layer : layer.Without(copy)).ToString("_");

    /// <summary>A name as a member has it.</summary>
    public static string Capitalized(string name) => name.Length == 0 ? "" : char.ToUpperInvariant(name[0]) + name.Substring(1);
}
