using ModelDsl.Extensibility;

namespace ModelDsl.Tests.EndToEnd;

/// <summary>A classifier whose classes count differently, with a label to ignore and a penalty for its activities.</summary>
[Model, Input(2), Dense(3), Tanh, ActivityRegularization(L1 = 0.3f, L2 = 0.2f), Dense(2, WeightL2 = 0.1f)]
[SoftmaxCrossEntropy(ClassWeights = [1, 5], IgnoredLabel = Ignored, Weight = 0.5f)]
internal sealed partial class PenalizedWeighted
{
    public const int Ignored = -7;
}

/// <summary>A linear classifier whose second class counts three times.</summary>
[Model, Input(2), Dense(2, UseBias = false), SoftmaxCrossEntropy(ClassWeights = [1, 3], IgnoredLabel = -1)]
internal sealed partial class LinearWeighted;

/// <summary>√x of each element.</summary>
internal readonly record struct SquareRoot : IActivation
{
    public static bool DerivativeUsesOutput => false;

    public TVector Forward<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector> => TVector.Sqrt(x);

    public TVector Derivative<TVector>(TVector saved)
        where TVector : struct, ISimdVector<TVector> => TVector.Broadcast(0.5f) / TVector.Sqrt(saved);
}

/// <summary>Square roots, which have no finite slope at 0.</summary>
[Model, Input(2), Dense(3), Activation<SquareRoot>, Dense(1), MeanSquaredError]
internal sealed partial class SquareRoots;

/// <summary>A model that can be looked into, with a block in copies.</summary>
[Model(KeepActivations = true), Input(2), Dense(3), Relu, Dropout(0.5f), Repeat<Inspected.Cell>(3), Dense(2)]
[SoftmaxCrossEntropy]
internal sealed partial class Inspected
{
    [Block, Dense(3), Relu]
    internal sealed partial class Cell;
}

/// <summary>A sequence that is so long that kernels of 16 bits take a few samples at a time.</summary>
[Model(Precision = Precision.BFloat16)]
[Input(40, 5, Sequence = true), Dense(220), LayerNorm, Tanh, Dropout(0.2f), Dense(3), MeanSquaredError]
internal sealed partial class LongBFloat16;
