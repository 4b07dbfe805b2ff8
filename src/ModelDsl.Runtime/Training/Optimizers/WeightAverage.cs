namespace ModelDsl;

/// <summary>
/// An exponential moving average of a model's weights, which often predicts better than the weights of the last step:
/// after step t, a = a + s·(p − a) with s = (1 − decay)/(1 − decayᵗ). Polyak and Juditsky (1992); Tarvainen and Valpola
/// (2017).
/// </summary>
/// <remarks>
/// <para>The average has all that <see cref="IInferenceModel.Parameters"/> has: running statistics are averaged too,
/// and frozen tensors stay as they are. Call <see cref="Update"/> after each step of the optimizer, and
/// <see cref="Apply"/> to evaluate or save; <see cref="FitOptions.WeightAverageDecay"/> does both while it
/// trains.</para>
/// <para>It serves one caller at a time, and after its creation allocates nothing.</para>
/// <code>
/// optimizer.Step(model);
/// average.Update();
/// using (average.Apply())
/// {
///     trainer.Evaluate(data.Test);
///     model.Save("averaged.safetensors");
/// }
/// </code>
/// </remarks>
public sealed class WeightAverage
{
    private const string Kind = nameof(WeightAverage);
    private const string Average = "average";

    private readonly IModel _model;
    private readonly AlignedMemory _average;
    private CallerGate _gate;

    /// <summary>An average that begins with the model's weights as they are.</summary>
    /// <exception cref="InvalidOperationException">The model only predicts.</exception>
    public WeightAverage(IModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        _average = new AlignedMemory(model.Parameters.Length);
        model.Parameters.CopyTo(_average.Span);
    }

