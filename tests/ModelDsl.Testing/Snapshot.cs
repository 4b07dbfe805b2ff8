using System.Runtime.CompilerServices;

namespace ModelDsl.Testing;

/// <summary>Compares a text with the one that was accepted before. The only place that knows the snapshot library.</summary>
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
    public static void Match(string text, string? name = null, [CallerMemberName] string test = "", [CallerFilePath] string file = "")
    {
        string fullName = $"{Path.GetFileNameWithoutExtension(file)}.{test}{(name is null ? "" : $".{name}")}";
        Snapshooter.Xunit.Snapshot.Match(text, fullName);
    }
}
