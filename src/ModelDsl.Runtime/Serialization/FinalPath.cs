namespace ModelDsl;

/// <summary>
/// Where a path leads to when symbolic links are followed, as the system does when it opens a file to write.
/// </summary>
internal static class FinalPath
{
    // As many as Linux follows.
    private const int MostLinks = 40;

    /// <summary>
    /// The path itself, or what its links lead to in the end, whether a file is there or not. A path to a device ends
    /// there.
    /// </summary>
    /// <exception cref="IOException">The links lead in a circle.</exception>
    public static string Of(string path)
    {
        string full = Path.GetFullPath(path);
        return IsDevice(full) || new FileInfo(full).LinkTarget is null ? full : Follow(full);
    }

    /// <summary>
    /// Whether a path leads to something that is no file on a disk: a terminal, a pipe, the null device.
    /// </summary>
    public static bool IsDevice(string fullPath) =>
        !OperatingSystem.IsWindows()
        && (fullPath.StartsWith("/dev/", StringComparison.Ordinal) || fullPath.StartsWith("/proc/", StringComparison.Ordinal))
        && !fullPath.StartsWith("/dev/shm/", StringComparison.Ordinal)
        && File.Exists(fullPath);

    // Folder by folder: a link's target is relative to the folder that the link really lies in, and `..` leads up from
    // what a link leads to, so that names cannot be joined as texts.
    private static string Follow(string path)
    {
        string place = Path.GetPathRoot(path)!;
        var rest = new Stack<string>();
        Push(path[place.Length..]);
        int links = 0;
        while (rest.TryPop(out string? name))
        {
            if (name == "..")
            {
                place = Path.GetDirectoryName(place) ?? place;
                continue;
            }

            string next = Path.Join(place, name);
            string? target = IsDevice(next) ? null : new FileInfo(next).LinkTarget;
            if (target is null)
            {
                place = next;
                continue;
            }

            if (++links > MostLinks)
            {
                throw new IOException(
                    $"{PrintableText.Escape(path)}: expected symbolic links that lead to a file, but they lead in a circle");
            }

            if (Path.IsPathRooted(target))
            {
                place = Path.GetPathRoot(target)!;
                target = target[place.Length..];
            }

            Push(target);
        }

        return place;

        void Push(string names)
        {
            string[] parts = names.Split(
                [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);
            foreach (string part in parts.Where(static part => part != ".").Reverse())
            {
                rest.Push(part);
            }
        }
    }
}
