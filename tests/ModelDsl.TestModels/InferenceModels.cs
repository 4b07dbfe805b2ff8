namespace ModelDsl.TestModels;

/// <summary>A model that can be trained, beside <see cref="OnlyPredicting"/>.</summary>
[Model, Input(6, 6, 2), Conv2D(4, 3, UseBias = false), BatchNorm, Relu, Dropout(0.2), Flatten, Dense(3)]
[SoftmaxCrossEntropy]
public partial class AlsoTrained;

/// <summary>The same layers without a loss.</summary>
[Model(Inference = true)]
[Input(6, 6, 2), Conv2D(4, 3, UseBias = false), BatchNorm, Relu, Dropout(0.2), Flatten, Dense(3)]
public partial class OnlyPredicting;

/// <summary>A method whose output is not its last layer's first.</summary>
[Model(Inference = true), Input(4)]
public partial class SecondHalf
{
    private static Tensor Forward(Tensor x)
    {
        (Tensor first, Tensor second) = x.Dense(6).Tanh().Split(2);
        return second;
    }
}

/// <summary>Several inputs, tokens among them.</summary>
[Model(Inference = true), Input(3, Type = ElementType.Token), Input(2)]
public partial class OnlyPredictingInputs
{
    private static Tensor Forward(Tensor words, Tensor author) =>
        (words.Embedding(7, 4).Gru(3)[^1], author.Dense(2)).Concat().Dense(2);
}

/// <summary>A model that continues texts and is not trained.</summary>
[Model(Inference = true), Input(8, Type = ElementType.Token), Embedding(5, 4), Gru(6), Dense(5)]
public partial class OnlyGenerating;

/// <summary>Weights of 16 bits in copies.</summary>
[Model(Inference = true, Precision = Precision.Float16), Input(5), Dense(7), Tanh, Dense(3)]
public partial class OnlyPredictingNarrow;

/// <summary>A view of the input, which is the caller's memory.</summary>
[Model(Inference = true), Input(2, 3), Flatten]
public partial class OnlyFlattening;
