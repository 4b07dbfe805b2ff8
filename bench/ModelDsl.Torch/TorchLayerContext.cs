using System.Reflection;

namespace Benchmarks.Torch;

/// <summary>What a layer may know of the model that it becomes part of.</summary>
internal sealed class TorchLayerContext
{
    private readonly List<KeyValuePair<string, Parameter>> _parameters = [];
    private readonly List<KeyValuePair<string, Tensor>> _states = [];
    private readonly List<(Parameter Weight, float L1, float L2)> _penalized = [];
    private readonly Dictionary<Type, string> _sharedScopes = [];
    private readonly Dictionary<string, Parameter> _tied = [];
    private Dictionary<string, int> _counts = [];
    private string _scope = "";
    private bool _isFrozen;

    /// <summary>The extents of one sample at this place; a layer that changes them says so.</summary>
    public long[] Shape { get; set; } = [];

    /// <summary>The attribute before this one in the same row of layers, or null for the first.</summary>
    public LayerAttribute? Previous { get; private set; }

    /// <summary>Whether the model is in training mode, which may change later.</summary>
    public bool Training { get; set; } = true;

    /// <summary>Which steps of the batch at hand are padding: [batch, steps]; null where the model has none.</summary>
    public Tensor? IsPadding { get; set; }

    /// <summary>The token that stands for padding; null where there is none.</summary>
    public int? Padding { get; private set; }

    /// <summary>Whether a block around the layer at hand is frozen.</summary>
    public bool IsFrozen => _isFrozen;

    public IReadOnlyList<KeyValuePair<string, Parameter>> Parameters => _parameters;

    /// <summary>The tensors that are kept, but not trained.</summary>
    public IReadOnlyList<KeyValuePair<string, Tensor>> States => _states;

    /// <summary>Whether training minimises penalties along with the loss.</summary>
    public bool HasPenalties { get; set; }

    /// <summary>What the layers of the last forward pass add for their activities, or null.</summary>
    public Tensor? ActivityPenalty { get; set; }

    /// <summary>All penalties of the last forward pass.</summary>
    public Tensor Penalties() => _penalized
        .Select(entry => (entry.L1 * entry.Weight.abs().sum()) + (entry.L2 * entry.Weight.square().sum()))
        .Append(ActivityPenalty ?? zeros([]))
        .Aggregate((left, right) => left + right);

    /// <summary>The layer's name by the compiler's rule: the user's own, or the kind and its number.</summary>
    public string NameOf(LayerAttribute attribute, string kind)
    {
        int number = _counts.GetValueOrDefault(kind) + 1;
        _counts[kind] = number;
        return _scope + (attribute.Name ?? $"{kind}{number}");
    }

    /// <summary>The layers, and the loss if there is one, of a model or of a block.</summary>
    public TorchChain CreateChain(Type type)
    {
        List<ITorchLayer> layers = [];
        ITorchLoss? loss = null;
        bool hasMethod = TorchMethods.HasMethod(type);
        foreach (LayerAttribute attribute in type.GetCustomAttributes<LayerAttribute>())
        {
            if (attribute is InputAttribute input)
            {
                Shape = [.. input.Dimensions.Select(extent => (long)extent)];
                Padding = input.Padding < 0 ? null : input.Padding;
            }
            else
            {
                AddMethod();

                // Several heads are both: they make the outputs, and compare them.
                object part = TorchParts.Create(attribute, this);
                if (part is ITorchLayer layer)
                {
                    layers.Add(layer);
                }

                loss = part as ITorchLoss ?? loss;
            }

            Previous = attribute;
        }

        AddMethod();
        return new TorchChain(layers, loss);

        // It stands between the input and the loss.
        void AddMethod()
        {
            if (hasMethod)
            {
                layers.Add(TorchMethods.Create(type, this));
                hasMethod = false;
            }
        }
    }

    /// <summary>The whole name of what is part of the block at hand.</summary>
    public string NameInScope(string name) => _scope + name;

