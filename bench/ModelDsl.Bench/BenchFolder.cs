namespace Benchmarks.Bench;

/// <summary>Where bench/ lies.</summary>
internal static class BenchFolder
{
    /// <summary>The folder of Bench.sln, above the program.</summary>
    public static string Path { get; } = Find();

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Bench.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"expected Bench.sln in a folder above {AppContext.BaseDirectory}");
    }
}
