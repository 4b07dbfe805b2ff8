using System.Diagnostics;
using System.Numerics.Tensors;

namespace ModelDsl;

/// <summary>
/// A training that its caller takes forward step by step, so that a user interface, a browser's only thread or a loop
/// of one's own stays in charge between the steps. <see cref="Trainer{TModel}.Begin"/> makes one.
/// </summary>
/// <remarks>
/// The model is reserved for the calling thread during a step and free between two: it may predict then. Its parameters
/// must not be changed meanwhile, or the training goes on from the changed ones.
/// </remarks>
public sealed class TrainingRun
{
    private readonly ISampleOrder _order;
    private readonly PrivateLearning? _private;
    private readonly long _firstStep;
    private readonly BatchLoader _loader;
    private readonly Pass? _validation;
    private readonly Metrics _metrics;
    private readonly StatisticsBackup _statistics;
    private readonly LossScaler? _lossScaler;
    private readonly double[] _totalWeights;
    private readonly AlignedMemory? _gradientSum;
    private readonly int _microBatchSize;
    private readonly int _stepsPerEpoch;
    private readonly List<EpochResult> _epochs = [];
    private readonly List<(string Path, Action? OnWritten)> _requestedCheckpoints = [];

    private TimeSpan _trainingTime;
    private TimeSpan _loadingTime;
    private bool _isStarted;
    private bool _isStepping;
    private bool _isEpochOpen;

    // Whether gradients of the step at hand were not finite because the loss scale is too large.
    private bool _overflows;
    private int _batch;

    internal TrainingRun(IModel model, IOptimizer optimizer, IDataSource train, FitOptions options, int firstEpoch)
    {
        (Model, Optimizer, Options) = (model, optimizer, options);
        IDataSource? validation = options.Validation;
        if (options.ValidationSplit > 0f)
        {
            if (validation is not null)
            {
                throw new ArgumentException(
                    "expected either a validation split or a validation set, got both", nameof(options));
            }

            (train, validation) = train.Split(options.ValidationSplit, options.Seed);
        }

        _private = options.Privacy is null ? null : new PrivateLearning(model, train, options);
        _order = _private?.Order
            ?? new SampleOrder(train, options.BatchSize, options.DropLast, options.Shuffle ? options.Seed : null);
        _stepsPerEpoch = options.StepsPerEpoch ?? _order.BatchesPerPass;
        int epochs = options.Epochs ?? (options.Steps is null ? 1 : int.MaxValue);
        LastEpoch = (int)Math.Min(int.MaxValue, firstEpoch - 1L + epochs);
        LastStep = (long)LastEpoch * _stepsPerEpoch;
        Epoch = firstEpoch - 1;
        Step = (long)Epoch * _stepsPerEpoch;
        if (options.Steps is { } steps && steps < LastStep)
        {
            LastStep = Math.Max(steps, Step);
            LastEpoch = (int)((LastStep + _stepsPerEpoch - 1) / _stepsPerEpoch);
        }

        _firstStep = Step;
        _private?.PlanSteps(LastStep - _firstStep);
        int usual = _private is null ? options.BatchSize : PoissonOrder.LargeBatch(options.BatchSize);
        int largest = Math.Min(usual, train.Count);
        _microBatchSize = PartSize(options.MicroBatchSize ?? largest, largest);
        _totalWeights = new double[TotalWeights.Of(model.Description).Count];
        _gradientSum = _private is null ? null : new AlignedMemory(model.Description.TrainableLength);
        _loader = new BatchLoader(model, train, _microBatchSize);
        _validation = validation is null ? null : new Pass(
            model, validation, options.ValidationBatchSize, options.Metrics);
        _metrics = new Metrics(model.Description, train, options.Metrics);
        _statistics = new StatisticsBackup(model);
        WeightAverage = options.WeightAverageDecay is { } decay ? new WeightAverage(model) { Decay = decay } : null;
        _lossScaler = LossScaler.Begin(model, options.LossScaling);
        optimizer.Attach(model);
    }

    /// <summary>The model that is trained.</summary>
    public IModel Model { get; }

    /// <summary>The optimizer that updates the model's parameters.</summary>
    public IOptimizer Optimizer { get; }

    /// <summary>
    /// The average of the weights, which the training updates after each step; null without
    /// <see cref="FitOptions.WeightAverageDecay"/>. Between two steps <see cref="WeightAverage.Apply"/> gives it to the
    /// model; when the training has ended, and while an epoch's validation and its observers run, the model has it
    /// already.
    /// </summary>
    public WeightAverage? WeightAverage { get; }

