namespace ModelDsl.TestModels;

/// <summary>An encoder whose last state is where a decoder begins, with each step written down.</summary>
[Model, Input(7, 3, Sequence = true), MeanSquaredError]
public partial class GruTranslator
{
    private static Tensor Forward(Tensor x)
    {
        (_, Tensor state) = x[..4].GruWithState(5);
        (Tensor decoded, _) = x[4..].Dense(4).GruWithState(5, initialState: state);
        return decoded.Dense(2);
    }
}

/// <summary>
/// In loops and backwards, from a state that is learned; outputs and states are read by several layers. More units than
/// a vector has lanes.
/// </summary>
[Model, Input(11, 3, Sequence = true), MeanSquaredError]
public partial class GruStates
{
    private static Tensor Forward(Tensor x, [Parameter(17)] Tensor start)
    {
        var (encoded, state) = x.GruWithState(17, initialState: start, goBackwards: true, useBias: false);
        var (decoded, last) = encoded.GruWithState(17, initialState: state.Dense(17).Tanh() + encoded[2]);
        return (decoded.GlobalAveragePool() + encoded[^1], last * state, x.GruWithState(4, state[..4]).State)
            .Concat()
            .Dense(3);
    }
}

/// <summary>Steps of padding keep the state that is given, and no padding follows the state.</summary>
[Model, Input(6, Type = ElementType.Token, Padding = 0), MeanSquaredError]
public partial class GruPaddedStates
{
    private static Tensor Forward(Tensor words, [Parameter(6)] Tensor start)
    {
        Tensor x = words.Embedding(4, 3);
        (_, Tensor backward) = x.GruWithState(6, start, goBackwards: true);
        (Tensor forward, Tensor last) = x.GruWithState(6, backward);
        return (forward.GlobalAveragePool(), last.Softmax(0)).Concat().Dense(2);
    }
}

/// <summary>The same in a loop, stored in 16 bits.</summary>
[Model(Precision = Precision.BFloat16), Input(10, Type = ElementType.Token, Padding = 0), SoftmaxCrossEntropy]
public partial class GruStatesBFloat16
{
    private static Tensor Forward(Tensor words)
    {
        Tensor x = words.Embedding(4, 5);
        (_, Tensor state) = x.GruWithState(7);
        return x.GruWithState(7, state, goBackwards: true).State.Dense(3);
    }
}

/// <summary>With the gradient of each sample clipped.</summary>
[Model(PerSampleClipping = true), Input(10, 3, Sequence = true), SoftmaxCrossEntropy]
public partial class GruStatesClipped
{
    private static Tensor Forward(Tensor x)
    {
        (_, Tensor state) = x[..6].GruWithState(5);
        return x[6..].GruWithState(5, state).State.Dense(3);
    }
}

/// <summary>A frozen layer passes the gradient of its state on to what the state comes from.</summary>
[Model, Input(5, 3, Sequence = true), MeanSquaredError]
public partial class GruFrozenStates
{
    private static Tensor Forward(Tensor x)
    {
        Tensor start = x[0].Dense(4).Tanh();
        return x.GruWithState(4, start, frozen: true).Outputs.Dense(2);
    }
}

/// <summary>The states are numbers of the sample itself, which need no gradient.</summary>
[Model, Input(4, 6, Sequence = true), MeanSquaredError]
public partial class GruGivenState
{
    private static Tensor Forward(Tensor x) => x[1..].GruWithState(6, x[0]).State.Dense(2);
}

/// <summary>An encoder whose last output and cell are where a decoder begins, with each step written down.</summary>
[Model, Input(7, 3, Sequence = true), MeanSquaredError]
public partial class LstmTranslator
{
    private static Tensor Forward(Tensor x)
    {
        var (_, state) = x[..4].LstmWithState(5);
        var (decoded, _) = x[4..].Dense(4).LstmWithState(5, initialState: state);
        return decoded.Dense(2);
    }
}

