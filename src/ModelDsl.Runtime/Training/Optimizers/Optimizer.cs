namespace ModelDsl;

/// <summary>What the optimizers of this library share. Each derived class is a formula and its settings.</summary>
/// <remarks>
/// <para>An optimizer keeps state for one model's parameters, so each model gets its own. It serves one caller at a
/// time. After the first step it allocates nothing.</para>
/// <para>Gradients and parameters are taken as they are: NaN goes in, NaN comes out, and what it has reached in the
/// state stays there. <see cref="Trainer{TModel}"/> stops before a step whose gradients are not finite.</para>
/// </remarks>
public abstract class Optimizer : IOptimizer
{
    private readonly OptimizerMemory _memory = new();
    private IModel? _model;
    private ParameterRun[] _runs = [];
    private int _length = -1;
    private bool _isPrepared;
    private CallerGate _gate;

    private protected Optimizer(float learningRate, float weightDecay = 0f)
    {
        LearningRate = learningRate;
        WeightDecay = weightDecay;
    }

    /// <inheritdoc />
    public float LearningRate
    {
        get;
        set => field = SettingChecks.NotNegative(value);
    }

    /// <summary>
    /// How strongly parameters are drawn to 0; at least 0. The optimizer's class has the formula: some add
    /// weightDecay·p to the gradient of each parameter p, as an L2 penalty does, others take learningRate·weightDecay·p
    /// from it (decoupled decay).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public float WeightDecay
    {
        get;
        init => field = SettingChecks.NotNegative(value);
    }

    /// <summary>
    /// Scales the gradients down where their norm over all parameters is above this. Default: none. Pascanu et al.
    /// (2013).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public float? MaxGradientNorm
    {
        get;
        init => field = SettingChecks.PositiveOrNone(value);
    }

    /// <summary>
    /// Replaces each gradient by the nearest value in ±this, after a clipping by norm. Default: none.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public float? MaxGradientValue
    {
        get;
        init => field = SettingChecks.PositiveOrNone(value);
    }

    /// <summary>
    /// Tensors that are treated in another way than the rest, such as biases without weight decay:
    /// <c>new AdamW { Groups = { ParameterGroup.NoDecayOnBiasesAndNorms } }</c>. None at first.
    /// </summary>
    public ParameterGroups Groups { get; } = new();

    /// <summary>The number of steps taken.</summary>
    public long StepCount { get; private set; }

    /// <summary>The names of what is remembered, fixed by class and settings.</summary>
    private protected abstract string[] StateNames { get; }

    /// <summary>What each value of the state is before the first step.</summary>
    private protected virtual float InitialState => 0f;

    /// <summary>Whether the formula depends on the shapes of tensors.</summary>
    private protected virtual bool NeedsModel => false;

    private string Kind => GetType().Name;

    /// <summary>
    /// Makes the optimizer that of a model, whose tensors its <see cref="Groups"/> choose from. The first
    /// <see cref="Step(IModel)"/> does so too.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// The optimizer is another model's, its state does not fit, or a group names a layer that does not exist.
    /// </exception>
    /// <exception cref="InvalidOperationException">A step of another thread is under way.</exception>
    public void Attach(IModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (ReferenceEquals(_model, model))
        {
            return;
        }

        _gate.Enter("optimizer");
        try
        {
            if (_model is not null)
            {
                throw new ArgumentException(
                    $"expected the {_model.Description.Name} of the first step, got another {model.Description.Name}; "
                        + "each model needs an optimizer of its own",
                    nameof(model));
            }

            ModelDescription description = model.Description;
            CheckLength(description.TrainableLength, nameof(model));
            foreach (ParameterGroup group in Groups)
            {
                group.CheckAgainst(description);
            }

            Prepare(ParameterRun.Of(description, Groups, WeightDecay, StandsAlone), description.TrainableLength);
            _model = model;
        }
        finally
        {
            _gate.Exit();
        }
    }

    /// <inheritdoc />
    public void Step(IModel model)
    {
        Attach(model);
        Step(model.TrainableParameters, model.Gradients);
    }

