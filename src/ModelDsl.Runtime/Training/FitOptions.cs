namespace ModelDsl;

/// <summary>How <see cref="Trainer{TModel}"/> trains: how long, in which batches, in which order, and who watches.</summary>
/// <remarks>
/// Values are checked when they are set. What depends on the data, such as a batch size that leaves no batch, is checked
/// when the training begins.
/// </remarks>
public sealed record FitOptions
{
    /// <summary>
    /// The number of epochs, at least 1. Default: 1, or as many as <see cref="Steps"/> take. Nothing is reserved for
    /// them in advance; <see cref="int.MaxValue"/> trains until it is stopped.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? Epochs
    {
        get;
        init => field = SettingChecks.AtLeastOne(value);
    }

    /// <summary>
    /// The number of optimizer steps after which the training ends, at least 1; null for no limit but
    /// <see cref="Epochs"/>. Steps before <see cref="FirstEpoch"/> count. The last epoch may be shorter then.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public long? Steps
    {
        get;
        init => field = SettingChecks.AtLeastOne(value);
    }

    /// <summary>
    /// The number of steps of one epoch, at least 1; null for one pass over the data. With a number, an epoch is that
    /// many steps whatever the size of the data, and the next one goes on where it ended: a language model validates
    /// and saves every so many steps. Keras' <c>steps_per_epoch</c>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? StepsPerEpoch
    {
        get;
        init => field = SettingChecks.AtLeastOne(value);
    }

    /// <summary>
    /// The number of the first epoch, at least 1. The order of the samples depends on it. Default: the one after the
    /// last epoch that the trainer has finished, so that a second training does not repeat the order of the first.
    /// Keras' <c>initial_epoch</c>, but counted from 1.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? FirstEpoch
    {
        get;
        init => field = SettingChecks.AtLeastOne(value);
    }

    /// <summary>The number of samples of one step, at least 1. Default: 32.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int BatchSize
    {
        get;
        init => field = SettingChecks.AtLeastOne(value);
    }
    = 32;

    /// <summary>
    /// The most samples to compute at a time, at least 1: a larger batch is computed in parts, whose gradients are
    /// added up before the optimizer's step (gradient accumulation). Bounds the memory. Dropout draws the masks of the
    /// whole batch, and the parts are divided by its total weight: the step is that of the whole batch up to rounding,
    /// unless a BatchNorm measures each part by itself. From 64 on, or with 32 and a batch that is a multiple of it,
    /// the step has the same bits, but for what <c>docs/training.md</c> lists: parts are multiples of 32 then.
    /// Default: the whole batch.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? MicroBatchSize
    {
        get;
        init => field = SettingChecks.AtLeastOne(value);
    }

    /// <summary>
    /// Whether samples that do not fill a batch at the end of a pass are left out of it. Default: they make a smaller
    /// batch. PyTorch's <c>drop_last</c>.
    /// </summary>
    public bool DropLast { get; init; }

    /// <summary>
    /// Whether each pass takes the samples in another order, drawn from <see cref="Seed"/> and the number of the pass.
    /// Default: true.
    /// </summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>
    /// Determines the validation split and the order of the samples: the same seed gives the same training.
    /// </summary>
    public ulong Seed { get; init; }

    /// <summary>The data to measure on after each epoch; null for none, or for <see cref="ValidationSplit"/>.</summary>
    public IDataSource? Validation { get; init; }

    /// <summary>
    /// The fraction of the training data, in [0, 1), to hold out and to measure on after each epoch. The same
    /// <see cref="Seed"/> always holds out the same samples, so that training can be continued.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public float ValidationSplit
    {
        get;
        init => field = value is >= 0f and < 1f
            ? value
            : throw SettingChecks.Unexpected("a part of the samples in [0, 1)", value, nameof(ValidationSplit));
    }

    /// <summary>
    /// The number of samples that validation takes at a time, at least 1; affects speed and memory, not what the
    /// figures mean. Default: 256, or as many as 256 MiB of activations hold where those are fewer.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? ValidationBatchSize
    {
        get;
        init => field = SettingChecks.AtLeastOne(value);
    }

    /// <summary>
    /// The learning rate of each step, counted from 0 over all epochs; null to leave the optimizer's rate to itself and to
    /// the observers.
    /// </summary>
    public LearningRateSchedule? Schedule { get; init; }

    /// <summary>
    /// The decay, in [0, 1], of an exponential moving average of the weights (<see cref="WeightAverage.Decay"/>) that
    /// is validated and kept in place of the weights of the last step; null for none. Such a training steps from the
    /// model's own weights, and has the average while it validates, while
    /// <see cref="ITrainingObserver.OnEpochCompleted"/> is called, and when it has ended: <see cref="EarlyStopping"/>
    /// and <see cref="ModelCheckpoint"/> keep the average of their best epoch. A checkpoint has the average as the
    /// model's tensors, and its own weights beside them. As Keras' <c>SwapEMAWeights(swap_on_epoch=True)</c>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1].</exception>
    public float? WeightAverageDecay
    {
        get;
        init => field = value is null or (>= 0f and <= 1f)
            ? value
            : throw SettingChecks.Unexpected("a decay in [0, 1]", value.Value, nameof(WeightAverageDecay));
    }

    /// <summary>
    /// How the loss scale of a model of <see cref="Precision.Float16"/> follows its gradients. Other models have none.
    /// </summary>
    public LossScaling LossScaling { get; init; } = new();

    /// <summary>
    /// What to measure besides loss and accuracy, on the training data while training and on the validation data after
    /// each epoch: <see cref="Metric"/> makes them. A checkpoint within an epoch keeps what they have counted
    /// (<see cref="MetricState.Remember"/>).
    /// </summary>
    public ImmutableArray<Metric> Metrics { get; init; } = [];

    /// <summary>
    /// Who watches the training, or takes part in it: called in this order. What Keras and Lightning call callbacks.
    /// </summary>
    public ImmutableArray<ITrainingObserver> Observers { get; init; } = [];

    /// <summary>
    /// Trains so that the model reveals little of any single sample (DP-SGD); null to train as usual. The model must be
    /// an
    /// <see cref="IClippingModel"/>. Each step then takes each sample with the same probability, so batches have
    /// <see cref="BatchSize"/> samples in the mean only; <see cref="MicroBatchSize"/> bounds what is computed at a
    /// time, by default four standard deviations above that.
    /// </summary>
    public DifferentialPrivacy? Privacy { get; init; }

    /// <summary>
    /// A checkpoint to go on from, as <see cref="ModelCheckpoint"/> and <see cref="TrainingRun.SaveCheckpoint(string)"/> write
    /// it; null to begin. The training that goes on ends with the same bits as one that was never stopped.
    /// </summary>
    public string? ResumeFrom { get; init; }
}
