namespace ModelDsl;

/// <summary>What stands under the name of a file and is none: a pipe, a socket, a device.</summary>
internal static class SpecialFile
{
    /// <summary>Whether something at a path cannot be read at any place, nor be replaced by a file.</summary>
    /// <param name="path">Where.</param>
    /// <param name="isReplaced">Whether what stands there is to go: then devices are told from empty files too.</param>
    /// <remarks>
    /// It is opened to read and to write: a pipe that is opened for one of them waits for who does the other. What the
    /// system keeps under /dev, /proc and /sys is not touched, as a device may act on it, and is not asked for.
    /// </remarks>
    public static bool StandsAt(string path, bool isReplaced)
    {
        if (OperatingSystem.IsWindows() || IsSystems(Path.GetFullPath(path)))
        {
            return false;
        }

        try
        {
            var info = new FileInfo(path);
            if (!info.Exists || info.Length != 0)
            {
                return false;
            }

            using FileStream probe = new(
                path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            if (isReplaced && probe.CanSeek)
            {
                // Nothing happens to an empty file, and a device has no length to set.
                probe.SetLength(0);
            }

            return !probe.CanSeek;
        }
        catch (UnauthorizedAccessException)
        {
            // Whoever opens it to read or to write says why not.
            return false;
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or NotSupportedException)
        {
            return File.Exists(path);
        }
    }

    private static bool IsSystems(string fullPath) =>
        fullPath.StartsWith("/dev/", StringComparison.Ordinal)
        || fullPath.StartsWith("/proc/", StringComparison.Ordinal)
        || fullPath.StartsWith("/sys/", StringComparison.Ordinal);
}
