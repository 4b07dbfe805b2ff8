using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using ModelDsl.Tool.Commands;

namespace ModelDsl.Tool.Projects;

/// <summary>
/// Makes of a project what the C# compiler would get: MSBuild is asked for the compiler's command line and does not run
/// the compiler.
/// </summary>
internal static class ProjectLoader
{
    private const string Extension = ".csproj";

    private static readonly string[] Properties =
    [
        "-p:DesignTimeBuild=true",
        "-p:BuildProjectReferences=false",
        "-p:ProvideCommandLineArgs=true",
        "-p:SkipCompilerExecution=true",

        // Else the compiler's target is left out where its results are newer than the sources.
        "-p:NonExistentFile=__none__/__none__",
    ];

    /// <summary>The compilation of a project.</summary>
    /// <param name="path">The project, or a folder with one.</param>
    /// <param name="framework">The target framework; null where the project has one.</param>
    /// <param name="configuration">The configuration; null for the usual one.</param>
    /// <exception cref="ToolException">It is none, or is not restored or built.</exception>
    public static CSharpCompilation Load(string path, string? framework, string? configuration)
    {
        string project = Find(path);
        string folder = Path.GetDirectoryName(project)!;
        CSharpCommandLineArguments arguments = CSharpCommandLineParser.Default.Parse(
            Ask(project, framework, configuration), folder, sdkDirectory: null);
        return CSharpCompilation.Create(
            arguments.CompilationName ?? Path.GetFileNameWithoutExtension(project),
            arguments.SourceFiles.Select(file => Parse(file.Path, arguments.ParseOptions)),
            arguments.MetadataReferences.Select(reference => Reference(reference, folder)),
            arguments.CompilationOptions.WithAssemblyIdentityComparer(DesktopAssemblyIdentityComparer.Default));
    }

    private static string Find(string path)
    {
        string full = Path.GetFullPath(path);
        if (Directory.Exists(full))
        {
            return Directory.GetFiles(full, "*" + Extension) switch
            {
                [string only] => only,
                [] => throw new ToolException($"There is no {Extension} in {full}."),
                _ => throw new ToolException($"There are several projects in {full}: name one."),
            };
        }

        return !File.Exists(full) ? throw new ToolException($"There is no file {full}.")
            : Path.GetExtension(full).ToLowerInvariant() switch
            {
                Extension => full,
                ".dll" or ".exe" => throw new ToolException(
                    "A built assembly has no method bodies that could be read, and its attributes have lost the text "
                        + $"that they were written as: expected the project ({Extension}), got {full}."),
                _ => throw new ToolException($"Expected a C# project ({Extension}), got {full}."),
            };
    }

    private static string[] Ask(string project, string? framework, string? configuration)
    {
        List<string> arguments =
        [
            "msbuild", project, "-nologo", "-t:Compile", "-getItem:CscCommandLineArgs", .. Properties,
        ];
        if (framework is not null)
        {
            arguments.Add($"-p:TargetFramework={framework}");
        }

        if (configuration is not null)
        {
            arguments.Add($"-p:Configuration={configuration}");
        }

        (int exitCode, string answer, string errors) = Start(arguments);
        if (exitCode != 0)
        {
            string said = $"{answer}{errors}".Trim();
            throw new ToolException($"MSBuild cannot read {project}; is it restored?\n{said}");
        }

        try
        {
            using JsonDocument json = JsonDocument.Parse(answer);
            string[] line =
            [
                .. json.RootElement.GetProperty("Items").GetProperty("CscCommandLineArgs").EnumerateArray()
                    .Select(item => item.GetProperty("Identity").GetString()!),
            ];
            return line.Length > 0
                ? line
                : throw new ToolException(
                    $"{project} compiles nothing; of several target frameworks name one by --framework.");
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException)
        {
            throw new ToolException($"MSBuild gave no command line of the compiler for {project}.\n{answer}");
        }
    }

    private static (int ExitCode, string Output, string Error) Start(IEnumerable<string> arguments)
    {
        // The host that runs this tool, where there is one.
        string host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(host)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, errors.Result);
        }
        catch (Win32Exception exception)
        {
            throw new ToolException($"The .NET SDK is needed, but '{host}' does not start: {exception.Message}");
        }
    }

    private static SyntaxTree Parse(string path, CSharpParseOptions options)
    {
        using FileStream file = File.OpenRead(path);
        return CSharpSyntaxTree.ParseText(SourceText.From(file), options, path);
    }

    private static PortableExecutableReference Reference(CommandLineReference reference, string folder)
    {
        string path = Path.GetFullPath(reference.Reference, folder);
        return File.Exists(path)
            ? MetadataReference.CreateFromFile(path, reference.Properties)
            : throw new ToolException($"The reference {path} does not exist: build the project first.");
    }
}
