namespace ModelDsl.Generator.Lowering.Recurrent;

/// <summary>One kind of recurrent layer, as the runtime's kernel of the same name computes it.</summary>
/// <param name="Kernel">The class in the runtime's kernels: <c>Lstm</c>.</param>
/// <param name="Gates">The rows of its weights for each unit.</param>
/// <param name="GateNames">What the rows stand for, for comments.</param>
internal sealed record RecurrentCell(string Kernel, int Gates, string GateNames)
{
    /// <summary>What is kept for the backward pass besides the gates, one value for each unit; null for nothing.</summary>
    public string? Kept { get; init; }

    /// <summary>Whether <see cref="Kept"/> is a state that each step reads of the one before, in inference too.</summary>
    public bool KeptIsState { get; init; }

    /// <summary>
    /// Whether the product of the recurrent weight has a bias and a gradient of its own, because more than a sum is made of it
    /// and the input's product.
    /// </summary>
    public bool SeparatesProducts { get; init; }

    /// <summary>The function of the outputs where the kernel leaves it open.</summary>
    public ActivationFunction? Activation { get; init; }

    /// <summary>That function, for the kernel that leaves it open.</summary>
    public EquatableArray<Argument> ActivationArgument =>
        Activation is null ? [] : [Argument.Named("activation", Activation.Struct)];
}
