namespace ModelDsl.Generator.Shapes;

/// <summary>A layer whose arguments and shapes are known to fit.</summary>
/// <param name="Definition">What the layer means.</param>
/// <param name="Declaration">The attribute.</param>
/// <param name="Place">Where it stands.</param>
/// <param name="Ordinal">The layer's number among all of the model, those within blocks included.</param>
/// <param name="Path">The way to the layer, through the blocks around it.</param>
/// <param name="Input">The shape that flows in.</param>
/// <param name="Output">The shape that flows out; that of the first output where there are several.</param>
/// <param name="Blocks">The blocks that it is composed of, each as often as it is used.</param>
/// <param name="IsFrozen">Whether its parameters stay as they are in training.</param>
internal sealed record BoundLayer(
    LayerRule Definition,
    LayerDeclaration Declaration,
    LayerPlace Place,
    int Ordinal,
    LayerPath Path,
    TensorShape Input,
    TensorShape Output,
    EquatableArray<BoundBlock> Blocks,
    bool IsFrozen)
{
    /// <summary>The outputs of layers of the same list that flow in.</summary>
    public EquatableArray<LayerSource> Sources { get; init; } = [];

    /// <summary>The shapes of all that flows in; <see cref="Input"/> is the first.</summary>
    public EquatableArray<TensorShape> Inputs { get; init; } = [Input];

    /// <summary>The shapes of all that flows out; <see cref="Output"/> is the first.</summary>
    public EquatableArray<TensorShape> Outputs { get; init; } = [Output];

    /// <summary>
    /// Whether all that flows in is one for the whole batch, so that what flows out is too. The blocks that such a
    /// layer is composed of have the shapes of a batch of one sample.
    /// </summary>
    public bool IsOfParameters { get; init; }

    /// <summary>The number of the layer in its list.</summary>
    public int Number => Place.Number;

    /// <summary>The number of the model's attribute that it is, or that the block around it came from.</summary>
    public int Index => Place.Index;

    /// <summary>
    /// The path that the layer's parameters are named after: that of the first layer that has them, where several share them.
    /// </summary>
    public LayerPath ParameterPath { get; init; } = Path;

    /// <summary>The <see cref="ParameterPath"/> of the layer whose weight this one uses; null where it has its own.</summary>
    public LayerPath? TiedTo { get; init; }

    /// <summary>The path as an identifier: <c>repeat1_0_dense1</c>.</summary>
    public string Name => Path.ToString("_");

    /// <summary>The arguments, those that are not written included.</summary>
    public T Arguments<T>()
        where T : class => Declaration.Read<T>();

    /// <summary>
    /// Whether the layer can run one step of a sequence at a time; see <see cref="LayerRule.CanStep"/>.
    /// </summary>
    public bool CanStep => IsOfParameters || Definition.CanStep(this);

    /// <summary>The layer as it is for a batch of one sample, where it has the parameters for its input.</summary>
    public BoundLayer ForOneSample() => this with
    {
        IsOfParameters = false,
        Input = Input.OfSample,
        Inputs = Inputs.Select(input => input.OfSample).ToEquatableArray(),
        Output = Output.OfSample,
        Outputs = Outputs.Select(output => output.OfSample).ToEquatableArray(),
    };

    /// <summary>The layer with the shapes of one step of its sequence.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public BoundLayer ForOneStep(CancellationToken cancellation)
    {
        cancellation.Look();
        return IsOfParameters ? this : this with
        {
            Input = Input.OneStep,
            Inputs = Inputs.Select(input => input.OneStep).ToEquatableArray(),
            Output = Output.OneStep,
            Outputs = Outputs.Select(output => output.OneStep).ToEquatableArray(),
            Blocks = Blocks.Select(block => block.ForOneStep(cancellation)).ToEquatableArray(),
        };
    }

    /// <summary>Whether the layer is like that.</summary>
    public bool Has(LayerTraits trait) => (Definition.Traits & trait) != 0;
}
