namespace ModelDsl;

/// <summary>
/// Gated recurrent units along the steps of a sequence: r, z = σ(W·x + b + U·h + d) and n = tanh(W·x + b + r·(U·h +
/// d)), each with its own rows of the weights; h ← (1 - z)·n + z·h is the output. At the start, h = 0. Cho et al.
/// (2014), in the variant where the reset gate r multiplies the product (PyTorch's, and Keras' <c>reset_after</c>).
/// </summary>
/// <remarks>
/// Tensors: <c>weight</c> (W) of [3·units, features] with <c>bias</c> (b), <c>recurrentWeight</c> (U) of [3·units,
/// units] with <c>recurrentBias</c> (d), rows in PyTorch's order r, z, n. Weights start uniform in ±1/√units, as
/// PyTorch's do, and biases at zero.
/// </remarks>
/// <param name="units">The number of units, which is the number of output features; at least 1.</param>
public sealed class GruAttribute(int units) : LayerAttribute, IRecurrentArguments
{
    /// <summary>The number of units.</summary>
    public int Units { get; } = units;

    /// <summary>
    /// Whether the result is the outputs of all steps, [steps, units], rather than the output of the step that is read
    /// last, [units]. Default: true.
    /// </summary>
    public bool ReturnSequences { get; set; } = true;

    /// <summary>
    /// Whether the sequence is read from its last step to its first. Outputs keep the order of the steps, so that a
    /// <see cref="ConcatAttribute{TFirst,TSecond}"/> of two blocks, one of which reads backwards, is a bidirectional
    /// layer. Default: false.
    /// </summary>
    public bool GoBackwards { get; set; }

    /// <summary>Whether biases are added. Default: true.</summary>
    public bool UseBias { get; set; } = true;

    /// <summary>
    /// Whether the compiler unrolls the steps: writes out the operations of each. Default:
    /// <see cref="Unrolling.Automatic"/>.
    /// </summary>
    public Unrolling Unroll { get; set; }
}