    /// <summary>
    /// The share of the average that is kept from one update to the next, in [0, 1]. Default: 0.999, which remembers
    /// some thousand updates. With 1 and bias correction, all updates count alike (stochastic weight averaging;
    /// Izmailov et al., 2018).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float Decay
    {
        get;
        init => field = value is >= 0f and <= 1f
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(Decay), Invariant($"expected a value in [0, 1], got {value}"));
    } = 0.999f;

    /// <summary>
    /// Whether early updates count no more than later ones, as the bias correction of Adam sees to. Default: true. If
    /// not, the first update is taken as it is and each later one with the share 1 − decay, as in PyTorch's
    /// AveragedModel with get_ema_multi_avg_fn.
    /// </summary>
    public bool BiasCorrection { get; init; } = true;

    /// <summary>The number of updates.</summary>
    public long UpdateCount { get; private set; }

    /// <summary>Whether the model has the average at the moment, from <see cref="Apply"/> on.</summary>
    public bool IsApplied { get; private set; }

    /// <summary>Takes the model's weights into the average.</summary>
    /// <exception cref="InvalidOperationException">
    /// The model has the average at the moment, or another caller is at work.
    /// </exception>
    public unsafe void Update()
    {
        _gate.Enter("average");
        try
        {
            RequireOwnWeights();
            UpdateCount++;
            double share = (UpdateCount, Decay, BiasCorrection) switch
            {
                (1, _, _) => 1,
                (_, 1f, true) => 1.0 / UpdateCount,
                (_, _, true) => (1.0 - Decay) / (1 - Math.Pow(Decay, UpdateCount)),
                _ => 1.0 - Decay,
            };
            fixed (float* parameters = _model.Parameters)
            {
                WeightAverageKernel.Update(
                    _average.FloatSpan, new FloatSpan(parameters, _average.Length), (float)share);
            }
        }
        finally
        {
            // The gate is a field: with it, this object and the average live until the kernel has ended.
            _gate.Exit();
        }
    }

    /// <summary>Gives the model the average, until what is returned is disposed of: then it has its own weights
    /// again.</summary>
    /// <exception cref="InvalidOperationException">
    /// The model has the average already, or another caller is at work.
    /// </exception>
    public AppliedAverage Apply()
    {
        _gate.Enter("average");
        try
        {
            RequireOwnWeights();
            Exchange();
            IsApplied = true;
            return new AppliedAverage(this);
        }
        finally
        {
            _gate.Exit();
        }
    }

    /// <summary>What a training that stops has to keep of the average. Copies nothing: valid until the next
    /// update.</summary>
    /// <exception cref="InvalidOperationException">
    /// The model has the average at the moment, or another caller is at work.
    /// </exception>
    public OptimizerState GetState()
    {
        RequireOwnWeights();
        return new OptimizerState(Kind, UpdateCount, [new OptimizerTensor(Average, _average.Memory)]);
    }

    /// <summary>Continues where the average that the state is from has stopped.</summary>
    /// <param name="state">What <see cref="GetState"/> has returned.</param>
    /// <exception cref="ArgumentException">The state is one of something else, or of another model.</exception>
    /// <exception cref="InvalidOperationException">
    /// The model has the average at the moment, or another caller is at work.
    /// </exception>
    public void SetState(OptimizerState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        RequireOwnWeights();
        if (state.Kind != Kind
            || state.StepCount < 0
            || state.Tensors.IsDefault
            || state.Tensors is not [{ Name: Average } tensor]
            || tensor.Values.Length != _average.Length)
        {
            throw new ArgumentException(
                Invariant($"expected the state of a {Kind} of {_average.Length} values, got ")
                    + Invariant($"{PrintableText.Name(state.Kind)} with ")
                    + Invariant(
                        $"{(state.Tensors is { IsDefault: false } and [var first, ..] ? first.Values.Length : 0)}"),
                nameof(state));
        }

        tensor.Values.Span.CopyTo(_average.Span);
        UpdateCount = state.StepCount;
    }

    /// <summary>
    /// What the model does not have at the moment: the average, or its own weights where that is applied.
    /// </summary>
    internal ReadOnlyMemory<float> Other => _average.Memory;

    /// <summary>Goes on where the model has the average, and its own weights are at hand.</summary>
    internal void Restore(ReadOnlySpan<float> ownWeights, long updateCount)
    {
        _model.Parameters.CopyTo(_average.Span);
        ownWeights.CopyTo(_model.Parameters);
        (UpdateCount, IsApplied) = (updateCount, false);
    }

    /// <summary>Checks that the model has its own weights.</summary>
    /// <exception cref="InvalidOperationException">It has the average.</exception>
    internal void RequireOwnWeights()
    {
        if (IsApplied)
        {
            throw new InvalidOperationException(
                $"expected the {_model.Description.Name}'s own weights, but it has their average; dispose of what Apply "
                    + "returned first");
        }
    }

    internal void TakeBack()
    {
        _gate.Enter("average");
        try
        {
            if (IsApplied)
            {
                Exchange();
                IsApplied = false;
            }
        }
        finally
        {
            _gate.Exit();
        }
    }

    private void Exchange()
    {
        using ModelHold hold = _model.Hold(ModelAccess.Change);
        Span<float> parameters = _model.Parameters, average = _average.Span;
        Span<float> kept = stackalloc float[1024];
        for (int start = 0; start < average.Length; start += kept.Length)
        {
            Span<float> part = average.Slice(start, Math.Min(kept.Length, average.Length - start));
            Span<float> other = parameters.Slice(start, part.Length);
            part.CopyTo(kept);
            other.CopyTo(part);
            kept[..part.Length].CopyTo(other);
        }
    }
}

/// <summary>The time in which a model has its average, from <see cref="WeightAverage.Apply"/> to the end of the
/// scope.</summary>
public readonly struct AppliedAverage : IDisposable
{
    private readonly WeightAverage _average;

    internal AppliedAverage(WeightAverage average) => _average = average;

    /// <summary>Gives the model its own weights again.</summary>
    /// <exception cref="InvalidOperationException">Another caller is at work.</exception>
    public void Dispose() => _average?.TakeBack();
}
