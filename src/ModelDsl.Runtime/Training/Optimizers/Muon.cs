namespace ModelDsl;

/// <summary>
/// Muon for the hidden matrices of a model, and <see cref="AdamW"/> for the rest. With m = momentum·m + (1 −
/// momentum)·g and, by Nesterov, u = momentum·m + (1 − momentum)·g, a step of a matrix is p −=
/// learningRate·weightDecay·p and then p −= learningRate·s·orthogonal(u): all directions of u get about the same size,
/// by five steps of Newton and Schulz. s = √max(1, rows/columns). Jordan et al., "Muon: An optimizer for hidden layers
/// in neural networks" (2024).
/// </summary>
/// <remarks>
/// <para>The learning rate is 0.02 by default and the weight decay 0, as in the author's code (PyTorch: 1e-3 and 0.1,
/// with the same formula). The rest takes <see cref="AdamLearningRateFactor"/> times that rate. A tensor of more than
/// two extents, such as the weight of a convolution, counts as a matrix whose rows are its first extent.</para>
/// <para>β₁, β₂ and ε are those of AdamW for the rest, by default 0.9, 0.95 and 1e-10 as in the author's code.</para>
/// <para>The optimizer must know its model: let it step by <see cref="IOptimizer.Step(IModel)"/>, or call
/// <see cref="Optimizer.Attach"/>. Its state is the momentum, laid out like the parameters (for the rest it is AdamW's
/// first moment), and AdamW's second moment of the rest, one tensor after the other.</para>
/// </remarks>
public sealed class Muon() : MomentOptimizer(learningRate: 0.02f, beta2: 0.95f, epsilon: 1e-10f)
{
    private int[] _secondMoments = [];
    private int _secondMomentLength;
    private AlignedMemory _scratch = new(0);

    /// <summary>The share of the momentum that is kept from one step to the next, in [0, 1). Default: 0.95.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float Momentum
    {
        get;
        init => field = SettingChecks.Fraction(value);
    } = 0.95f;

    /// <summary>Whether to use Nesterov's momentum, which looks ahead along the new one. Default: true.</summary>
    public bool Nesterov { get; init; } = true;

    /// <summary>
    /// Which tensors Muon updates, of those with two or more extents. Default: all but the first and the last of the
    /// model, since the author leaves embeddings and output layers to AdamW; where a model has more of these, such as
    /// position embeddings or several heads, say so here.
    /// </summary>
    public Func<ParameterDescription, bool>? IsHidden { get; init; }

    /// <summary>
    /// What the learning rate is multiplied by for the tensors that AdamW updates, at least 0. Default: 0.015, which
    /// makes the author's 3e-4 of 0.02.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public float AdamLearningRateFactor
    {
        get;
        init => field = SettingChecks.NotNegative(value);
    } = 0.015f;

    private protected override string[] StateNames => ["momentum", "secondMoment"];

    private protected override bool NeedsModel => true;

    private protected override bool StandsAlone(ModelDescription model, ParameterDescription parameter)
    {
        if (parameter.IsVector)
        {
            return false;
        }

        if (IsHidden is not null)
        {
            return IsHidden(parameter);
        }

        ParameterDescription[] matrices =
            [.. model.Parameters.Where(other => other.Offset < model.TrainableLength && !other.IsVector)];
        return parameter != matrices[0] && parameter != matrices[^1];
    }

    private protected override void Prepare(ReadOnlySpan<ParameterRun> runs)
    {
        _secondMoments = new int[runs.Length];
        int scratch = 0;
        _secondMomentLength = 0;
        for (int i = 0; i < runs.Length; i++)
        {
            _secondMoments[i] = _secondMomentLength;
            if (runs[i].Tensor is { } matrix)
            {
                (int rows, int columns) = matrix.AsMatrix();
                scratch = Math.Max(scratch, MuonKernel.ScratchLength(rows, columns));
            }
            else
            {
                _secondMomentLength += runs[i].Length;
            }
        }

        if (_scratch.Length < scratch)
        {
            _scratch = new AlignedMemory(scratch);
        }
    }

    private protected override int StateLength(int index, int parameters) => index == 0 ? parameters : _secondMomentLength;

    private protected override void Update(in OptimizerStep step)
    {
        if (step.Tensor is null)
        {
            AdamKernel.Step(
                step.Parameters,
                step.Gradients,
                State(0, step),
                State(1).Slice(_secondMoments[step.Index], step.Parameters.Length),
                step.Number,
                step.LearningRate * AdamLearningRateFactor,
                Beta1,
                Beta2,
                Epsilon,
                step.WeightDecay,
                decoupled: true);
            return;
        }

        (int rows, int columns) = step.Tensor.AsMatrix();
        MuonKernel.Step(
            step.Parameters,
            step.Gradients,
            State(0, step),
            _scratch.FloatSpan,
            rows,
            columns,
            Momentum,
            Nesterov,
            step.LearningRate * (float)Math.Sqrt(Math.Max(1.0, (double)rows / columns)),
            1f - (step.LearningRate * step.WeightDecay));
    }
}
