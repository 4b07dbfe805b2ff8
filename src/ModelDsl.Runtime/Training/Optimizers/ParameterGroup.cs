using System.Collections;

namespace ModelDsl;

/// <summary>Tensors of a model that an optimizer treats in another way than the rest.</summary>
/// <remarks>
/// A tensor may belong to several groups. Their <see cref="LearningRateFactor"/>s are multiplied, and of their
/// <see cref="WeightDecay"/>s the last that is given counts.
/// </remarks>
public sealed class ParameterGroup
{
    private readonly Func<ParameterDescription, bool> _contains;
    private readonly string? _layer;

    /// <summary>The tensors that a condition holds for.</summary>
    /// <param name="contains">The condition: of the tensor's name, its shape, or whether it is a vector.</param>
    public ParameterGroup(Func<ParameterDescription, bool> contains)
    {
        ArgumentNullException.ThrowIfNull(contains);
        _contains = contains;
    }

    /// <summary>The tensors of a layer, or of all layers of a block.</summary>
    /// <param name="layer">
    /// The first parts of the tensors' names, up to a dot: <c>dense1</c>, or <c>repeat1.0</c> for the first copy of a
    /// repeated block.
    /// </param>
    public ParameterGroup(string layer)
    {
        ArgumentException.ThrowIfNullOrEmpty(layer);
        _layer = layer;
        _contains = parameter => parameter.Name.StartsWith(layer, StringComparison.Ordinal)
            && (parameter.Name.Length == layer.Length || parameter.Name[layer.Length] == '.');
    }

    /// <summary>
    /// What the optimizer's learning rate is multiplied by, at least 0. Default: 1. With 0 the tensors stay as they
    /// are.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public float LearningRateFactor
    {
        get;
        init => field = SettingChecks.NotNegative(value);
    } = 1f;

    /// <summary>What replaces the optimizer's weight decay, at least 0. Default: none, the optimizer's own.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public float? WeightDecay
    {
        get;
        init => field = value is { } decay ? SettingChecks.NotNegative(decay) : null;
    }

    /// <summary>
    /// No weight decay for biases, the scales and shifts of normalisations and the slopes of PReLU: for all tensors
    /// that are
    /// <see cref="ParameterDescription.IsVector">vectors</see>, as is the custom with PyTorch. Weights and embeddings
    /// are matrices.
    /// </summary>
    public static ParameterGroup NoDecayOnBiasesAndNorms { get; } = new(parameter => parameter.IsVector) { WeightDecay = 0f };

    /// <summary>
    /// Learning rates that fall from the output to the input, as for fine-tuning: the last layer or block keeps the
    /// optimizer's rate, and each one before it takes the rate of the next, times a factor. Howard and Ruder (2018).
    /// </summary>
    /// <param name="model">The model, such as <c>CharGpt.Architecture</c>.</param>
    /// <param name="factor">The factor, at least 0; 0.65 to 0.95 is common.</param>
    /// <returns>
    /// A group for each layer or block that has trainable parameters; the copies of a repeated block count one by one.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The factor is negative or not finite.</exception>
    public static ImmutableArray<ParameterGroup> LayerwiseDecay(ModelDescription model, float factor)
    {
        ArgumentNullException.ThrowIfNull(model);
        SettingChecks.NotNegative(factor, nameof(factor));
        string[] blocks =
        [
            .. model.Parameters.Where(parameter => parameter.Offset < model.TrainableLength)
                .Select(parameter => BlockOf(parameter.Name)).Distinct(),
        ];
        return
        [
            .. blocks.Select((block, index) => new ParameterGroup(block)
            {
                LearningRateFactor = (float)Math.Pow(factor, blocks.Length - 1 - index),
            }),
        ];
    }

    internal bool Contains(ParameterDescription parameter) => _contains(parameter);

    /// <summary>Checks that the layer that the group names exists.</summary>
    /// <exception cref="ArgumentException">It does not.</exception>
    internal void CheckAgainst(ModelDescription model)
    {
        if (_layer is not null && !model.Parameters.Any(_contains))
        {
            throw new ArgumentException(
                $"{model.Name}: expected a layer or block with parameters for a group, got {PrintableText.Name(_layer)}; there are "
                    + string.Join(", ", model.Parameters.Select(parameter => BlockOf(parameter.Name)).Distinct()));
        }
    }

    /// <summary>The outermost layer or block around a tensor, with the number of its copy.</summary>
    private static string BlockOf(string name)
    {
        string[] parts = name.Split('.');
        return parts.Length > 2 && int.TryParse(parts[1], out _) ? $"{parts[0]}.{parts[1]}" : parts[0];
    }
}

/// <summary>The groups of an optimizer, none at first: then all tensors are treated alike.</summary>
/// <remarks>
/// Groups ask for the model's tensors. <see cref="Trainer{TModel}"/> gives them; a loop of your own steps by
/// <see cref="IOptimizer.Step(IModel)"/>, or calls <see cref="Optimizer.Attach"/> before the first step.
/// </remarks>
public sealed class ParameterGroups : IReadOnlyList<ParameterGroup>
{
    private readonly List<ParameterGroup> _groups = [];
    private bool _isClosed;

    internal ParameterGroups()
    {
    }

    /// <inheritdoc />
    public int Count => _groups.Count;

    /// <inheritdoc />
    public ParameterGroup this[int index] => _groups[index];

    /// <summary>Adds a group.</summary>
    /// <exception cref="InvalidOperationException">The optimizer has taken its first step.</exception>
    public void Add(ParameterGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        if (_isClosed)
        {
            throw new InvalidOperationException("expected groups before the optimizer knows its model, got one afterwards");
        }

        _groups.Add(group);
    }

    /// <summary>Adds groups.</summary>
    /// <exception cref="InvalidOperationException">The optimizer has taken its first step.</exception>
    public void Add(IEnumerable<ParameterGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        foreach (ParameterGroup group in groups)
        {
            Add(group);
        }
    }

    /// <inheritdoc />
    public IEnumerator<ParameterGroup> GetEnumerator() => _groups.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>From now on no group is added.</summary>
    internal void Close() => _isClosed = true;
}