/// <summary>
/// In loops and backwards, from a state that is learned; outputs, outputs' state and cell are read by several layers.
/// </summary>
[Model, Input(11, 3, Sequence = true), MeanSquaredError]
public partial class LstmStates
{
    private static Tensor Forward(Tensor x, [Parameter(17)] Tensor start, [Parameter(17)] Tensor cell)
    {
        (Tensor encoded, (Tensor Hidden, Tensor Cell) state) =
            x.LstmWithState(17, (start, cell), goBackwards: true, useBias: false);
        (Tensor decoded, (Tensor last, Tensor lastCell)) =
            encoded.LstmWithState(17, initialState: (state.Cell.Dense(17).Tanh(), state.Hidden + encoded[2]));
        Tensor onlyCell = x.LstmWithState(4, (state.Hidden[..4], x[0].Dense(4))).State.Cell;
        return (decoded.GlobalAveragePool() + encoded[^1], last * state.Hidden, lastCell, onlyCell).Concat().Dense(3);
    }
}

/// <summary>Steps of padding keep output and cell.</summary>
[Model, Input(6, Type = ElementType.Token, Padding = 0), MeanSquaredError]
public partial class LstmPaddedStates
{
    private static Tensor Forward(Tensor words, [Parameter(6)] Tensor start)
    {
        Tensor x = words.Embedding(4, 3);
        var (_, backward) = x.LstmWithState(6, (start, start), goBackwards: true);
        (Tensor forward, (Tensor last, Tensor cell)) = x.LstmWithState(6, backward, unroll: Unrolling.Never);
        return (forward.GlobalAveragePool(), last.Softmax(0), cell.Softmax(0)).Concat().Dense(2);
    }
}

/// <summary>The same in a loop, stored in 16 bits.</summary>
[Model(Precision = Precision.Float16), Input(10, Type = ElementType.Token, Padding = 0), SoftmaxCrossEntropy]
public partial class LstmStatesFloat16
{
    private static Tensor Forward(Tensor words)
    {
        Tensor x = words.Embedding(4, 5);
        var (_, state) = x.LstmWithState(7);
        return x.LstmWithState(7, state, goBackwards: true).State.Cell.Dense(3);
    }
}

/// <summary>With the gradient of each sample clipped.</summary>
[Model(PerSampleClipping = true), Input(10, 3, Sequence = true), SoftmaxCrossEntropy]
public partial class LstmStatesClipped
{
    private static Tensor Forward(Tensor x)
    {
        var (_, state) = x[..6].LstmWithState(5);
        return x[6..].LstmWithState(5, state).State.Hidden.Dense(3);
    }
}

/// <summary>A frozen layer, of which one part of the state needs a gradient and the other none.</summary>
[Model, Input(9, 4, Sequence = true), MeanSquaredError]
public partial class LstmFrozenStates
{
    private static Tensor Forward(Tensor x)
    {
        Tensor start = x[0].Dense(4).Tanh();
        Tensor one = x.LstmWithState(4, (start, x[1]), frozen: true).Outputs;
        Tensor other = x.LstmWithState(4, (x[1], start), frozen: true).State.Cell;
        return one.Dense(2) + other.Dense(2);
    }
}

/// <summary>Simple recurrences with both functions, one behind the other.</summary>
[Model, Input(9, 3, Sequence = true), MeanSquaredError]
public partial class SimpleRnnStates
{
    private static Tensor Forward(Tensor x, [Parameter(18)] Tensor start)
    {
        (Tensor y, Tensor state) = x.SimpleRnnWithState(18, start, activation: RecurrentActivation.Relu);
        (y, state) = y[..3].SimpleRnnWithState(18, state, goBackwards: true);
        return (y.GlobalAveragePool(), state).Concat().Dense(2);
    }
}

/// <summary>With padding.</summary>
[Model, Input(5, Type = ElementType.Token, Padding = 0), MeanSquaredError]
public partial class SimpleRnnPaddedStates
{
    private static Tensor Forward(Tensor words)
    {
        Tensor x = words.Embedding(4, 3);
        (_, Tensor state) = x.SimpleRnnWithState(5, useBias: false);
        return x.SimpleRnnWithState(5, state, goBackwards: true).State.Dense(2);
    }
}

/// <summary>What is computed again begins with a state.</summary>
[Model(MemoryBudget = "54KB", Batch = 4), Input(24, 6, Sequence = true), MeanSquaredError]
public partial class GruStatesInBudget
{
    private static Tensor Forward(Tensor x)
    {
        (Tensor y, Tensor state) = x.Dense(8).Gelu().GruWithState(8);
        (y, state) = y.Dense(8).Gelu().GruWithState(8, state);
        return (y.GlobalAveragePool(), state).Concat().Dense(2);
    }
}
