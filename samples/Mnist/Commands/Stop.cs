using System.Runtime.InteropServices;
using MnistSample.Errors;
using ModelDsl;

namespace MnistSample.Commands;

/// <summary>How the program can be asked to end before it is done.</summary>
/// <param name="Signal">What asked, once the token is cancelled.</param>
/// <param name="Token">Is cancelled when it is.</param>
internal sealed record Stop(Func<PosixSignal> Signal, CancellationToken Token)
{
    /// <summary>Asks as Ctrl+C does.</summary>
    public Stop(CancellationToken token)
        : this(() => PosixSignal.SIGINT, token)
    {
    }

    /// <summary>What happened: <c>Stopped by SIGTERM</c>.</summary>
    public string Sentence => $"Stopped by {Interrupt.NameOf(Signal())}";

    /// <summary>What ends a command that was stopped within a training, and says how to go on.</summary>
    /// <param name="progress">How far it got: <c>after 5 steps</c>.</param>
    /// <param name="checkpoint">The file to go on from; null where there is none.</param>
    public StoppedException Within(string progress, string? checkpoint)
    {
        string what = checkpoint is null
            ? "nothing was written"
            : $"go on with --resume, which reads {PrintableText.Escape(checkpoint)}";
        return new StoppedException($"{Sentence} {progress}; {what}.", Token);
    }

    /// <summary>What the process tells the shell.</summary>
    public int ExitCode => Commands.ExitCode.Of(Signal());
}
