using MnistSample.Display;
using MnistSample.Reports;
using ModelDsl;

namespace MnistSample.Commands;

/// <summary>What a small program works with, and how it keeps what it has learnt when it is stopped.</summary>
/// <typeparam name="TData">What is learnt from, such as images.</typeparam>
internal sealed class Study<TData>
{
    private readonly bool _resume;
    private readonly Dictionary<string, string> _options;
    private readonly Stop _stop;
    private readonly HashSet<string> _checkpoints = [];

    /// <param name="data">What is learnt from.</param>
    /// <param name="seed">What random numbers are drawn from.</param>
    /// <param name="output">Where results and checkpoints go.</param>
    /// <param name="resume">Whether to go on where a training was stopped.</param>
    /// <param name="options">What the user asked for, which must be the same then.</param>
    /// <param name="stop">What may end the work before it is done.</param>
    /// <exception cref="Errors.UserErrorException">There is nothing to go on from; or there is, and it would be
    /// lost.</exception>
    public Study(
        TData data, ulong seed, OutputFolder output, bool resume, Dictionary<string, string> options, Stop stop)
    {
        output.CheckpointOf(NameOf("*"), resume);
        (Data, Seed, Output, _resume, _options, _stop) = (data, seed, output, resume, options, stop);
    }

    /// <summary>What is learnt from.</summary>
    public TData Data { get; }

    /// <summary>What random numbers are drawn from.</summary>
    public ulong Seed { get; }

    /// <summary>Where results go.</summary>
    public OutputFolder Output { get; }

    /// <summary>Is cancelled when the user wants to stop.</summary>
    public CancellationToken Cancellation => _stop.Token;

    /// <summary>Does the work, and removes its checkpoints when all of it is done.</summary>
    /// <exception cref="Errors.StoppedException">The user stopped it; the message says how to go on.</exception>
    public void Run(Action work)
    {
        try
        {
            work();
        }
        catch (OperationCanceledException stopped) when (stopped is not Errors.StoppedException && IsStopped)
        {
            throw _stop.Within("after a training", Output.Newest(NameOf("*")));
        }

        foreach (string checkpoint in _checkpoints)
        {
            File.Delete(checkpoint);
        }
    }

    /// <summary>Trains a model, from where it was stopped if it was.</summary>
    /// <param name="trainer">Trains the model.</param>
    /// <param name="images">What it learns from.</param>
    /// <param name="options">How.</param>
    /// <param name="part">A name for this training where there are several.</param>
    /// <exception cref="Errors.StoppedException">The user stopped it; the message says how to go on.</exception>
    public History Fit<TModel>(Trainer<TModel> trainer, IDataSource images, FitOptions options, string part = "")
        where TModel : class, IModel
    {
        string path = CheckpointOf(part);
        History history = trainer.Fit(
            images,
            options with
            {
                Observers = [.. options.Observers, new ModelCheckpoint(path), new RecordedOptions(_options)],
                ResumeFrom = _resume && File.Exists(path) ? path : null,
            },
            Cancellation);
        return history.EndReason == EndReason.Cancelled ? throw StoppedAfter(history.Steps) : history;
    }

    /// <summary>Brings a loop to where it was stopped, if it was.</summary>
    public void Load(LoopCheckpoint checkpoint)
    {
        foreach ((string name, string value) in _options)
        {
            checkpoint.Settings[name] = value;
        }

        if (_resume && File.Exists(CheckpointOf("")))
        {
            checkpoint.Load(CheckpointOf(""));
        }
    }

    /// <summary>Keeps where a loop is.</summary>
    public void Save(LoopCheckpoint checkpoint) => checkpoint.Save(CheckpointOf(""));

    /// <summary>Removes the checkpoint of a training whose result is kept elsewhere.</summary>
    public void Discard(string part) => File.Delete(CheckpointOf(part));

    /// <summary>What ends a loop that was stopped.</summary>
    public Errors.StoppedException StoppedAfter(long steps) =>
        _stop.Within($"after {Figures.Counted(steps, "step")}", Output.Newest(NameOf("*")));

    private bool IsStopped => Cancellation.IsCancellationRequested;

    private static string NameOf(string part) => $"checkpoint{part}.safetensors";

    private string CheckpointOf(string part)
    {
        string path = Output.PathOf(NameOf(part.Length == 0 ? "" : $"-{part}"));
        _checkpoints.Add(path);
        return path;
    }
}
