namespace ModelDsl;

/// <summary>A layer that reads a sequence step by step, where each step sees the output of the one before.</summary>
/// <remarks>
/// A step that is padding (<see cref="InputAttribute.Padding"/>) changes nothing: the state stays what it was, of an
/// <c>Lstm</c> the cell too, the step's output is that state, and no gradient comes from the step. This is what a mask
/// means in Keras. Where padding is at the end, the outputs before it and the last state are those of PyTorch's packed
/// sequences, whose outputs at padding are zero instead. A generator takes no padding.
/// </remarks>
/// <param name="units">The number of units, which is the number of output features; at least 1.</param>
public abstract class RecurrentAttribute(int units) : LayerAttribute, IBiasArguments
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

/// <summary>
/// A recurrent layer along the steps of a sequence: h ← f(W·x + U·h + b) is the output. At the start, h = 0. Elman
/// (1990).
/// </summary>
/// <remarks>
/// Tensors: <c>weight</c> of [units, features], <c>recurrentWeight</c> of [units, units] and <c>bias</c> of [units].
/// PyTorch has two biases, of which only the sum matters; <c>bias</c> is that sum. Weights start uniform in ±1/√units,
/// as PyTorch's do, and biases at zero.
/// </remarks>
/// <param name="units">The number of units, which is the number of output features; at least 1.</param>
public sealed class SimpleRnnAttribute(int units) : RecurrentAttribute(units)
{
    /// <summary>The function f. Default: <see cref="RecurrentActivation.Tanh"/>.</summary>
    public RecurrentActivation Activation { get; set; }
}

/// <summary>
/// A long short-term memory along the steps of a sequence: with i, f, o = σ(W·x + U·h + b) and g = tanh(W·x + U·h + b),
/// each with its own rows of the weights, c ← f·c + i·g and h ← o·tanh(c); h is the output. At the start, h = c = 0.
/// Hochreiter and Schmidhuber (1997), with the forget gate of Gers, Schmidhuber and Cummins (2000).
/// </summary>
/// <remarks>
/// Tensors: <c>weight</c> of [4·units, features], <c>recurrentWeight</c> of [4·units, units] and <c>bias</c> of
/// [4·units], rows in PyTorch's order i, f, g, o. PyTorch has two biases, of which only the sum matters; <c>bias</c> is
/// that sum. Weights start uniform in ±1/√units, as PyTorch's do, and biases at zero.
/// </remarks>
/// <param name="units">The number of units, which is the number of output features; at least 1.</param>
public sealed class LstmAttribute(int units) : RecurrentAttribute(units);

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
public sealed class GruAttribute(int units) : RecurrentAttribute(units);