    /// <summary>Does what makes the parameters of a block, with their names.</summary>
    public T InScope<T>(string scope, Func<T> create)
    {
        (string outerScope, Dictionary<string, int> outerCounts) = (_scope, _counts);
        (_scope, _counts) = (scope, []);
        T created = create();
        (_scope, _counts) = (outerScope, outerCounts);
        return created;
    }

    /// <summary>The name of a tower or head: that of its block, numbered where the block is used more than once.</summary>
    public static string BranchName(Type[] blocks, int number)
    {
        string name = char.ToLowerInvariant(blocks[number].Name[0]) + blocks[number].Name[1..];
        int copies = blocks.Count(block => block == blocks[number]);
        return copies == 1 ? name : $"{name}{blocks[..(number + 1)].Count(block => block == blocks[number])}";
    }

    /// <summary>The layers of a block that a layer is made of, from the shape at hand to the one behind them.</summary>
    /// <param name="type">The block's class.</param>
    /// <param name="scope">What the names of the block's layers start with: <c>residual1.</c>.</param>
    /// <param name="owner">The layer; where it is frozen, so is the block.</param>
    public TorchChain CreateBlock(Type type, string scope, LayerAttribute owner)
    {
        // The parameters of a shared block are those of its first use.
        if (type.GetCustomAttribute<BlockAttribute>()!.Shared)
        {
            _sharedScopes.TryAdd(type, scope);
            scope = _sharedScopes[type];
        }

        var outer = (_scope, _counts, _isFrozen, Previous);
        (_scope, _counts, _isFrozen, Previous) = (scope, [], _isFrozen || owner.Frozen, null);
        TorchChain block = CreateChain(type);
        (_scope, _counts, _isFrozen, Previous) = outer;
        return block;
    }

    /// <summary>The weight of a layer that names another one, beside it or by its whole path, and may be named itself.</summary>
    /// <exception cref="NotSupportedException">The other one has no weight.</exception>
    public Parameter TiedWeight(string layer, string owner)
    {
        string[] paths = [_scope + owner, owner];
        return _tied[layer] = paths.Select(path => _tied.GetValueOrDefault(path) ?? Find($"{path}.weight")).FirstOrDefault(weight => weight is not null)
            ?? throw new NotSupportedException($"no layer {owner} has a weight");
    }

    /// <summary>
    /// Adds a tensor that is trained, unless its layer or a block around it is frozen; the same where it was added before.
    /// </summary>
    public Parameter AddParameter(LayerAttribute layer, string name, params long[] shape)
    {
        if (Find(name) is { } shared)
        {
            return shared;
        }

        Parameter parameter = new(zeros(shape), requires_grad: !_isFrozen && !layer.Frozen);
        _parameters.Add(new(name, parameter));
        float Factor(string option) => layer.GetType().GetProperty(option)?.GetValue(layer) is double factor ? (float)factor : 0f;
        if (name.EndsWith(".weight", StringComparison.Ordinal) && parameter.requires_grad && Factor("WeightL1") + Factor("WeightL2") > 0f)
        {
            _penalized.Add((parameter, Factor("WeightL1"), Factor("WeightL2")));
            HasPenalties = true;
        }

        return parameter;
    }

    /// <summary>Adds a module's own tensor, which is trained unless its layer or a block around it is frozen.</summary>
    public void AddParameter(LayerAttribute layer, string name, Parameter parameter)
    {
        parameter.requires_grad_(!_isFrozen && !layer.Frozen);
        _parameters.Add(new(name, parameter));
    }

    /// <summary>Adds a tensor that is kept, but not trained.</summary>
    public Tensor AddState(string name, params long[] shape)
    {
        if (_states.Find(entry => entry.Key == name).Value is { } shared)
        {
            return shared;
        }

        Tensor state = zeros(shape).DetachFromDisposeScope();
        _states.Add(new(name, state));
        return state;
    }

    private Parameter? Find(string name) => _parameters.Find(entry => entry.Key == name).Value;
}