    /// <summary>What the training was asked for.</summary>
    public FitOptions Options { get; }

    /// <summary>
    /// The number of steps so far, over all epochs: those before a checkpoint, or before
    /// <see cref="FitOptions.FirstEpoch"/>, included.
    /// </summary>
    public long Step { get; private set; }

    /// <summary>
    /// The number of steps after which the training ends; very large where it is to go on until it is stopped.
    /// </summary>
    public long LastStep { get; }

    /// <summary>The epoch at hand, or between two epochs the one that is over; counted from 1.</summary>
    public int Epoch { get; private set; }

    /// <summary>The number of the last epoch of this training.</summary>
    public int LastEpoch { get; }

    /// <summary>Why the training ended; <see cref="EndReason.NotEnded"/> while it goes on.</summary>
    public EndReason EndReason { get; private set; }

    /// <summary>What <see cref="Stop"/> was given; null where nobody called it.</summary>
    public string? StopMessage { get; private set; }

    /// <summary>The results so far. Makes a copy of them: not for every step.</summary>
    public History History => new([.. _epochs])
    {
        EndReason = EndReason,
        StopMessage = StopMessage,
        Steps = Step,
        Unfinished = _isEpochOpen && _batch > 0 ? EpochFigures(validation: null, TimeSpan.Zero) : null,
        Privacy = PrivacySpent,
    };

    /// <summary>
    /// What the steps so far reveal of any one sample of the training data, where the training is private; else null.
    /// Works it out anew: not for every step.
    /// </summary>
    public PrivacySpent? PrivacySpent => _private?.Spent(Step - _firstStep);

    /// <summary>The number of the last epoch that is over.</summary>
    internal int LastCompletedEpoch => _isEpochOpen ? Epoch - 1 : Epoch;

    // The last epoch may be shorter.
    private int BatchesOfEpoch => (int)Math.Min(_stepsPerEpoch, LastStep - ((Epoch - 1L) * _stepsPerEpoch));

    /// <summary>
    /// Takes one step: trains on the next batch and, after the last one of an epoch, validates. Allocates nothing but
    /// an epoch's result. A step whose loss scale was too large (<see cref="FitOptions.LossScaling"/>) counts, and
    /// changes no parameter.
    /// </summary>
    /// <param name="cancellationToken">
    /// Ends the training before the batch, or within the validation, which a training that goes on from here repeats.
    /// </param>
    /// <returns>Whether the training goes on. If not, <see cref="EndReason"/> says why.</returns>
    /// <exception cref="TrainingDivergedException">The loss, or a gradient, became infinite or not a number:
    /// parameters, running statistics and training step are as they were before that batch. Or a parameter is not
    /// finite at the end of an epoch.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using the model, or an observer calls this, or the
    /// model still has the average that <see cref="WeightAverage"/> was told to apply.</exception>
    public bool TakeStep(CancellationToken cancellationToken = default)
    {
        if (_isStepping)
        {
            throw new InvalidOperationException("an observer cannot take steps of the training that calls it");
        }

        if (EndReason != EndReason.NotEnded)
        {
            return false;
        }

        WeightAverage?.RequireOwnWeights();
        using ModelHold hold = Model.Hold(ModelAccess.Change);
        _isStepping = true;
        try
        {
            Start();
            if (Advance(cancellationToken) is { } reason)
            {
                End(reason);
            }
        }
        finally
        {
            _isStepping = false;
        }

        return EndReason == EndReason.NotEnded;
    }

    /// <summary>
    /// Ends the training after the step at hand. For observers, and for whoever takes the steps; the first message
    /// counts.
    /// </summary>
    /// <param name="message">Why, for <see cref="History.StopMessage"/>.</param>
    public void Stop(string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        StopMessage ??= message;
    }

    /// <summary>
    /// Writes all that a training needs to go on with the same bits (<see cref="FitOptions.ResumeFrom"/>): model,
    /// optimizer, place in the data, figures, and what observers remember. When an observer calls it, the file is
    /// written after all observers have been called, so that their order does not matter.
    /// </summary>
    /// <param name="path">
    /// A safetensors file. It appears complete or not at all; an existing one is replaced. <see cref="ModelFile"/>
    /// reads the model from it.
    /// </param>
    /// <exception cref="IOException">The file cannot be written; an existing one is unchanged.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file may not be written to.</exception>
    /// <exception cref="InvalidOperationException">Another thread is training the model.</exception>
    public void SaveCheckpoint(string path) => SaveCheckpoint(path, onWritten: null);

