namespace ModelDsl.TestModels;

/// <summary>A gate of an image's channels, by their means.</summary>
[Block]
public partial class SqueezeAndExcite
{
    private static Tensor Forward(Tensor image) =>
        image * image.GlobalAveragePool().Dense(3).Relu().Dense(5).Sigmoid().Reshape(1, 1, 5);
}

/// <summary>A graph of two resolutions, whose fine one is used twice.</summary>
[Model, Input(6, 6, 2), MeanSquaredError]
public partial class TwoResolutions
{
    private static Tensor Forward(Tensor image)
    {
        Tensor fine = image.Conv2D(5, 3, padding: Padding.Same).Tanh();
        Tensor coarse = fine.AvgPool2D(2).Block<SqueezeAndExcite>();
        Tensor merged = (fine + coarse.Upsample(2)).Maximum(-1).Minimum(1);
        return (merged.GlobalAveragePool(), coarse.GlobalAveragePool()).Concat().Dense(3);
    }
}

/// <summary>A layer with parameters of its own: a product of low rank beside its input.</summary>
[Block]
public partial class LowRank
{
    private static Tensor Forward(
        Tensor x,
        [Parameter(7, 2)] Tensor down,
        [Parameter(2, 7)] Tensor up,
        [Parameter(1, Initial = 1)] Tensor scale,
        [Parameter(7)] Tensor shift) => (x + scale * x.MatMul(down).MatMul(up, transposeRight: false) - shift) / (2 + x.Square() * shift);
}

/// <summary>Layers of their own in attributes.</summary>
[Model, Input(7), Dense(7), Repeat<LowRank>(3), Dense(3), MeanSquaredError]
public partial class LowRankModel;

/// <summary>Attention of a decoder's steps to those of an encoder.</summary>
[Block]
public partial class CrossAttend
{
    private static Tensor Forward(Tensor x, Tensor memory) => x.LayerNorm().Dense(4)
        .Attention(memory.Dense(2), memory.Dense(2), heads: 2, keyValueHeads: 1)
        .Dense(4);
}

/// <summary>An encoder, and a decoder each of whose layers reads it.</summary>
[Model, Input(8, 4, Sequence = true), MeanSquaredError]
public partial class EncoderDecoder
{
    private static Tensor Forward(Tensor x, [Parameter(3, 5)] Tensor mask)
    {
        Tensor memory = x[..5].Dense(4).Tanh();
        Tensor y = x[5..];
        for (int layer = 0; layer < 2; layer++)
        {
            y += y.Block<CrossAttend>(memory);
        }

        return y.Attention(memory, memory, mask)[^1].Dense(3);
    }
}

/// <summary>Attention written as sums of products by letters, with parameters of three dimensions.</summary>
[Model, Input(5, 6), MeanSquaredError]
public partial class ProductsByLetters
{
    private static Tensor Forward(
        Tensor x,
        [Parameter(2, 6, 3)] Tensor queries,
        [Parameter(3, 6, 2)] Tensor keys,
        [Parameter(5, Initial = 0.5)] Tensor weights)
    {
        Tensor left = x.Einsum("td,hdk->htk", queries);
        Tensor right = Tensor.Einsum("td,kdh->htk", x, keys);
        Tensor scores = Tensor.Einsum("htk,hsk->hts", left, right).Tanh();
        return Tensor.Einsum("hts,sd,t->hd", scores, x, weights).Einsum("hd->d").Dense(2);
    }
}

/// <summary>Every operation that no layer stands for.</summary>
[Model, Input(4, 6), MeanSquaredError]
public partial class EveryOperation
{
    private static Tensor Forward(Tensor x, [Parameter(6, Initial = 1)] Tensor gain, [Parameter(4, 6)] Tensor weight)
    {
        Tensor centred = x - x.Mean([-1], keepDimensions: true);
        Tensor normal = centred / (x.Variance([-1], keepDimensions: true) + 1e-3).Sqrt() * gain;
        Tensor positive = normal.Abs().Power(1.5) + (0.1 * normal.Square()) + normal.Exp().Log() - (-normal).Sign() + 2;
        Tensor waves = normal.Sin() * normal.Cos() + positive.Reciprocal() + (2 - normal) + (1 / positive);
        Tensor chosen = Tensor.Where(normal > 0, waves, 0.1 * waves) + Tensor.Where(normal <= waves, normal, gain);
        Tensor compared = ((normal < waves) + (normal >= 0) + (normal < 0.5) + (waves <= 1)) * waves + weight;
        Tensor powered = positive.Power(waves).Maximum(waves).Minimum(positive + 1) + waves.Exp().Power(normal);
        powered = Tensor.Where(normal > 1, 0.5, powered) - Tensor.Where(normal < -1, powered, 0.5);
        Tensor turned = chosen.Transpose(1, 0).MatMul(weight).Softmax(0).LogSoftmax(-1).CumSum(0).CumSum(1, exclusive: true, reverse: true);
        Tensor tiled = turned.Tile(1, 2).Slice(1, 11, 2, dimension: 1).Pad([1, 0], [0, 2], PadMode.Reflect);
        Tensor bordered = tiled.Pad([0, 1], [1, 0], PadMode.Edge).Pad([0, 0], [0, 1], value: 0.5);
        Tensor gathered = bordered.Gather([2, 0, 2], 1);
        Tensor stacked = Tensor.Stack([compared, powered], dimension: 1).Reshape(8, 6);
        Tensor products = stacked.MatMul(stacked, transposeRight: true);
        (Tensor left, Tensor right) = products.Split(2);
        return Tensor.Concat(
        [
            gathered.Sum(0), gathered.Max(0), gathered.Min(0), left.Norm(1), right.LogSumExp(0), (left * right).Max().Tanh(),
            x.ToSequence().Dense(2).Tanh().GlobalAveragePool(),
        ]).Tanh().Dense(3);
    }
}

/// <summary>A graph: what is computed again is read by two branches.</summary>
[Model(MemoryBudget = "34KB", Batch = 4), Input(8, 8, 2), SoftmaxCrossEntropy]
public partial class BudgetPyramid
{
    private static Tensor Forward(Tensor image)
    {
        Tensor fine = image.Conv2D(6, 3, padding: Padding.Same).Gelu();
        Tensor coarse = fine.MaxPool2D(2).Conv2D(6, 3, padding: Padding.Same).Gelu();
        Tensor merged = (fine + coarse.Upsample(2)).Conv2D(4, 3, padding: Padding.Same).Silu();
        return (merged.GlobalAveragePool(), coarse.GlobalAveragePool()).Concat().Dense(3);
    }
}

/// <summary>A learned scale for each feature of each step: a block that gives a parameter.</summary>
[Block]
public partial class LearnedScale
{
    private static Tensor Forward(Tensor x, [Parameter(5, Initial = 0.5)] Tensor scale) => scale;
}

/// <summary>A residual branch that is scaled by a parameter, as in LayerScale.</summary>
[Model]
[Input(6, 5, Sequence = true), Residual<ScaledBranch>, Dense(2)]
[MeanSquaredError]
public partial class GatedByParameter;

/// <summary>The branch.</summary>
[Block, Dense(5), Tanh, Multiply<LearnedScale>]
public partial class ScaledBranch;
