using System.Runtime.InteropServices;

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

    /// <summary>What the process tells the shell.</summary>
    public int ExitCode => Commands.ExitCode.Of(Signal());
}
