using System.Diagnostics;

namespace ModelDsl;

/// <summary>Trains a model on data sets, and measures how well it does.</summary>
/// <typeparam name="TModel">The model's class.</typeparam>
public sealed class Trainer<TModel>
    where TModel : class, IModel
{
    private TrainingRun? _lastRun;

    /// <summary>Creates a trainer for a model and an optimizer.</summary>
    public Trainer(TModel model, IOptimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(optimizer);
        Model = model;
        Optimizer = optimizer;
    }

    /// <summary>The model that is trained.</summary>
    public TModel Model { get; }

    /// <summary>The optimizer that updates the model's parameters.</summary>
    public IOptimizer Optimizer { get; }

    /// <summary>Trains for a number of passes over a data set.</summary>
    /// <param name="train">What to train on. Every sample is used once an epoch; the last batch may be smaller.</param>
    /// <param name="epochs">As <see cref="FitOptions.Epochs"/>.</param>
    /// <param name="batchSize">As <see cref="FitOptions.BatchSize"/>.</param>
    /// <param name="validationSplit">As <see cref="FitOptions.ValidationSplit"/>.</param>
    /// <param name="validation">As <see cref="FitOptions.Validation"/>.</param>
    /// <param name="shuffle">As <see cref="FitOptions.Shuffle"/>.</param>
    /// <param name="seed">As <see cref="FitOptions.Seed"/>.</param>
    /// <param name="observer">Watches the training. <see cref="FitOptions.Observers"/> has place for several.</param>
    /// <param name="validationBatchSize">As <see cref="FitOptions.ValidationBatchSize"/>.</param>
    /// <param name="cancellationToken">Ends the training after the batch at hand.</param>
    /// <inheritdoc cref="Fit(IDataSource, FitOptions, CancellationToken)" path="/returns|/exception"/>
    public History Fit(
        IDataSource train,
        int epochs = 1,
        int batchSize = 32,
        float validationSplit = 0f,
        IDataSource? validation = null,
        bool shuffle = true,
        ulong seed = 0,
        ITrainingObserver? observer = null,
        int? validationBatchSize = null,
        CancellationToken cancellationToken = default) =>
        Fit(
            train,
            new FitOptions
            {
                Epochs = epochs,
                BatchSize = batchSize,
                ValidationSplit = validationSplit,
                Validation = validation,
                Shuffle = shuffle,
                Seed = seed,
                Observers = observer is null ? [] : [observer],
                ValidationBatchSize = validationBatchSize,
            },
            cancellationToken);

    /// <summary>Trains on a data set.</summary>
    /// <param name="train">What to train on. Every sample is used once a pass.</param>
    /// <param name="options">How long, in which batches, in which order, and who watches.</param>
    /// <param name="cancellationToken">
    /// Ends the training after the batch at hand. That is no error: the result says so, and the parameters are those of
    /// the last step.
    /// </param>
    /// <returns>The figures of each epoch, and why the training ended.</returns>
    /// <exception cref="ArgumentException">An argument is out of range, or a data set does not fit the model.</exception>
    /// <exception cref="InvalidDataException"><see cref="FitOptions.ResumeFrom"/> is damaged, or a checkpoint of another
    /// training. Nothing was changed.</exception>
    /// <exception cref="IOException"><see cref="FitOptions.ResumeFrom"/> cannot be read, or an observer cannot write.</exception>
    /// <exception cref="TrainingDivergedException">The loss, or a gradient, became infinite or not a number: parameters,
    /// running statistics and training step are as they were before that batch. Or a parameter is not finite at the end
    /// of an epoch.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using the model. While this method runs, only its
    /// own thread may use the model, as an observer does.</exception>
    public History Fit(IDataSource train, FitOptions options, CancellationToken cancellationToken = default)
    {
        using ModelHold hold = Model.Hold(ModelAccess.Change);
        TrainingRun run = Begin(train, options);
        while (run.TakeStep(cancellationToken))
        {
        }

        return run.History;
    }

    /// <summary>
    /// Trains on a data set and gives the calling thread back after each step, so that a user interface, or a browser's
    /// only thread, stays alive. Each step itself runs where the caller's context resumes it.
    /// </summary>
    /// <remarks>Between the steps others may use the model, for example to predict.</remarks>
    /// <inheritdoc cref="Fit(IDataSource, FitOptions, CancellationToken)" path="/param|/returns|/exception"/>
    public async Task<History> FitAsync(
        IDataSource train, FitOptions options, CancellationToken cancellationToken = default)
    {
        TrainingRun run = Begin(train, options);
        while (run.TakeStep(cancellationToken))
        {
            await Task.Yield();
        }

        return run.History;
    }

    /// <summary>
    /// Prepares a training whose steps the caller takes: <c>while (run.TakeStep()) { ... }</c> is
    /// <see cref="Fit(IDataSource, FitOptions, CancellationToken)"/>.
    /// </summary>
    /// <param name="train">What to train on.</param>
    /// <param name="options">How long, in which batches, in which order, and who watches.</param>
    /// <exception cref="ArgumentException">An option does not fit the data, or a data set does not fit the model.</exception>
    public TrainingRun Begin(IDataSource train, FitOptions options)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(options);
        int firstEpoch = options.FirstEpoch ?? ((_lastRun?.LastCompletedEpoch ?? 0) + 1);
        return _lastRun = new TrainingRun(Model, Optimizer, train, options, firstEpoch);
    }

    /// <summary>Measures the model on a data set, in inference mode.</summary>
    /// <param name="dataset">What to measure on.</param>
    /// <param name="batchSize">
    /// The number of samples taken at a time, at least 1; affects speed and memory, not what the figures mean. Default:
    /// 256, or as many as 256 MiB of activations hold where those are fewer.
    /// </param>
    /// <param name="cancellationToken">Ends the measurement after the batch at hand.</param>
    /// <exception cref="ArgumentException">The data set does not fit the model, or the batch size is not positive.</exception>
    /// <exception cref="OperationCanceledException">The measurement was cancelled.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using the model.</exception>
    public Evaluation Evaluate(
        IDataSource dataset, int? batchSize = null, CancellationToken cancellationToken = default) =>
        Evaluate(dataset, metrics: [], batchSize, cancellationToken);

    /// <summary>Measures the model on a data set, in inference mode, also with metrics of one's choice.</summary>
    /// <param name="dataset">What to measure on.</param>
    /// <param name="metrics">What to measure besides: <see cref="Metric"/> makes them.</param>
    /// <param name="batchSize">As in <see cref="Evaluate(IDataSource, int?, CancellationToken)"/>.</param>
    /// <param name="cancellationToken">Ends the measurement after the batch at hand.</param>
    /// <exception cref="ArgumentException">The data set or a metric does not fit the model, or the batch size is not
    /// positive.</exception>
    /// <exception cref="OperationCanceledException">The measurement was cancelled.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using the model.</exception>
    public Evaluation Evaluate(
        IDataSource dataset,
        ImmutableArray<Metric> metrics,
        int? batchSize = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        SettingChecks.AtLeastOne(batchSize, nameof(batchSize));
        using ModelHold hold = Model.Hold(ModelAccess.Compute);
        long start = Stopwatch.GetTimestamp();
        Metrics figures = new Pass(Model, dataset, batchSize, metrics, withConfusion: true).Run(cancellationToken);
        return new Evaluation(
            dataset.Count,
            figures.Loss,
            figures.Accuracy,
            figures.Confusion,
            figures.MeanAbsoluteError,
            Stopwatch.GetElapsedTime(start))
        {
            Heads = figures.Heads,
            Metrics = figures.Chosen,
        };
    }
}
