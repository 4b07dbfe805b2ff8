using System.Diagnostics;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using ModelDsl.Testing;

namespace Benchmarks.ScaleBench.Families;

/// <summary>A model of a family as an assembly that another process can load.</summary>
/// <param name="Path">The assembly.</param>
/// <param name="ClassName">The model's class.</param>
/// <param name="Seconds">What the generator and the C# compiler took, the median of several compilations.</param>
internal sealed record CompiledModel(string Path, string ClassName, double Seconds)
{
    private const int Compilations = 3;

    /// <summary>Compiles the model of a size into bench/artifacts.</summary>
    /// <exception cref="InvalidOperationException">The compiler reports an error or a warning.</exception>
    public static CompiledModel Compile(Family family, int size)
    {
        string name = family.ClassName(size);
        string path = System.IO.Path.Combine(BenchFolder.Path, "artifacts", "scale", $"{name}.dll");
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);

        // The compiler remembers what it has seen, so each compilation needs a name of its own; the last one counts.
        List<double> seconds = [];
        for (int number = family.ShowsCompilation ? Compilations : 1; number > 0; number--)
        {
            string distinct = number == 1 ? name : $"{name}Of{number}";
            seconds.Add(Compile(family.Source(size, distinct), path));
        }

        return new CompiledModel(path, name, Spread.Of(seconds).Median);
    }

    /// <summary>The model's class, in this process.</summary>
    public static Type Load(string path, string className) =>
        Assembly.LoadFrom(path).GetType(className, throwOnError: true)!;

    private static double Compile(string source, string path)
    {
        // What nobody reads needs no documentation.
        CSharpCompilation models = TestCompiler.CreateCompilation("#pragma warning disable CS1591\n" + source);
        models = models.WithAssemblyName(System.IO.Path.GetFileNameWithoutExtension(path))
            .WithOptions(models.Options.WithOverflowChecks(false));
        long start = Stopwatch.GetTimestamp();
        TestCompiler.CreateDriver().RunGeneratorsAndUpdateCompilation(models, out Compilation compilation, out _);
        using MemoryStream image = new();
        EmitResult result = compilation.Emit(image);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Diagnostic[] problems =
            [.. result.Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)];
        if (problems.Length > 0)
        {
            throw new InvalidOperationException(string.Join(Environment.NewLine, problems.AsEnumerable()));
        }

        File.WriteAllBytes(path, image.ToArray());
        return seconds;
    }
}
