namespace ModelDsl.Generator.Shapes;

/// <summary>A block where it is used, with the shapes that it has there.</summary>
/// <param name="Name">The block's class.</param>
/// <param name="Layers">Its layers.</param>
/// <param name="Input">The shape that flows in.</param>
/// <param name="Output">The shape that flows out.</param>
internal sealed record BoundBlock(string Name, EquatableArray<BoundLayer> Layers, TensorShape Input, TensorShape Output)
{
    /// <summary>What flows out; null for the first output of the last layer.</summary>
    public LayerSource? Result { get; init; }

    /// <summary>The block's class with its namespace.</summary>
    public string FullName { get; init; } = Name;

    /// <summary>
    /// What the paths of its parameters begin with: those of its first use, where several share them.
    /// </summary>
    public LayerPath ParameterScope { get; init; } = LayerPath.Model;

    /// <summary>Whether all of its layers can run one step of a sequence at a time.</summary>
    public bool CanStep
    {
        get
        {
            foreach (BoundLayer layer in Layers)
            {
                if (!layer.CanStep)
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>The block with the shapes of one step of its sequence.</summary>
    public BoundBlock ForOneStep(CancellationToken cancellation) => this with
    {
        Input = Input.OneStep,
        Output = Output.OneStep,
        Layers = Layers.Select(layer => layer.ForOneStep(cancellation)).ToEquatableArray(),
    };
}