    /// <inheritdoc />
    public unsafe void Step(Span<float> parameters, ReadOnlySpan<float> gradients)
    {
        _gate.Enter("optimizer");
        try
        {
            Check(parameters, gradients);
            if (!_isPrepared)
            {
                RequireModelWhereNeeded();
                Prepare([new ParameterRun(0, parameters.Length, 1f, WeightDecay, null)], parameters.Length);
            }

            StepCount++;
            float scale = GradientClipping.Scale(gradients, MaxGradientNorm);
            float limit = MaxGradientValue ?? float.PositiveInfinity;
            fixed (float* parameter = parameters, gradient = gradients)
            {
                for (int index = 0; index < _runs.Length; index++)
                {
                    ParameterRun run = _runs[index];
                    Update(new OptimizerStep(
                        index,
                        new FloatSpan(parameter + run.Start, run.Length),
                        new ClippedGradients(new FloatSpan(gradient + run.Start, run.Length), scale, limit),
                        run.Start,
                        run.Tensor,
                        StepCount,
                        LearningRate * run.LearningRateFactor,
                        run.WeightDecay));
                }
            }
        }
        finally
        {
            // The gate is a field: with it, this object and its state live until the kernel has ended.
            _gate.Exit();
        }
    }

    /// <inheritdoc />
    /// <remarks>Copies nothing: the values are valid until the next step.</remarks>
    /// <exception cref="InvalidOperationException">A step of another thread is under way.</exception>
    public OptimizerState GetState()
    {
        _gate.Enter("optimizer");
        try
        {
            return new OptimizerState(Kind, StepCount, _memory.Read());
        }
        finally
        {
            _gate.Exit();
        }
    }

    /// <inheritdoc />
    /// <remarks>
    /// The values are copied. Where the optimizer does not know its model yet, their lengths are compared with it at
    /// <see cref="Attach"/> or the first step.
    /// </remarks>
    /// <exception cref="InvalidOperationException">A step of another thread is under way.</exception>
    public void SetState(OptimizerState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        _gate.Enter("optimizer");
        try
        {
            if (state.Kind != Kind)
            {
                throw new ArgumentException(
                    $"expected the state of {Kind}, got that of {PrintableText.Name(state.Kind)}", nameof(state));
            }

            _memory.Write(state, StateNames);
            StepCount = state.StepCount;
            if (_isPrepared)
            {
                Prepare(_runs, _length);
            }
        }
        finally
        {
            _gate.Exit();
        }
    }

    /// <summary>Updates the parameters of one run.</summary>
    private protected abstract void Update(in OptimizerStep step);

    /// <summary>Whether a tensor is updated in a call of its own.</summary>
    private protected virtual bool StandsAlone(ModelDescription model, ParameterDescription parameter) => false;

    /// <summary>The length of a tensor of the state.</summary>
    private protected virtual int StateLength(int index, int parameters) => parameters;

    /// <summary>Takes what else a step needs, once the model's tensors are known.</summary>
    private protected virtual void Prepare(ReadOnlySpan<ParameterRun> runs)
    {
    }

    /// <summary>A tensor of the state, or its part for a run where it is laid out like the parameters; empty where
    /// there is none.</summary>
    private protected FloatSpan State(int index) => _memory[index];

    /// <inheritdoc cref="State(int)"/>
    private protected FloatSpan State(int index, in OptimizerStep step) =>
        _memory[index] is { IsEmpty: false } state ? state.Slice(step.Start, step.Parameters.Length) : default;

    private void Prepare(ParameterRun[] runs, int length)
    {
        Prepare(runs);
        _memory.Prepare(StateNames, index => StateLength(index, length), InitialState);
        Groups.Close();
        (_runs, _length, _isPrepared) = (runs, length, true);
    }

    private void Check(ReadOnlySpan<float> parameters, ReadOnlySpan<float> gradients)
    {
        if (gradients.Length != parameters.Length)
        {
            throw new ArgumentException(
                $"expected {parameters.Length} gradients, one for each parameter, got {gradients.Length}", nameof(gradients));
        }

        CheckLength(parameters.Length, nameof(parameters));
        if (_model is not null && !parameters.IsEmpty
            && !Unsafe.AreSame(in parameters[0], in _model.Parameters[0]))
        {
            throw new ArgumentException(
                $"expected the parameters of the {_model.Description.Name} of the first step, got others; "
                    + "each model needs an optimizer of its own",
                nameof(parameters));
        }
    }

    private void CheckLength(int length, string name)
    {
        if (_length >= 0 && length != _length)
        {
            throw new ArgumentException(
                Invariant($"expected {_length} parameters as at the first step, got {length}; ")
                    + "each model needs an optimizer of its own",
                name);
        }
    }

    private void RequireModelWhereNeeded()
    {
        if (NeedsModel || Groups.Count > 0)
        {
            throw new InvalidOperationException(
                $"expected a model, whose tensors {(NeedsModel ? Kind : "the groups")} must know, got parameters; "
                    + "call Step(model), or Attach(model) before the first step");
        }
    }
}
