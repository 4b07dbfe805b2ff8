namespace ModelDsl;

// Recurrent layers that take a state and return one.
public sealed partial class Tensor
{
    /// <summary>
    /// A <see cref="Gru"/> that begins with a given state and returns the last one besides its outputs, as PyTorch's
    /// <c>nn.GRU</c> does with h₀ and hₙ, and Keras's <c>GRU</c> with <c>initial_state</c> and <c>return_state</c>.
    /// Where the last state of one layer is the initial one of another, an encoder hands on to a decoder what it has
    /// read (Sutskever et al., "Sequence to Sequence Learning with Neural Networks", 2014).
    /// </summary>
    /// <remarks>
    /// The last state is the output of the step that is read last, which is the first of the sequence where
    /// <paramref name="goBackwards"/> is set. A step of padding keeps the state, so that the last state is that behind
    /// the last step that is none. The initial state has a gradient, and so has what the last one is used for.
    /// </remarks>
    /// <param name="units">The number of units, which is the number of output features; at least 1.</param>
    /// <param name="initialState">The state that the first step reads, [units]; zeros by default.</param>
    /// <param name="goBackwards">
    /// Whether the sequence is read from its last step to its first. Outputs keep the order of the steps.
    /// </param>
    /// <param name="useBias">Whether biases are added.</param>
    /// <param name="unroll">Whether the compiler unrolls the steps: writes out the operations of each.</param>
    /// <param name="name">The layer's name; by default <c>gru</c> and its number, as that of <see cref="Gru"/>.</param>
    /// <param name="frozen">Whether the layer's parameters are excluded from training.</param>
    /// <returns>The outputs of all steps, [steps, units], and the last state, [units].</returns>
    public (Tensor Outputs, Tensor State) GruWithState(
        int units,
        Tensor? initialState = null,
        bool goBackwards = false,
        bool useBias = true,
        Unrolling unroll = Unrolling.Automatic,
        string? name = null,
        bool frozen = false)
        => throw IsOnlyRead();

    /// <summary>
    /// A <see cref="SimpleRnn"/> that begins with a given state and returns the last one besides its outputs, as
    /// <see cref="GruWithState"/> does.
    /// </summary>
    /// <param name="units">The number of units, which is the number of output features; at least 1.</param>
    /// <param name="initialState">The state that the first step reads, [units]; zeros by default.</param>
    /// <param name="activation">The function of the outputs.</param>
    /// <param name="goBackwards">
    /// Whether the sequence is read from its last step to its first. Outputs keep the order of the steps.
    /// </param>
    /// <param name="useBias">Whether biases are added.</param>
    /// <param name="unroll">Whether the compiler unrolls the steps: writes out the operations of each.</param>
    /// <param name="name">
    /// The layer's name; by default <c>simpleRnn</c> and its number, as that of <see cref="SimpleRnn"/>.
    /// </param>
    /// <param name="frozen">Whether the layer's parameters are excluded from training.</param>
    /// <returns>The outputs of all steps, [steps, units], and the last state, [units].</returns>
    public (Tensor Outputs, Tensor State) SimpleRnnWithState(
        int units,
        Tensor? initialState = null,
        RecurrentActivation activation = RecurrentActivation.Tanh,
        bool goBackwards = false,
        bool useBias = true,
        Unrolling unroll = Unrolling.Automatic,
        string? name = null,
        bool frozen = false)
        => throw IsOnlyRead();

    /// <summary>
    /// An <see cref="Lstm"/> that begins with a given state and returns the last one besides its outputs, as PyTorch's
    /// <c>nn.LSTM</c> does with (h₀, c₀) and (hₙ, cₙ); in Keras the parts of a state stand in a list. See
    /// <see cref="GruWithState"/> for what the last state is.
    /// </summary>
    /// <param name="units">The number of units, which is the number of output features; at least 1.</param>
    /// <param name="initialState">
    /// The output and the cell that the first step reads, [units] each; zeros by default.
    /// </param>
    /// <param name="goBackwards">
    /// Whether the sequence is read from its last step to its first. Outputs keep the order of the steps.
    /// </param>
    /// <param name="useBias">Whether biases are added.</param>
    /// <param name="unroll">Whether the compiler unrolls the steps: writes out the operations of each.</param>
    /// <param name="name">
    /// The layer's name; by default <c>lstm</c> and its number, as that of <see cref="Lstm"/>.
    /// </param>
    /// <param name="frozen">Whether the layer's parameters are excluded from training.</param>
    /// <returns>
    /// The outputs of all steps, [steps, units], and the last state: the output of the step that is read last and the
    /// cell behind it, [units] each.
    /// </returns>
    public (Tensor Outputs, (Tensor Hidden, Tensor Cell) State) LstmWithState(
        int units,
        (Tensor Hidden, Tensor Cell)? initialState = null,
        bool goBackwards = false,
        bool useBias = true,
        Unrolling unroll = Unrolling.Automatic,
        string? name = null,
        bool frozen = false)
        => throw IsOnlyRead();
}
