using System.Runtime.InteropServices;

namespace MnistSample.Commands;

/// <summary>What the process tells the shell.</summary>
internal static class ExitCode
{
    public const int Success = 0;
    public const int Failure = 1;

    /// <summary>128 + the signal's number, as shells report a program that a signal ended.</summary>
    public static int Of(PosixSignal signal) => 128 + signal switch
    {
        PosixSignal.SIGHUP => 1,
        PosixSignal.SIGQUIT => 3,
        PosixSignal.SIGTERM => 15,
        _ => 2,
    };
}