    /// <summary>As <see cref="SaveCheckpoint(string)"/>, and calls back when the file is in its place.</summary>
    internal void SaveCheckpoint(string path, Action? onWritten)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (_isStepping)
        {
            _requestedCheckpoints.Add((path, onWritten));
            return;
        }

        using ModelHold hold = Model.Hold(ModelAccess.Change);
        Start();
        Checkpoint.Save(path, this);
        onWritten?.Invoke();
    }

    // What must be the same for a training to go on.
    private SortedDictionary<string, string> PlaceOptions
    {
        get
        {
            SortedDictionary<string, string> options = TrainingPlace.OptionsOf(Options, _order.Count, _stepsPerEpoch);
            foreach ((string name, string value) in _private?.PlaceOptions ?? [])
            {
                options.Add(name, value);
            }

            return options;
        }
    }

    /// <summary>Where the training is.</summary>
    internal TrainingPlace SavePlace()
    {
        // Nobody asks for the figures of an epoch that is over: its result has them.
        MetricMemory counted = _isEpochOpen ? _metrics.Save() : new();
        return new()
        {
            Options = PlaceOptions,
            Step = Step,
            Epoch = Epoch,
            Batch = _batch,
            IsEpochOpen = _isEpochOpen,
            TrainingTime = _trainingTime,
            LoadingTime = _loadingTime,
            StopMessage = StopMessage,
            Metrics = _metrics.Names,
            Sums = [[.. counted.Numbers]],
            MetricValues = counted.Values,
            LossScale = _lossScaler is null ? null : Model.LossScale,
            FiniteSteps = _lossScaler?.FiniteSteps ?? 0,
            Epochs = [.. _epochs.Select(TrainingPlace.WithoutMatrices)],
        };
    }

    /// <summary>Goes on from a place.</summary>
    /// <exception cref="InvalidDataException">It is not one of a training like this.</exception>
    internal void RestorePlace(TrainingPlace place)
    {
        place.Check(PlaceOptions, _stepsPerEpoch);
        if (place.LossScale is { } scale)
        {
            _lossScaler?.Restore(scale, place.FiniteSteps);
        }

        if (place.IsEpochOpen)
        {
            _metrics.Restore(place.Metrics, [.. place.Sums.SelectMany(row => row)], place.MetricValues);
        }

        (Step, Epoch, _batch, _isEpochOpen) = (place.Step, place.Epoch, place.Batch, place.IsEpochOpen);
        (_trainingTime, _loadingTime, StopMessage) = (place.TrainingTime, place.LoadingTime, place.StopMessage);
        _epochs.Clear();
        _epochs.AddRange(place.Epochs);
    }

    private void Start()
    {
        if (_isStarted)
        {
            return;
        }

        foreach (ITrainingObserver observer in Options.Observers)
        {
            observer.OnStarted(this);
        }

        if (Options.ResumeFrom is { } path)
        {
            Checkpoint.Load(path, this);
        }

        _isStarted = true;
    }

    /// <summary>One batch, and the end of the epoch after its last one; or why the training ends.</summary>
    private EndReason? Advance(CancellationToken cancellationToken)
    {
        if (StopMessage is not null)
        {
            return EndReason.Stopped;
        }

        if (!_isEpochOpen)
        {
            if (Step >= LastStep)
            {
                return EndReason.Completed;
            }

            StartEpoch();
        }

        if (cancellationToken.IsCancellationRequested)
        {
            return EndReason.Cancelled;
        }

        // All of them are done where the training goes on from within a validation.
        if (_batch < BatchesOfEpoch)
        {
            TrainOnBatch();
        }

        if (_batch >= BatchesOfEpoch && !TryFinishEpoch(cancellationToken))
        {
            return EndReason.Cancelled;
        }

        WriteRequestedCheckpoints();
        if (StopMessage is not null)
        {
            return EndReason.Stopped;
        }

        return _isEpochOpen || Step < LastStep ? null : EndReason.Completed;
    }

    private void StartEpoch()
    {
        Epoch++;
        (_isEpochOpen, _batch, _trainingTime, _loadingTime) = (true, 0, TimeSpan.Zero, TimeSpan.Zero);
        _metrics.Reset();
        foreach (ITrainingObserver observer in Options.Observers)
        {
            observer.OnEpochStarted(Epoch, LastEpoch, BatchesOfEpoch);
        }
    }

    private void TrainOnBatch()
    {
        long start = Stopwatch.GetTimestamp();
        if (Options.Schedule is { } schedule)
        {
            Optimizer.LearningRate = schedule.RateAt(Step);
        }

        float learningRate = Optimizer.LearningRate;
        long startOfLoading = Stopwatch.GetTimestamp();
        ReadOnlySpan<int> indices = _order.SamplesOf(Step);
        _loadingTime += Stopwatch.GetElapsedTime(startOfLoading);
        double loss = LearnFrom(indices, _order.SamplesAfter(Step));
        Step++;
        _batch++;
        var result = new BatchResult(
            Epoch, LastEpoch, _batch, BatchesOfEpoch, _metrics.Samples, _metrics.Loss, _metrics.Accuracy)
        {
            Step = Step,
            BatchLoss = loss,
            LearningRate = learningRate,
        };
        foreach (ITrainingObserver observer in Options.Observers)
        {
            observer.OnBatchCompleted(result);
        }

        _trainingTime += Stopwatch.GetElapsedTime(start);
    }

    /// <summary>One step of the optimizer, or an exception that leaves no trace.</summary>
    /// <param name="indices">The samples.</param>
    /// <param name="following">Those of the next batch, if it is one of the same pass.</param>
    /// <returns>The mean loss, with penalties.</returns>
    private double LearnFrom(ReadOnlySpan<int> indices, ReadOnlySpan<int> following)
    {
        _statistics.Keep();
        if (_private is not null)
        {
            return LearnPrivately(_private, indices, following);
        }

        _overflows = false;
        double loss;
        if (indices.Length <= _microBatchSize)
        {
            loss = ComputeGradients(indices, PartAt(following, 0), place: null);
        }
        else
        {
            loss = 0;
            Array.Clear(_totalWeights);
            _loader.AddTotalWeights(indices, _totalWeights);
            int first = 0;
            while (first < indices.Length)
            {
                ReadOnlySpan<int> own = PartAt(indices, first);
                var place = new BatchPart(first, indices.Length);
                first += own.Length;
                ReadOnlySpan<int> next = first < indices.Length ? PartAt(indices, first) : PartAt(following, 0);
                loss += ComputeGradients(own, next, place);
            }
        }

        Update(Model.Gradients);
        return loss;
    }

    // The sum of all clipped gradients, in parts where they are too many at a time, with noise. Of no samples it is
    // noise too.
    private double LearnPrivately(PrivateLearning learning, ReadOnlySpan<int> indices, ReadOnlySpan<int> following)
    {
        Span<float> sum = _gradientSum!.Span;
        sum.Clear();
        double lossSum = 0;
        int count = indices.Length;
        Model.TrainingStep += count == 0 ? 1 : 0;
        while (!indices.IsEmpty)
        {
            ReadOnlySpan<int> part = indices[..Math.Min(_microBatchSize, indices.Length)];
            indices = indices[part.Length..];
            ReadOnlySpan<int> rest = indices.IsEmpty ? following : indices;
            double loss = ComputeGradients(part, rest[..Math.Min(_microBatchSize, rest.Length)], place: null);
            TensorPrimitives.Add(sum, Model.Gradients, sum);
            lossSum += loss * part.Length;
        }

        learning.Finish(_gradientSum.FloatSpan, Step);
        double mean = lossSum / Math.Max(1, count);
        if (!_overflows && !FiniteCheck.AreFinite(sum))
        {
            // Finite gradients of the parts of a batch may have a sum that is not.
            _statistics.Restore();
            throw Diverged((float)mean, sum, samples: [], targets: default, indices: []);
        }

        Update(sum);
        GC.KeepAlive(_gradientSum);
        return mean;
    }

    // Parts begin at bounds of blocks, and have a block at least, where they may be as large: then they have the bits
    // of the whole batch.
    private static int PartSize(int most, int largest) => most >= largest ? largest
        : most < BatchPart.BlockSize ? most
        : most - (most % BatchPart.BlockSize);

    private ReadOnlySpan<int> PartAt(ReadOnlySpan<int> indices, int first)
    {
        int rest = indices.Length - first;
        int count = Math.Min(_microBatchSize, rest);
        bool leavesLittle = rest > count && rest - count < BatchPart.BlockSize;
        return indices.Slice(first, leavesLittle && count > BatchPart.BlockSize ? count - BatchPart.BlockSize : count);
    }

    private double ComputeGradients(ReadOnlySpan<int> indices, ReadOnlySpan<int> following, BatchPart? place)
    {
        long start = Stopwatch.GetTimestamp();
        Targets targets;
        ReadOnlySpan<float> samples = place is null && _order is SampleOrder order
            ? _loader.Load(order, Step, out targets)
            : _loader.Load(indices, following, out targets);
        _loadingTime += Stopwatch.GetElapsedTime(start);
        float loss;
        try
        {
            if (place is { } part)
            {
                targets = targets with { TotalWeights = _totalWeights };
                loss = Model.ComputeGradients(samples, targets, part);
            }
            else
            {
                loss = _private is null
                    ? Model.ComputeGradients(samples, targets)
                    : _private.ComputeGradients(samples, targets);
            }
        }
        catch (ArgumentException)
        {
            // Such as a label out of range, which the loss finds after the forward pass.
            _statistics.Restore();
            throw;
        }

        bool isFinite = FiniteCheck.AreFinite(Model.Gradients);
        _overflows |= !isFinite;
        if (!float.IsFinite(loss) || (!isFinite && _lossScaler is not { CanBackOff: true }))
        {
            _statistics.Restore();
            throw Diverged(loss, Model.Gradients, samples, targets, indices);
        }

        float penalty = Model.Penalty;
        _metrics.Add((double)loss - penalty, penalty, Model, targets, indices, place?.BatchSize);
        return loss;
    }

    private void Update(ReadOnlySpan<float> gradients)
    {
        if (_overflows)
        {
            _lossScaler!.BackOff();
            return;
        }

        Optimizer.Step(Model.TrainableParameters, gradients);
        WeightAverage?.Update();
        _lossScaler?.Count();
    }

    private bool TryFinishEpoch(CancellationToken cancellationToken)
    {
        // One that no sample of the epoch needed, such as a row of an embedding, shows in neither loss nor gradients.
        if (!FiniteCheck.AreFinite(Model.Parameters))
        {
            throw Diverged(
                Step, Invariant($"epoch {Epoch}, after its last batch"), loss: 0f, gradients: [], samples: [], targets: default, indices: []);
        }

        // Until the observers have seen the epoch: what was validated is what they keep.
        using AppliedAverage applied = WeightAverage?.Apply() ?? default;
        long start = Stopwatch.GetTimestamp();
        Metrics? validation;
        try
        {
            validation = _validation?.Run(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }

        EpochResult result = EpochFigures(validation, Stopwatch.GetElapsedTime(start));
        _epochs.Add(result);
        _isEpochOpen = false;
        foreach (ITrainingObserver observer in Options.Observers)
        {
            observer.OnEpochCompleted(result);
        }

        return true;
    }

    private EpochResult EpochFigures(Metrics? validation, TimeSpan validationTime) => new(
        Epoch,
        _metrics.Loss,
        _metrics.Accuracy,
        validation?.Loss,
        validation?.Accuracy,
        _trainingTime,
        validationTime,
        _metrics.Samples / _trainingTime.TotalSeconds)
    {
        Step = Step,
        LoadingTime = _loadingTime,
        Heads = _metrics.Heads,
        ValidationHeads = validation?.Heads ?? [],
        Metrics = _metrics.Chosen,
        ValidationMetrics = validation?.Chosen ?? [],
    };

    private void End(EndReason reason)
    {
        EndReason = reason;

        // For good. Before the first step there is nothing to average.
        if (WeightAverage is { UpdateCount: > 0 } average)
        {
            average.Apply();
        }

        History history = History;
        foreach (ITrainingObserver observer in Options.Observers)
        {
            observer.OnEnded(history);
        }

        WriteRequestedCheckpoints();
    }

    private void WriteRequestedCheckpoints()
    {
        foreach ((string path, Action? onWritten) in _requestedCheckpoints)
        {
            Checkpoint.Save(path, this);
            onWritten?.Invoke();
        }

        _requestedCheckpoints.Clear();
    }

    private TrainingDivergedException Diverged(
        float loss,
        ReadOnlySpan<float> gradients,
        ReadOnlySpan<float> samples,
        Targets targets,
        ReadOnlySpan<int> indices) => Diverged(
            Step + 1,
            Invariant($"epoch {Epoch}, batch {_batch + 1} of {BatchesOfEpoch}"),
            loss,
            gradients,
            samples,
            targets,
            indices);

    private TrainingDivergedException Diverged(
        long step,
        string place,
        float loss,
        ReadOnlySpan<float> gradients,
        ReadOnlySpan<float> samples,
        Targets targets,
        ReadOnlySpan<int> indices)
    {
        var diagnosis = new NonFiniteDiagnosis(Model)
        {
            Step = step,
            Place = place,
            LearningRate = Optimizer.LearningRate,
            Loss = loss,
            Gradients = gradients.ToArray(),
            Samples = samples.ToArray(),
            Values = targets.Values.ToArray(),
            Indices = indices.ToArray(),
        };
        TrainingDivergedException exception = diagnosis.Find()
            ?? throw new InvalidOperationException("expected something that is not finite, found nothing");
        exception.History = History;
        return exception;
    }
}
