namespace ModelDsl.TestModels;

/// <summary>Cross-entropy that counts what is uncertain more (Lin et al., "Focal loss", 2017).</summary>
[Block]
public partial class Focal
{
    private static Tensor Forward(Tensor logits, [Labels] Tensor labels)
    {
        Tensor logProbability = (logits.LogSoftmax() * labels.OneHot(3)).Sum();
        Tensor rest = 1 - logProbability.Exp();
        return -(rest.Square() * logProbability);
    }
}

/// <summary>A loss of labels.</summary>
[Model, Input(5), Dense(7), Tanh, Dense(3), Loss<Focal>]
public partial class FocalModel;

/// <summary>The error of all outputs together, which is no sum over them; a parameter of its own weighs it.</summary>
[Block]
public partial class Distance
{
    private static Tensor Forward(Tensor outputs, Tensor targets, [Parameter(1, Initial = 1.3)] Tensor weight) =>
        ((outputs - targets).Square().Sum() + 0.5).Sqrt() * weight;
}

/// <summary>A loss of values, with a parameter, whose gradient has a factor.</summary>
[Model(InputGradient = true), Input(6), Dense(5), Silu, Dense(4), Loss<Distance>(Weight = 0.7)]
public partial class DistanceModel;

/// <summary>The density of a number under a mixture of three normal distributions (Bishop, 1994).</summary>
[Block]
public partial class Mixture
{
    private static Tensor Forward(Tensor outputs, [Target(1)] Tensor value)
    {
        Tensor weights = outputs[..3].LogSoftmax(), means = outputs[3..6], deviations = outputs[6..];
        return -(weights - 0.5 * ((value - means) / deviations.Exp()).Square() - deviations).LogSumExp();
    }
}

/// <summary>A loss whose targets have another shape than the outputs.</summary>
[Model, Input(4), Dense(6), Tanh, Dense(9), Loss<Mixture>]
public partial class MixtureModel;

/// <summary>Asks of outputs that they differ, whatever they are: there are no targets.</summary>
[Block]
public partial class Spread
{
    private static Tensor Forward(Tensor outputs) => 1 / (0.5 + outputs.Variance());
}

/// <summary>A loss without targets.</summary>
[Model, Input(4), Dense(5), Loss<Spread>]
public partial class SpreadModel;

/// <summary>
/// What two sets of pixels have in common: 1 - 2·|A∩B| / (|A| + |B|), class by class (Dice's coefficient).
/// </summary>
[Block]
public partial class Dice
{
    private static Tensor Forward(Tensor logits, [Labels] Tensor labels)
    {
        Tensor probabilities = logits.Softmax();
        Tensor truth = labels.OneHot(2);
        Tensor common = (probabilities * truth).Sum(0, 1);
        Tensor both = probabilities.Sum(0, 1) + truth.Sum(0, 1);
        return 1 - (2 * common / (both + 1)).Mean();
    }
}

/// <summary>A loss of a label for each pixel.</summary>
[Model, Input(4, 5, 2), Conv2D(2, 3, Padding = Padding.Same), Loss<Dice>]
public partial class DiceModel;

/// <summary>The mean cross-entropy of steps, of which later ones count more.</summary>
[Block]
public partial class LateSteps
{
    private static Tensor Forward(Tensor logits, [Labels] Tensor labels)
    {
        Tensor steps = -(logits.LogSoftmax() * labels.OneHot(3)).Sum(-1);
        return steps.CumSum(0, reverse: true).Mean();
    }
}

/// <summary>A loss of a label for each step.</summary>
[Model, Input(5, 4, Sequence = true), Gru(6), Dense(3), Loss<LateSteps>]
public partial class LateStepsModel;

/// <summary>A head with a loss of labels.</summary>
[Block, Dense(3), Loss<Focal>(Weight = 0.5)]
public partial class FocalHead;

/// <summary>A head with a loss of values.</summary>
[Block, Dense(2), Loss<Distance>]
public partial class DistanceHead;

/// <summary>A head with a built-in loss.</summary>
[Block, Dense(3), MeanSquaredError]
public partial class ErrorHead;

/// <summary>Losses of one's own and a built-in one, side by side.</summary>
[Model, Input(5), Dense(6), Tanh, Outputs<FocalHead, ErrorHead, DistanceHead>]
public partial class MethodHeadsModel;

/// <summary>A loss of one's own of samples one by one.</summary>
[Model(PerSampleClipping = true), Input(5), Dense(4), Tanh, Dense(3), Loss<Focal>]
public partial class PrivateFocalModel;

/// <summary>A loss of one's own over storage of 16 bits.</summary>
[Model(Precision = Precision.Float16), Input(5), Dense(9), Relu, Dense(3), Loss<Focal>]
public partial class NarrowFocalModel;

/// <summary>A loss of one's own behind layers of which some are computed again.</summary>
[Model(MemoryBudget = "30KB", Batch = 8)]
[Input(5), Dense(17), Gelu, Dense(17), Tanh, Dense(17), Silu, Dense(17), Gelu]
[Dense(17), Tanh, LayerNorm, Dense(17), Gelu, Dense(17), Silu, Dense(3), Loss<Focal>]
public partial class BudgetFocalModel;
