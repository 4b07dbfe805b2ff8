using System.Runtime.CompilerServices;

namespace ModelDsl.Testing;

/// <summary>
/// Compares a text with the one that was accepted before. The only place that knows the snapshot library. Run the tests
/// with <c>UPDATE_SNAPSHOTS=true</c> to accept what they get, and read the difference before it is committed.
/// </summary>
public static class Snapshot
{
    static Snapshot()
    {
        // On CI a missing snapshot is a failure, not a new snapshot.
        if (Environment.GetEnvironmentVariable("CI") is { Length: > 0 })
        {
            Environment.SetEnvironmentVariable("SNAPSHOOTER_STRICT_MODE", "true");
        }
    }

    /// <summary>Fails if <paramref name="text"/> differs from the snapshot of the calling test.</summary>
    /// <param name="text">The text, in lines ended by line feeds.</param>
    /// <param name="name">Distinguishes the snapshots of one test.</param>
    /// <param name="test">The test's name.</param>
    /// <param name="file">The test's file.</param>
    public static void Match(
        string text, string? name = null, [CallerMemberName] string test = "", [CallerFilePath] string file = "")
    {
        string fullName = $"{Path.GetFileNameWithoutExtension(file)}.{test}{(name is null ? "" : $".{name}")}";
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") is { Length: > 0 })
        {
            File.Delete(Path.Combine(Path.GetDirectoryName(file)!, "__snapshots__", fullName + ".snap"));
        }

        Snapshooter.Xunit.Snapshot.Match(text, fullName);
    }
}
