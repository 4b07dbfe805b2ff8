namespace ModelDsl;

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
public sealed class SimpleRnnAttribute(int units) : LayerAttribute, IRecurrentArguments
{
    /// <summary>The number of units.</summary>
    public int Units { get; } = units;

    /// <summary>The function f. Default: <see cref="RecurrentActivation.Tanh"/>.</summary>
    public RecurrentActivation Activation { get; set; }

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
