using ModelDsl.Generator.Emission;
using ModelDsl.Generator.Lowering;

namespace ModelDsl.Tool.Explaining;

/// <summary>The names of a program's values, as the generated code has them where no two would be the same.</summary>
internal sealed class ValueNames
{
    private const string Samples = "samples";

    private readonly Dictionary<Value, string> _names = [];
    private readonly UniqueNames _unique = new([Samples, "targets", "batch", "arena", "parameters", "gradients"]);

    public string Of(Value value)
    {
        Value root = value.Root;
        if (!_names.TryGetValue(root, out string? name))
        {
            name = root.Kind == ValueKind.Input ? Samples : _unique.Take(UniqueNames.Of(root.Id));
            _names.Add(root, name);
        }

        return name;
    }
}
