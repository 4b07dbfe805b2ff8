namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>A function of one element, by the runtime's struct that computes it.</summary>
/// <param name="TypeName">The struct in the runtime's kernels: <c>Relu</c>.</param>
/// <param name="Arguments">The arguments of its constructor.</param>
internal sealed record ActivationFunction(string TypeName, EquatableArray<Argument> Arguments = default)
{
    /// <summary>The runtime's struct.</summary>
    public KernelObject Struct => new(TypeName, Arguments);

    /// <summary>What specialises a kernel or a stage for it.</summary>
    public KernelType Type => new(TypeName);

    /// <summary>The function that changes nothing.</summary>
    public static ActivationFunction Identity { get; } = new("Identity");

    /// <summary>Whether the derivative is taken from the output, as the runtime's struct says; else from the input.</summary>
    public bool DerivativeUsesOutput { get; init; }

    /// <summary>
    /// Whether the derivative is zero wherever the output is. Then a dropped element needs no mask: its zero is mask enough.
    /// </summary>
    public bool VanishesWithOutput { get; init; }
}
