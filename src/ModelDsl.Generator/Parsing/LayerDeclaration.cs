using System.Globalization;
using ModelDsl.Generator.Common;

namespace ModelDsl.Generator.Parsing;

/// <summary>One layer attribute.</summary>
/// <param name="AttributeType">
/// The attribute's class by its metadata name: <c>ModelDsl.DenseAttribute</c>, <c>ModelDsl.RepeatAttribute`1</c>.
/// </param>
/// <param name="Text">The attribute as written: <c>Dense(512)</c>.</param>
/// <param name="Arguments">The arguments by name: constructor parameters (<c>units</c>) and properties (<c>UseBias</c>).</param>
/// <param name="TypeArguments">The types between the angle brackets of a generic attribute.</param>
/// <param name="IsWellFormed">False where the C# compiler itself rejects the attribute.</param>
internal sealed record LayerDeclaration(
    string AttributeType,
    string Text,
    EquatableArray<LayerArgument> Arguments,
    EquatableArray<TypeArgument> TypeArguments,
    bool IsWellFormed)
{
    /// <summary>Stands among <see cref="Sources"/> for what flows into the whole list.</summary>
    public const int FlowsIn = -1;

    /// <summary>
    /// The numbers of the layers of the same list whose outputs this one takes, in order. Empty for the layer before it, as in every
    /// list of attributes.
    /// </summary>
    public EquatableArray<int> Sources { get; init; } = [];

    /// <summary>The sources of the layer where it stands at a number of its list.</summary>
    public EquatableArray<int> SourcesAt(int number) => Sources.IsEmpty ? [number - 1] : Sources;

    /// <summary>The layer's kind as users say it: <c>Dense</c>.</summary>
    public string Kind
    {
        get
        {
            string name = AttributeType.Substring(AttributeType.LastIndexOf('.') + 1).Split('`')[0];
            const string suffix = "Attribute";
            return name.EndsWith(suffix, StringComparison.Ordinal) ? name.Substring(0, name.Length - suffix.Length) : name;
        }
    }

    public bool Has(string argument) => Find(argument) is not null;

    public int Int(string argument, int otherwise = 0) =>
        Find(argument)?.Scalar is { } value ? Convert.ToInt32(value, CultureInfo.InvariantCulture) : otherwise;

    public float Float(string argument, float otherwise = 0f) =>
        Find(argument)?.Scalar is { } value ? Convert.ToSingle(value, CultureInfo.InvariantCulture) : otherwise;

    public bool Bool(string argument, bool otherwise = false) =>
        Find(argument)?.Scalar as bool? ?? otherwise;

    public string? String(string argument) => Find(argument)?.Scalar as string;

    public EquatableArray<int> Ints(string argument) => Find(argument)?.Elements ?? [];

    public EquatableArray<float> Floats(string argument) => Find(argument)?.Numbers ?? [];

    private LayerArgument? Find(string argument)
    {
        foreach (LayerArgument candidate in Arguments)
        {
            if (candidate.Name == argument)
            {
                return candidate;
            }
        }

        return null;
    }
}
