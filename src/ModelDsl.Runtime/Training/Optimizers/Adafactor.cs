namespace ModelDsl;

/// <summary>
/// Adafactor, as in PyTorch: Adam without a first moment, whose second moment of a matrix is kept as one number for
/// each row and each column. With R and C the running means of g² by rows and by columns, whose decay rate in step t is
/// 1 − t^Beta2Decay, v = R·C / mean(R) and u = g/√v, a step is p −= learningRate·weightDecay·p and then
/// p −= max(ε₂, RMS(p)) · min(learningRate, 1/√t) / max(1, RMS(u)/threshold) · u. Shazeer and Stern (2018).
/// </summary>
/// <remarks>
/// <para>The learning rate is 0.01 by default, and relative to the size of the parameters; the weight decay is 0. The
/// state is almost no memory: it is not laid out like the parameters, but the rows, the columns and the vectors of all
/// tensors one after the other.</para>
/// <para>A tensor of more than two extents, such as the weight of a convolution, counts as a matrix whose rows are its
/// first extent. (PyTorch takes the last two extents for matrices; Keras too, and its defaults are ε₁ = 1e-30 and a
/// rate of 1e-3.) The optimizer must know its model: let it step by <see cref="IOptimizer.Step(IModel)"/>, or call
/// <see cref="Optimizer.Attach"/>.</para>
/// </remarks>
public sealed class Adafactor() : Optimizer(learningRate: 0.01f)
{
    private (int Row, int Column, int Vector)[] _places = [];
    private (int Row, int Column, int Vector) _end;

    /// <summary>The exponent of the step in the share of new squares, t^Beta2Decay; at most 0. Default: −0.8.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is positive or not finite.</exception>
    public float Beta2Decay
    {
        get;
        init => field = value <= 0f && float.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(Beta2Decay), Invariant($"expected a finite value of at most 0, got {value}"));
    } = -0.8f;

    /// <summary>
    /// ε₁, the least that v's root is taken for; positive. Default: 2⁻²³, the distance from 1 to the next float, as in
    /// PyTorch.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or not finite.</exception>
    public float GradientEpsilon
    {
        get;
        init => field = value > 0f && float.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(GradientEpsilon), Invariant($"expected a positive finite value, got {value}"));
    } = 1.1920929e-7f;

    /// <summary>ε₂, the least that the size of a tensor's parameters is taken for; at least 0. Default: 1e-3.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public float ParameterEpsilon
    {
        get;
        init => field = SettingChecks.NotNegative(value);
    } = 1e-3f;

    /// <summary>The root mean square that an update of a tensor is scaled down to where it is larger; positive.
    /// Default: 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public float ClippingThreshold
    {
        get;
        init => field = SettingChecks.PositiveOrNone(value)!.Value;
    } = 1f;

    private protected override string[] StateNames => ["rowMeans", "columnMeans", "vectorSquares"];

    private protected override bool NeedsModel => true;

    private protected override bool StandsAlone(ModelDescription model, ParameterDescription parameter) => true;

    private protected override void Prepare(ReadOnlySpan<ParameterRun> runs)
    {
        _places = new (int, int, int)[runs.Length];
        (int row, int column, int vector) = (0, 0, 0);
        for (int i = 0; i < runs.Length; i++)
        {
            _places[i] = (row, column, vector);
            (int rows, int columns) = runs[i].Tensor!.AsMatrix();
            (row, column, vector) = rows == 1 ? (row, column, vector + columns) : (row + rows, column + columns, vector);
        }

        _end = (row, column, vector);
    }

    private protected override int StateLength(int index, int parameters) =>
        index == 0 ? _end.Row : index == 1 ? _end.Column : _end.Vector;

    private protected override void Update(in OptimizerStep step)
    {
        (int rows, int columns) = step.Tensor!.AsMatrix();
        (int row, int column, int vector) = _places[step.Index];
        float share = (float)Math.Pow(step.Number, Beta2Decay);
        var change = new AdafactorStep(
            Math.Min(step.LearningRate, (float)(1 / Math.Sqrt(step.Number))),
            1f - (step.LearningRate * step.WeightDecay),
            GradientEpsilon,
            ParameterEpsilon,
            ClippingThreshold);
        if (rows == 1)
        {
            AdafactorKernel.VectorStep(
                step.Parameters, step.Gradients, State(2).Slice(vector, columns), columns, share, change);
        }
        else
        {
            AdafactorKernel.MatrixStep(
                step.Parameters,
                step.Gradients,
                State(0).Slice(row, rows),
                State(1).Slice(column, columns),
                rows,
                columns,
                share,
                change);
        }
    }
}
