using System.Globalization;

namespace ModelDsl;

/// <summary>
/// Watches a training, or takes part in it: shows its progress, changes the learning rate, saves, stops. Called on the
/// training thread; an exception ends the training.
/// </summary>
/// <remarks>What Keras and Lightning call a callback.</remarks>
public interface ITrainingObserver
{
    /// <summary>The training begins, or goes on from a checkpoint. Nothing was computed yet.</summary>
    /// <param name="run">The training; it may be kept, to stop it or to save a checkpoint later.</param>
    void OnStarted(TrainingRun run)
    {
    }

    /// <summary>An epoch begins. Not called again for an epoch that a checkpoint was taken in.</summary>
    /// <param name="epoch">The epoch, counted from 1.</param>
    /// <param name="epochs">The number of the last epoch of this training.</param>
    /// <param name="batches">The number of batches of an epoch.</param>
    void OnEpochStarted(int epoch, int epochs, int batches)
    {
    }

    /// <summary>A batch was trained on. Called for every batch: it should not allocate.</summary>
    void OnBatchCompleted(in BatchResult result)
    {
    }

    /// <summary>An epoch, with its validation, is over.</summary>
    void OnEpochCompleted(EpochResult result)
    {
    }

    /// <summary>The training has ended, for whatever reason but an exception.</summary>
    /// <param name="history">What <see cref="Trainer{TModel}.Fit(IDataSource, FitOptions, CancellationToken)"/>
    /// returns.</param>
    void OnEnded(History history)
    {
    }
}

/// <summary>
/// An observer with a memory, such as the best loss so far, that a checkpoint must keep for a training to go on as if
/// it had never stopped.
/// </summary>
public interface IResumableObserver : ITrainingObserver
{
    /// <summary>What the observer remembers.</summary>
    ObserverState SaveState();

    /// <summary>
    /// Remembers what <see cref="SaveState"/> gave. Called after <see cref="ITrainingObserver.OnStarted"/>.
    /// </summary>
    /// <exception cref="InvalidDataException">The state is not one of this observer.</exception>
    void RestoreState(ObserverState state);
}

/// <summary>What an observer remembers: numbers and texts by name, and values by name.</summary>
public sealed class ObserverState
{
    /// <summary>
    /// Numbers and short texts by name, the numbers as <see cref="double.ToString(IFormatProvider)"/>.
    /// </summary>
    public Dictionary<string, string> Texts { get; init; } = [];

    /// <summary>Values by name, as they are written to the checkpoint's tensors.</summary>
    public Dictionary<string, float[]> Tensors { get; init; } = [];

    /// <summary>Adds a number, all of its digits.</summary>
    internal void Add(string name, double number) =>
        Texts.Add(name, number.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>The number of a name; null where there is none.</summary>
    /// <exception cref="InvalidDataException">Something else has the name.</exception>
    internal double? Number(string name) => !Texts.TryGetValue(name, out string? text) ? null
        : double.TryParse(text, CultureInfo.InvariantCulture, out double number) ? number
        : throw new InvalidDataException($"expected a number as {name}, got {PrintableText.Name(text)}");

    /// <summary>The count of a name.</summary>
    /// <exception cref="InvalidDataException">It is no whole number of at least 0, or there is none.</exception>
    internal int Count(string name) => Number(name) is { } number and >= 0 and <= int.MaxValue && double.IsInteger(number)
        ? (int)number
        : throw new InvalidDataException($"expected a whole number of at least 0 as {name}, got something else");
}
