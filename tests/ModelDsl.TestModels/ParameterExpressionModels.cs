namespace ModelDsl.TestModels;

/// <summary>Weights as lengths and directions (Salimans and Kingma, "Weight normalization", 2016).</summary>
[Block]
public partial class WeightNormalized
{
    private static Tensor Forward(
        Tensor x, [Parameter(6, 6)] Tensor direction, [Parameter(6, Initial = 0.8)] Tensor length) =>
        x.MatMul(length * direction / direction.Norm([0], keepDimensions: true));
}

/// <summary>Layers whose weights are computed: by length, and as a product of low rank with a scale.</summary>
[Model, Input(6), MeanSquaredError]
public partial class ComputedWeights
{
    private static Tensor Forward(
        Tensor x,
        [Parameter(6, 2)] Tensor down,
        [Parameter(2, 6)] Tensor up,
        [Parameter(6, Initial = 0.3)] Tensor scale,
        [Parameter(6, Initial = 0.7)] Tensor other)
    {
        Tensor hidden = x.Block<WeightNormalized>().Tanh().MatMul(down.MatMul(up)).Tanh();
        return (hidden.Dense(6) * (scale * other) + scale.Exp()).Dense(3);
    }
}

/// <summary>Every operation on parameters alone; what is computed is used as it is and in other expressions.</summary>
[Model, Input(5, 6), MeanSquaredError]
public partial class EveryParameterExpression
{
    private static Tensor Forward(
        Tensor x, [Parameter(4, 6)] Tensor a, [Parameter(4, 6)] Tensor b, [Parameter(6, 3)] Tensor weight,
        [Parameter(12)] Tensor queries)
    {
        Tensor centred = (a - a.Mean([1], keepDimensions: true)) / (a.Variance([1], keepDimensions: true) + 0.1).Sqrt();
        Tensor joined = Tensor.Concat([centred, b.Sin()], 0) + Tensor.Stack([a, a * b.Sigmoid()]).Reshape(8, 6);
        (Tensor upper, Tensor lower) = joined.Split(2, 0);
        Tensor chosen = Tensor.Where(upper > lower, upper, 0.3 * lower.Square()) + b.Max(0).Maximum(b[1]);
        Tensor moved = chosen.Transpose(1, 0).CumSum(0).Tile(1, 2).Slice(1, 8, 2, dimension: 1).Gather([2, 0, 2, 1], 1);
        Tensor padded = moved.Pad([0, 1], [0, 0], PadMode.Reflect).Pad([0, 0], [0, 1]).Slice(1, 5, dimension: 1);
        Tensor product = padded.MatMul(upper).Tanh();
        Tensor diagonal = Tensor.Einsum("ij,jk->ik", product, weight).Einsum("ij->j").LogSoftmax();
        Tensor attended = queries.Reshape(2, 6).Attention(product, joined[..6], heads: 2, causal: true);
        Tensor byParameters = x.ToSequence().Attention(attended, attended.Softmax(0));
        Tensor ofQueries = queries.Reshape(2, 6).Tanh().Attention(x.MatMul(product), x, heads: 3);
        return (byParameters.MatMul(weight * diagonal).Mean(0), ofQueries.MatMul(weight.Abs().Power(1.5)).Reshape(6)
            * ofQueries.Einsum("ij,jk->ik", product)[0] + x.Einsum("ti,i->t", product.Sum(1)).Norm()).Concat().Dense(3);
    }
}

/// <summary>A factor that is positive whatever its parameter is.</summary>
[Block]
public partial class PositiveScale
{
    private static Tensor Forward(Tensor x, [Parameter(5)] Tensor logarithm) => logarithm.Exp();
}

/// <summary>A block that computes with whatever flows in, and a parameter.</summary>
[Block]
public partial class Bend
{
    private static Tensor Forward(Tensor x, [Parameter(5, Initial = 0.6)] Tensor slope) =>
        x + (x * slope).Tanh() * slope.Square();
}

/// <summary>Blocks on parameters, and copies of a block that computes with its own.</summary>
[Model, Input(5), Repeat<BentProduct>(4), Dense(2), MeanSquaredError]
public partial class RepeatedParameterExpressions;

/// <summary>The block that is repeated.</summary>
[Block]
public partial class BentProduct
{
    private static Tensor Forward(Tensor x, [Parameter(5, 5)] Tensor weight, [Parameter(5)] Tensor shift) =>
        0.5 * x + x.MatMul(weight.Block<Bend>().Silu()) * 0.5 + shift.Block<Bend>();
}

