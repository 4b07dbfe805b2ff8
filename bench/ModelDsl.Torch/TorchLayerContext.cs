using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Torch;

/// <summary>What a layer may know of the model that it becomes part of.</summary>
internal sealed class TorchLayerContext
{
    private readonly List<KeyValuePair<string, Parameter>> _parameters = [];
    private readonly Dictionary<string, int> _counts = [];

    /// <summary>The extents of one sample at this place; a layer that changes them says so.</summary>
    public long[] Shape { get; set; } = [];

    /// <summary>The attribute before this one.</summary>
    public LayerAttribute? Previous { get; set; }

    /// <summary>Whether the model is in training mode, which may change later.</summary>
    public bool Training { get; set; } = true;

    public IReadOnlyList<KeyValuePair<string, Parameter>> Parameters => _parameters;

    /// <summary>The layer's name by the compiler's rule: the user's own, or the kind and its number.</summary>
    public string NameOf(LayerAttribute attribute, string kind)
    {
        int number = _counts.GetValueOrDefault(kind) + 1;
        _counts[kind] = number;
        return attribute.Name ?? $"{kind}{number}";
    }

    /// <summary>Adds a tensor that is trained.</summary>
    public Parameter AddParameter(string name, params long[] shape)
    {
        Parameter parameter = new(zeros(shape));
        _parameters.Add(new(name, parameter));
        return parameter;
    }
}
