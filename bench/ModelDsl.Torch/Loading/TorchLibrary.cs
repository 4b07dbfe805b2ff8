using System.Runtime.InteropServices;

namespace Benchmarks.Torch.Loading;

/// <summary>Loads libtorch before TorchSharp does, so that a library that cannot be loaded as it is can be repaired.</summary>
public static class TorchLibrary
{
    private const string FileName = "libLibTorchSharp.so";
    private const string MissingVersion = "GLIBCXX_3.4.32";

    private static readonly Lazy<bool> Loaded = new(Load);

    /// <summary>
    /// Makes TorchSharp usable in this process. On a system whose C++ library is older than the one that TorchSharp was
    /// built with (Debian 12), this relaxes one requirement in the library's copy in the output folder; elsewhere nothing
    /// is changed.
    /// </summary>
    /// <returns>Whether the library had to be repaired.</returns>
    /// <exception cref="DllNotFoundException">The library does not load for another reason.</exception>
    public static bool EnsureLoaded() => Loaded.Value;

    private static bool Load()
    {
        string path = Path.Combine(AppContext.BaseDirectory, FileName);
        if (!OperatingSystem.IsLinux() || !File.Exists(path))
        {
            return false;
        }

        try
        {
            NativeLibrary.Load(path);
            return false;
        }
        catch (DllNotFoundException exception)
            when (exception.Message.Contains(MissingVersion, StringComparison.Ordinal))
        {
            WeakenVersionNeed(path);
            NativeLibrary.Load(path);
            return true;
        }
    }

    /// <summary>Replaces the file whole, so that a process that has the old one mapped keeps its pages.</summary>
    private static void WeakenVersionNeed(string path)
    {
        byte[] library = File.ReadAllBytes(path);
        ElfVersionNeeds.Weaken(library, MissingVersion);
        string relaxed = $"{path}.{Environment.ProcessId}";
        File.WriteAllBytes(relaxed, library);
        File.Move(relaxed, path, overwrite: true);
    }
}
