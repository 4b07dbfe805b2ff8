using System.Runtime.InteropServices;

namespace MnistSample.Commands;

/// <summary>
/// Turns the first signal that asks the program to end (Ctrl+C, SIGTERM, or SIGHUP as its terminal closes) into a cancelled
/// token, so that the batch at hand can finish. A second one ends the process as it would have without us, but for the cursor.
/// </summary>
internal sealed class Interrupt : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly Action _restoreTerminal;
    private readonly PosixSignalRegistration[] _registrations;
    private volatile Received? _signal;

    /// <summary>Listens from here on.</summary>
    /// <param name="restoreTerminal">Called before a signal ends the process at once.</param>
    public Interrupt(Action restoreTerminal)
    {
        _restoreTerminal = restoreTerminal;
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGQUIT, OnSignal),
        ];
    }

    /// <summary>Is cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>The signal that came first; Ctrl+C's before one came.</summary>
    public PosixSignal Signal => _signal?.Signal ?? PosixSignal.SIGINT;

    /// <summary>What people call a signal.</summary>
    public static string NameOf(PosixSignal signal) => signal == PosixSignal.SIGINT ? "Ctrl+C" : signal.ToString();

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }

        _source.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        // Ctrl+\ is for programs that do not listen to Ctrl+C.
        if (_source.IsCancellationRequested || context.Signal == PosixSignal.SIGQUIT)
        {
            _restoreTerminal();
            return;
        }

        context.Cancel = true;
        _signal = new Received(context.Signal);
        _source.Cancel();
    }

    private sealed record Received(PosixSignal Signal);
}
