using System.Diagnostics;

namespace ModelDsl;

/// <summary>Trains a model on data sets, and measures how well it does.</summary>
/// <typeparam name="TModel">The model's class.</typeparam>
public sealed class Trainer<TModel>
    where TModel : class, IModel
{
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
    /// <param name="epochs">
    /// The number of passes, at least 1; <see cref="int.MaxValue"/> for a training that runs until it is cancelled. The
    /// figures of every epoch are kept in memory.
    /// </param>
    /// <param name="batchSize">The number of samples of one step, at least 1.</param>
    /// <param name="validationSplit">
    /// The fraction of <paramref name="train"/>, in [0, 1), to hold out and to measure on after each epoch: the random
    /// part that <see cref="DataSplits.Split"/> holds out for <paramref name="seed"/>. The same seed always holds out the
    /// same samples, so that training can be continued.
    /// </param>
    /// <param name="validation">A data set to measure on after each epoch, in place of a split.</param>
    /// <param name="shuffle">Whether each epoch takes the samples in a different order, drawn from the seed and the
    /// epoch.</param>
    /// <param name="seed">Determines the validation split and the order of the samples: the same seed gives the same
    /// training.</param>
    /// <param name="observer">Watches the training.</param>
    /// <param name="validationBatchSize">
    /// The number of samples that validation takes at a time, at least 1; affects speed and memory, not what the
    /// figures mean. Default: 256, or as many as 256 MiB of activations hold where those are fewer.
    /// </param>
    /// <param name="cancellationToken">Ends the training after the batch at hand.</param>
    /// <returns>The figures of each epoch.</returns>
    /// <exception cref="ArgumentException">An argument is out of range, or a data set does not fit the model.</exception>
    /// <exception cref="NotFiniteNumberException">The loss, or a gradient, became infinite or not a number. Parameters,
    /// running statistics and training step are as they were before that batch.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled. The parameters are those of the last
    /// step.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using the model. While this method runs, only its
    /// own thread may use the model, as an observer does.</exception>
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
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(train);
        CheckPositive(epochs, nameof(epochs));
        CheckPositive(batchSize, nameof(batchSize));
        CheckPositive(validationBatchSize ?? 1, nameof(validationBatchSize));
        if (!(validationSplit is >= 0f and < 1f))
        {
            throw new ArgumentOutOfRangeException(
                nameof(validationSplit), Invariant($"expected a part of the samples in [0, 1), got {validationSplit}"));
        }

        if (validationSplit > 0f)
        {
            if (validation is not null)
            {
                throw new ArgumentException(
                    "expected either a validation split or a validation set, got both", nameof(validation));
            }

            (train, validation) = train.Split(validationSplit, seed);
        }

        using ModelHold hold = Model.Hold(ModelAccess.Change);
        var loader = new BatchLoader(Model, train, batchSize);
        Pass? validationPass = validation is null ? null : new Pass(Model, validation, validationBatchSize);
        var metrics = new Metrics(Model.Description);
        var statistics = new StatisticsBackup(Model);
        int[] order = Indices.All(train.Count);
        int batches = ((train.Count - 1) / batchSize) + 1;
        var results = ImmutableArray.CreateBuilder<EpochResult>();
        for (int epoch = 1; results.Count < epochs; epoch++)
        {
            observer?.OnEpochStarted(epoch, epochs, batches);
            long start = Stopwatch.GetTimestamp();
            if (shuffle)
            {
                Indices.FillInOrder(order);
                new Philox(seed, RandomStreams.Shuffle(epoch)).Shuffle(order.AsSpan());
            }

            train.StartEpoch(epoch);
            metrics.Reset();
            for (int batch = 1; batch <= batches; batch++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                ReadOnlySpan<int> indices = BatchOf(order, batch, batchSize);
                Step(loader, indices, BatchOf(order, batch + 1, batchSize), metrics, statistics, new Place(epoch, batch, batches));
                observer?.OnBatchCompleted(
                    new BatchResult(epoch, epochs, batch, batches, metrics.Samples, metrics.Loss, metrics.Accuracy));
            }

            TimeSpan trainingTime = Stopwatch.GetElapsedTime(start);
            Metrics? validationMetrics = validationPass?.Run(cancellationToken);
            var result = new EpochResult(
                epoch,
                metrics.Loss,
                metrics.Accuracy,
                validationMetrics?.Loss,
                validationMetrics?.Accuracy,
                trainingTime,
                Stopwatch.GetElapsedTime(start) - trainingTime,
                train.Count / trainingTime.TotalSeconds)
            {
                Heads = metrics.Heads,
                ValidationHeads = validationMetrics?.Heads ?? [],
            };
            results.Add(result);
            observer?.OnEpochCompleted(result);
        }

        return new History(results.DrainToImmutable());
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
        IDataSource dataset, int? batchSize = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        CheckPositive(batchSize ?? 1, nameof(batchSize));
        using ModelHold hold = Model.Hold(ModelAccess.Compute);
        long start = Stopwatch.GetTimestamp();
        Metrics metrics = new Pass(Model, dataset, batchSize, withConfusion: true).Run(cancellationToken);
        return new Evaluation(
            dataset.Count,
            metrics.Loss,
            metrics.Accuracy,
            metrics.Confusion,
            metrics.MeanAbsoluteError,
            Stopwatch.GetElapsedTime(start))
        {
            Heads = metrics.Heads,
        };
    }

    private void Step(
        BatchLoader loader,
        ReadOnlySpan<int> indices,
        ReadOnlySpan<int> next,
        Metrics metrics,
        StatisticsBackup statistics,
        Place place)
    {
        ReadOnlySpan<float> samples = loader.Load(indices, next, out Targets targets);
        statistics.Keep();
        float loss;
        try
        {
            loss = Model.ComputeGradients(samples, targets);
        }
        catch (ArgumentException)
        {
            // Such as a label out of range, which the loss finds after the forward pass.
            statistics.Restore();
            throw;
        }

        if (!float.IsFinite(loss))
        {
            statistics.Restore();
            throw NotFinite(
                Invariant($"the loss became {loss}"),
                Invariant($"try a learning rate below {Optimizer.LearningRate}, or clip the gradients"),
                loss,
                place);
        }

        Span<float> gradients = Model.Gradients;
        if (!FiniteCheck.AreFinite(gradients))
        {
            statistics.Restore();
            (string tensor, float gradient) = FirstNotFinite(gradients);
            throw NotFinite(
                Invariant($"the loss is {loss}, but a gradient of {tensor} became {gradient}"),
                "look for what has no finite slope there, such as a square root at 0",
                gradient,
                place);
        }

        float penalty = Model.Penalty;
        metrics.Add((double)loss - penalty, penalty, Model, targets, indices.Length);
        Optimizer.Step(Model.TrainableParameters, gradients);
    }

    // Empty behind the last one.
    private static ReadOnlySpan<int> BatchOf(int[] order, int batch, int batchSize)
    {
        int first = (int)Math.Min((batch - 1L) * batchSize, order.Length);
        return order.AsSpan(first, Math.Min(batchSize, order.Length - first));
    }

    private NotFiniteNumberException NotFinite(string what, string advice, float number, Place place) => new(
        $"{Model.Description.Name}: {what} in epoch {place.Epoch}, batch {place.Batch} of {place.Batches}; {advice}", number);

    private (string Tensor, float Gradient) FirstNotFinite(ReadOnlySpan<float> gradients)
    {
        int index = 0;
        while (float.IsFinite(gradients[index]))
        {
            index++;
        }

        string tensor = Model.Description.Parameters.Last(parameter => parameter.Offset <= index).Name;
        return (tensor, gradients[index]);
    }

    private static void CheckPositive(int value, string name)
    {
        if (value < 1)
        {
            throw new ArgumentOutOfRangeException(name, Invariant($"expected at least 1, got {value}"));
        }
    }

    private readonly record struct Place(int Epoch, int Batch, int Batches);
}
