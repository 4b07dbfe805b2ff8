using System.Reflection;
using ModelDsl.Tests.Reference.Methods;

namespace ModelDsl.Tests.Reference;

/// <summary>What a layer may know of the model that it becomes part of.</summary>
internal sealed class ReferenceContext(ModelDescription description)
{
    private Dictionary<string, int> _counts = [];
    private string _scope = "";
    private readonly List<(string Tensor, LayerAttribute Layer)> _weights = [];
    private readonly Dictionary<Type, string> _sharedScopes = [];
    private readonly Dictionary<string, string> _tied = [];
    private int _next;

    /// <summary>The compiled model's description.</summary>
    public ModelDescription Description => description;

    /// <summary>The name of a tower or head: that of its block, numbered where the block is used more than once.</summary>
    public string BranchName(Type[] blocks, int number)
    {
        string name = char.ToLowerInvariant(blocks[number].Name[0]) + blocks[number].Name[1..];
        int copies = blocks.Count(block => block == blocks[number]);
        return copies == 1 ? name : $"{name}{blocks[..(number + 1)].Count(block => block == blocks[number])}";
    }

    /// <summary>All parameters, laid out as the model's own.</summary>
    public double[] Parameters { get; } = new double[description.ParameterLength];

    /// <summary>The extents of one sample at this place; a layer that changes them says so.</summary>
    public int[] Shape { get; set; } = [.. description.InputShape.Dimensions];

    /// <summary>The number of elements of one sample at this place.</summary>
    public int Count => Shape.Aggregate(1, (product, extent) => product * extent);

    /// <summary>
    /// The number of the layer at hand among all of the model, from 0 for the input; a layer comes before those of its
    /// blocks.
    /// </summary>
    public int Index { get; private set; }

    /// <summary>What layers add for their activities.</summary>
    public double ActivityPenalty { get; set; }

    /// <summary>λ₁·Σ|w| + λ₂·Σw² over the trained weights of all layers that ask for it.</summary>
    public double WeightPenalty => _weights.Sum(entry =>
    {
        double Factor(string option) => entry.Layer.GetType().GetProperty(option)?.GetValue(entry.Layer) as double? ?? 0;
        (double l1, double l2) = (Factor("WeightL1"), Factor("WeightL2"));
        return description.Parameters
            .Where(parameter => parameter.Name == entry.Tensor && parameter.Offset < description.TrainableLength)
            .SelectMany(parameter => Parameters[parameter.Offset..(parameter.Offset + parameter.Shape.Count)])
            .Sum(w => (l1 * Math.Abs(w)) + (l2 * w * w));
    });

    /// <summary>What the labels of a sample weigh in the loss of a model with one loss; 1 where it has none.</summary>
    public double LabelWeight(Batch sample) => description.Heads.IsEmpty && sample.Labels is { } labels
        ? labels
            .Where(label => label != description.IgnoredLabel)
            .Sum(label => description.ClassWeights.IsEmpty ? 1.0 : description.ClassWeights[label])
        : 1;

    /// <summary>Whether the layer at hand, or one whose block it is part of, is frozen.</summary>
    public bool IsFrozen { get; private set; }

    /// <summary>What dropout masks are drawn from, or null in inference mode.</summary>
    public DropoutDraw? Draw { get; set; }

    /// <summary>Which tokens of the batch at hand are padding.</summary>
    public bool[] IsPadding { get; set; } = [];

    /// <summary>The layer's name by the compiler's rule: the user's own, or the kind and its number.</summary>
    public string NameOf(LayerAttribute attribute, string kind)
    {
        string next = NextName(kind);
        string name = attribute.Name is null ? next : NameInScope(attribute.Name);
        _weights.Add(($"{name}.weight", attribute));
        return name;
    }

    /// <summary>The name of the next layer of a kind that its author has not named.</summary>
    public string NextName(string kind)
    {
        int number = _counts.GetValueOrDefault(kind) + 1;
        _counts[kind] = number;
        return NameInScope($"{kind}{number}");
    }

    /// <summary>The whole name of what is part of the block at hand.</summary>
    public string NameInScope(string name) => _scope + name;

    /// <summary>The layers, and the loss if there is one, of a model or of a block that is a layer's own.</summary>
    /// <param name="type">The class with the attributes.</param>
    /// <param name="scope">What the names of a block's layers start with: <c>residual1.</c>.</param>
    public object[] Create(Type type, string scope = "")
    {
        List<object> parts = [];
        InScope(scope, () =>
        {
            MethodInfo? forward = MethodTwins.ForwardOf(type);
            foreach (LayerAttribute attribute in type.GetCustomAttributes<LayerAttribute>())
            {
                // A method stands between the input and the loss.
                if (forward is not null && attribute is not InputAttribute)
                {
                    parts.Add(new ReferenceGraph(forward, this));
                    forward = null;
                }

                parts.Add(CreatePart(attribute));
            }

            if (forward is not null)
            {
                parts.Add(new ReferenceGraph(forward, this));
            }

            return 0;
        });
        return [.. parts];
    }

    /// <summary>The layer that an attribute stands for.</summary>
    public IReferenceLayer CreateLayer(LayerAttribute attribute) => (IReferenceLayer)CreatePart(attribute);

    /// <summary>The layers of a block in a row, from the shape at hand to the one behind them.</summary>
    public Func<double[], int, double[]> CreateBlock(Type type, string scope)
    {
        IReferenceLayer[] layers = [.. Create(type, ScopeOf(type, scope)).Cast<IReferenceLayer>()];
        return (input, batch) => layers.Aggregate(input, (values, layer) => layer.Forward(values, batch));
    }

    /// <summary>Does what makes the layers of a block, with their names.</summary>
    public T InBlock<T>(Type type, string scope, Func<T> create) => InScope(ScopeOf(type, scope), create);

    /// <summary>The weight of a layer that names another one, beside it or by its whole path, and may be named itself.</summary>
    public ArraySegment<double> TiedWeight(string layer, string owner, params int[] shape)
    {
        string[] paths = [_scope + owner, owner];
        string weight = paths.Select(path => _tied.GetValueOrDefault(path, $"{path}.weight"))
            .First(name => description.Parameters.Any(parameter => parameter.Name == name));
        _tied[layer] = weight;
        return Parameter(weight, shape);
    }

    /// <summary>The values of a parameter tensor, which follow changes of <see cref="Parameters"/>.</summary>
    public ArraySegment<double> Parameter(string name, params int[] shape)
    {
        ParameterDescription parameter = description.Parameters.Single(candidate => candidate.Name == name);
        Assert.Equal(new Shape(shape), parameter.Shape);
        return new ArraySegment<double>(Parameters, parameter.Offset, parameter.Shape.Count);
    }

    private object CreatePart(LayerAttribute attribute)
    {
        Index = _next++;
        bool isOuterFrozen = IsFrozen;
        IsFrozen |= attribute.Frozen;
        object part = ReferenceParts.Create(attribute, this);
        IsFrozen = isOuterFrozen;
        return part;
    }

    // The parameters of a shared block are those of its first use.
    private string ScopeOf(Type type, string scope)
    {
        if (!type.GetCustomAttribute<BlockAttribute>()!.Shared)
        {
            return scope;
        }

        _sharedScopes.TryAdd(type, scope);
        return _sharedScopes[type];
    }

    private T InScope<T>(string scope, Func<T> create)
    {
        (string outerScope, Dictionary<string, int> outerCounts) = (_scope, _counts);
        (_scope, _counts) = (scope, []);
        T created = create();
        (_scope, _counts) = (outerScope, outerCounts);
        return created;
    }
}
