using System.CommandLine;
using System.CommandLine.Parsing;

namespace MnistSample.Commands;

/// <summary>Reads options and arguments that name a file or a folder.</summary>
internal static class PathOption
{
    /// <summary>A folder, which is <paramref name="defaultName"/> where none is given.</summary>
    public static Option<DirectoryInfo> Folder(string name, string description, string defaultName) => new(name)
    {
        Description = description,
        HelpName = "DIR",
        CustomParser = ParseFolder,
        DefaultValueFactory = _ => new DirectoryInfo(defaultName),
    };

    /// <summary>Reads a folder's path.</summary>
    public static DirectoryInfo? ParseFolder(ArgumentResult result) =>
        ParsePath(result, "a folder's path") is { } path ? new DirectoryInfo(path) : null;

    /// <summary>Reads a file's path.</summary>
    public static FileInfo? ParseFile(ArgumentResult result) =>
        ParsePath(result, "a file's path") is { } path ? new FileInfo(path) : null;

    private static string? ParsePath(ArgumentResult result, string expected)
    {
        string path = result.Tokens[0].Value;
        if (!string.IsNullOrWhiteSpace(path) && !path.Contains('\0'))
        {
            return path;
        }

        string name = result.Parent is OptionResult option ? option.Option.Name : result.Argument.Name;
        result.AddError($"{name}: expected {expected}, got '{path}'");
        return null;
    }
}