/// <summary>Clipped samples: the norm of a gradient is known only when that of a computed weight is whole.</summary>
[Model(PerSampleClipping = true), Input(6), MeanSquaredError]
public partial class ClippedParameterExpressions
{
    private static Tensor Forward(
        Tensor x, [Parameter(6, 6)] Tensor weight, [Parameter(6, Initial = 0.4)] Tensor scale) =>
        (x.MatMul(weight.Tanh() * scale).Tanh() * scale.Exp()).Dense(3);
}

/// <summary>Values of 16 bits around a weight that is computed in 32.</summary>
[Model(Precision = Precision.BFloat16), Input(6), MeanSquaredError]
public partial class NarrowParameterExpressions
{
    private static Tensor Forward(
        Tensor x, [Parameter(24)] Tensor rows, [Parameter(24, Initial = 0.4)] Tensor columns)
    {
        Tensor hidden = x.Dense(24).Tanh();
        return (hidden + hidden.MatMul((rows.Reshape(24, 1) + 0.5 * columns).Tanh()).Tanh() * columns.Square()).Dense(3);
    }
}

/// <summary>The same with the smallest range.</summary>
[Model(Precision = Precision.Float16), Input(6), MeanSquaredError]
public partial class HalfParameterExpressions
{
    private static Tensor Forward(
        Tensor x, [Parameter(24)] Tensor rows, [Parameter(24, Initial = 0.4)] Tensor columns)
    {
        Tensor hidden = x.Dense(24).Tanh();
        return (hidden + hidden.MatMul((rows.Reshape(24, 1) + 0.5 * columns).Tanh()).Tanh() * columns.Square()).Dense(3);
    }
}

/// <summary>What is computed of parameters stays where other values are computed again.</summary>
[Model(MemoryBudget = "36KB", Batch = 8, InputGradient = true), Input(6), MeanSquaredError]
public partial class BudgetParameterExpressions
{
    private static Tensor Forward(
        Tensor x, [Parameter(6, 24)] Tensor weight, [Parameter(24, Initial = 0.4)] Tensor scale)
    {
        Tensor factor = scale.Exp();
        Tensor hidden = x.MatMul(weight * factor).Gelu();
        for (int layer = 0; layer < 4; layer++)
        {
            hidden = hidden.Dense(24).Gelu() * factor;
        }

        return hidden.Dense(3);
    }
}

/// <summary>Parameters that do not change: nothing of them is differentiated.</summary>
[Model, Input(5), Repeat<BentProduct>(2, Frozen = true), Dense(3), Multiply<FrozenScale>, MeanSquaredError]
public partial class FrozenParameterExpressions;

/// <summary>A parameter that changes beside one that does not.</summary>
[Block]
public partial class FrozenScale
{
    private static Tensor Forward(
        Tensor x, [Parameter(3, Initial = 0.5, Frozen = true)] Tensor frozen, [Parameter(3)] Tensor changing) =>
        (frozen * changing).Cos() + frozen.Exp();
}

/// <summary>Outputs that are predicted only.</summary>
[Model(Inference = true), Input(6)]
public partial class OnlyPredictingComputedWeights
{
    private static Tensor Forward(Tensor x, [Parameter(6, 6)] Tensor weight, [Parameter(6)] Tensor scale) =>
        x.MatMul(weight * scale.Exp()).Dense(3);
}

/// <summary>A scale that is computed at each token, and is the same.</summary>
[Model, Input(6, Type = ElementType.Token), Embedding(7, 5), Multiply<PositiveScale>, Gru(5), Residual<StepScaled>]
[Dense(7), SoftmaxCrossEntropy]
public partial class GenerativeParameterExpressions;

/// <summary>A scaled branch.</summary>
[Block, Dense(5), Tanh, Multiply<PositiveScale>]
public partial class StepScaled;

/// <summary>A distance in which the features count by weights whose sum is one.</summary>
[Block]
public partial class WeighedDistance
{
    private static Tensor Forward(Tensor outputs, Tensor targets, [Parameter(4)] Tensor logits) =>
        ((outputs - targets).Square() * (logits.Softmax() + 0.1)).Sum();
}

/// <summary>A loss with an expression of parameters.</summary>
[Model, Input(5), Dense(6), Tanh, Dense(4), Loss<WeighedDistance>]
public partial class WeighedDistanceModel;
