namespace ModelDsl.Runtime.Tests.Training;

/// <summary>y = x·Wᵀ + b with any of the losses: the smallest model that does all that a compiled one does.</summary>
internal sealed class LinearModel : IModel
{
    private readonly ModelState _state;
    private readonly int _inputs;
    private readonly int _outputs;

    public LinearModel(Shape inputShape, int outputs, LossKind loss, ulong seed = 0, string name = "Linear")
    {
        _inputs = inputShape.Count;
        _outputs = outputs;
        int weightLength = (_inputs * outputs + 15) / 16 * 16;
        Description = new ModelDescription(
            name,
            inputShape,
            new Shape(outputs),
            loss,
            [new LayerDescription("dense1", $"Dense({outputs})", new Shape(outputs), (_inputs + 1) * outputs)],
            [
                new ParameterDescription(
                    "dense1.weight",
                    new Shape(outputs, _inputs),
                    0,
                    new Initialization(Initializer.GlorotUniform, _inputs, outputs)),
                new ParameterDescription(
                    "dense1.bias", new Shape(outputs), weightLength, new Initialization(Initializer.Zeros)),
            ],
            weightLength + ((outputs + 15) / 16 * 16),
            TrainingFloatsPerSample: 2 * outputs,
            InferenceFloatsPerSample: outputs);
        _state = new ModelState(Description, seed);
    }

    public ModelDescription Description { get; }

    public Span<float> Parameters => _state.ParameterSpan;

    public Span<float> Gradients => _state.GradientSpan;

    public long TrainingStep
    {
        get => _state.TrainingStep;
        set => _state.TrainingStep = value;
    }

    public ReadOnlySpan<float> Outputs => _state.Outputs;

    /// <summary>The samples of each call that trained, where somebody listens.</summary>
    public Action<float[]>? OnTrained { get; init; }

    /// <summary>The number of samples of each call that measured, where somebody listens.</summary>
    public Action<int>? OnMeasured { get; init; }

    /// <summary>
    /// Trains a model until it is cancelled within its first validation, and saves a checkpoint then.
    /// </summary>
    public static (LinearModel Model, History History) TrainUntilMeasured(FitOptions options, string checkpoint)
    {
        using var source = new CancellationTokenSource();
        var model = new LinearModel(new Shape(2), 3, LossKind.SoftmaxCrossEntropy, seed: 1)
        {
            OnMeasured = _ => source.Cancel(),
        };
        History history = new Trainer<LinearModel>(model, new Adam { LearningRate = 0.05f }).Fit(
            SmallData.Classes(23),
            options with { ValidationBatchSize = 1, Observers = [new ModelCheckpoint(checkpoint)] },
            source.Token);
        return (model, history);
    }

    ModelHold IInferenceModel.Hold(ModelAccess access) => _state.Hold(access);

    public Span<float> GetInputBuffer(int count) => _state.GetInputBuffer(count);

    public float ComputeGradients(ReadOnlySpan<float> samples, Targets targets)
    {
        OnTrained?.Invoke(samples.ToArray());
        using ModelUse use = _state.UseToTrain();
        FloatSpan input = _state.LoadSamples(samples, out int batch);
        FloatSpan arena = _state.Arena(batch, 2 * _outputs);
        FloatSpan output = Forward(input, arena, batch);
        FloatSpan gradient = arena.Slice(batch * _outputs, batch * _outputs);
        float loss = Description.Loss switch
        {
            LossKind.MeanSquaredError =>
                MeanSquaredErrorLoss.EvaluateWithGradient(output, targets, gradient, batch, _outputs),
            LossKind.SoftmaxCrossEntropy =>
                SoftmaxCrossEntropyLoss.EvaluateWithGradient(output, targets, gradient, batch, _outputs),
            LossKind.BinaryCrossEntropy =>
                BinaryCrossEntropyLoss.EvaluateWithGradient(output, targets, gradient, batch, _outputs),
            LossKind.ElementwiseHinge =>
                ElementwiseHingeLoss.EvaluateWithGradient(output, targets, gradient, batch, _outputs, squared: false),
            _ => HingeLoss.EvaluateWithGradient(output, targets, gradient, batch, _outputs),
        };
        MatrixMultiplication.TransposedTimes(
            gradient, input, Weight(_state.Gradients), Bias(_state.Gradients), _outputs, _inputs, batch);
        _state.TrainingStep++;
        return loss;
    }

    public float ComputeLoss(ReadOnlySpan<float> samples, Targets targets)
    {
        using ModelUse use = _state.Use();
        FloatSpan input = _state.LoadSamples(samples, out int batch);
        OnMeasured?.Invoke(batch);
        FloatSpan output = Forward(input, _state.Arena(batch, _outputs), batch);
        float loss = Description.Loss switch
        {
            LossKind.MeanSquaredError => MeanSquaredErrorLoss.Evaluate(output, targets, batch, _outputs),
            LossKind.SoftmaxCrossEntropy => SoftmaxCrossEntropyLoss.Evaluate(output, targets, batch, _outputs),
            LossKind.BinaryCrossEntropy => BinaryCrossEntropyLoss.Evaluate(output, targets, batch, _outputs),
            LossKind.ElementwiseHinge =>
                ElementwiseHingeLoss.Evaluate(output, targets, batch, _outputs, squared: false),
            _ => HingeLoss.Evaluate(output, targets, batch, _outputs),
        };
        return loss;
    }

    public ReadOnlySpan<float> Predict(ReadOnlySpan<float> samples)
    {
        using ModelUse use = _state.Use();
        FloatSpan input = _state.LoadSamples(samples, out int batch);
        Forward(input, _state.Arena(batch, _outputs), batch);
        return _state.Outputs;
    }

    private FloatSpan Forward(FloatSpan input, FloatSpan arena, int batch)
    {
        FloatSpan output = arena.Slice(0, batch * _outputs);
        MatrixMultiplication.TimesTransposed(
            input,
            Weight(_state.Parameters),
            output,
            batch,
            _outputs,
            _inputs,
            Epilogue.Of(new AddBias(Bias(_state.Parameters))));
        _state.SetOutputs(0, batch * _outputs);
        return output;
    }

    private FloatSpan Weight(FloatSpan parameters) => parameters.Slice(0, _inputs * _outputs);

    private FloatSpan Bias(FloatSpan parameters) => parameters.Slice(Description.Parameters[1].Offset, _outputs);
}
