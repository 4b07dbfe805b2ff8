using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using ModelDsl.Analyzers.Tests.Verification;
using ModelDsl.CodeFixes;
using ModelDsl.Testing;

namespace ModelDsl.Analyzers.Tests.Fuzzing;

/// <summary>
/// Half-typed code of every kind: no exception from generator, analyzers or fixes; what has no error compiles; what
/// compiles trains. The variable MODELDSL_FUZZ_ITERATIONS asks for more than the usual number.
/// </summary>
public sealed class FuzzTests
{
    private const int IterationsByDefault = 500;

    // A model that came out huge is compiled, but not run.
    private const int MostFloats = 1_000_000;

    private static readonly int Iterations =
        int.TryParse(Environment.GetEnvironmentVariable("MODELDSL_FUZZ_ITERATIONS"), CultureInfo.InvariantCulture, out int number)
            ? number
            : IterationsByDefault;

    private static readonly Project Project = new AdhocWorkspace().AddProject("Fuzz", LanguageNames.CSharp);

    private static readonly ImmutableArray<CodeFixProvider> Fixes =
    [
        .. typeof(MakePartialFix).Assembly.GetTypes()
            .Where(type => typeof(CodeFixProvider).IsAssignableFrom(type) && !type.IsAbstract)
            .Select(type => (CodeFixProvider)Activator.CreateInstance(type)!),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Mutated_programs_never_break_the_compiler(int seed)
    {
        var mutator = new TokenMutator(new Random(seed), FuzzCorpus.Programs);
        int sound = 0;
        for (int i = 0; i < Iterations; i++)
        {
            string source = mutator.Next();
            try
            {
                sound += await CheckAsync(source) ? 1 : 0;
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Iteration {i} of seed {seed} failed on:\n{source}", exception);
            }
        }

        // Else the test would be of no use.
        Assert.True(sound > Iterations / 20, $"only {sound} of {Iterations} programs were free of errors");
    }

    [Fact]
    public async Task Corpus_is_free_of_errors_and_trains()
    {
        foreach (string program in FuzzCorpus.Programs)
        {
            Assert.True(await CheckAsync(program), program);
        }
    }

    /// <summary>Whether the program is free of errors; if so, its models have been trained for a step.</summary>
    private static async Task<bool> CheckAsync(string source)
    {
        GeneratorDriver driver = ModelCompiler.CreateDriver().RunGeneratorsAndUpdateCompilation(
            ModelCompiler.CreateCompilation(source), out Compilation compilation, out _);
        Assert.Null(driver.GetRunResult().Results.Single().Exception);

        var exceptions = new ConcurrentQueue<Exception>();
        CompilationWithAnalyzers analysis = compilation.WithAnalyzers(
            Situation.AllAnalyzers,
            new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([]), (exception, _, _) => exceptions.Enqueue(exception), concurrentAnalysis: false, logAnalyzerExecutionTime: false));
        ImmutableArray<Diagnostic> reported = await analysis.GetAnalyzerDiagnosticsAsync();
        Assert.Empty(exceptions);
        await ApplyFixesAsync(source, reported);

        bool broken = reported.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        if (broken)
        {
            return false;
        }

        using var image = new MemoryStream();
        var emitted = compilation.Emit(image);
        Diagnostic[] errors = [.. emitted.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
        Assert.DoesNotContain(errors, error => IsGenerated(error) && errors.All(IsGenerated));
        if (!emitted.Success)
        {
            return false;
        }

        image.Position = 0;
        var context = new AssemblyLoadContext(null, isCollectible: true);
        foreach (Type type in context.LoadFromStream(image).GetTypes())
        {
            Train(type);
        }

        context.Unload();
        return true;
    }

    private static bool IsGenerated(Diagnostic diagnostic) =>
        diagnostic.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true;

    private static void Train(Type type)
    {
        if (!type.IsAssignableTo(typeof(IModel)) || type.IsAbstract)
        {
            return;
        }

        Type closed = type.IsGenericTypeDefinition
            ? type.MakeGenericType([.. type.GetGenericArguments().Select(_ => typeof(int))])
            : type;
        var architecture = (ModelDescription)closed
            .GetProperty("Architecture", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;
        if (architecture.ParameterLength > MostFloats || architecture.TrainingFloatsPerSample > MostFloats
            || architecture.InputShape.Count > MostFloats)
        {
            return;
        }

        var model = (IModel)Activator.CreateInstance(closed, 42UL)!;
        float[] samples = new float[architecture.InputShape.Count];
        bool labels = architecture.Loss is LossKind.SoftmaxCrossEntropy or LossKind.Hinge;
        float loss = labels && architecture.OutputShape.Dimensions.Length == 1
            ? model.ComputeGradients(samples, new Targets(new int[1]))
            : model.ComputeGradients(samples, new Targets(new float[architecture.OutputShape.Count]));
        Assert.True(float.IsFinite(loss), $"{closed}: {loss}");
        Assert.Equal(1, model.TrainingStep);
    }

    private static async Task ApplyFixesAsync(string source, ImmutableArray<Diagnostic> reported)
    {
        if (reported.IsEmpty)
        {
            return;
        }

        Document document = Project.AddDocument("Model0.cs", ModelCompiler.Usings + source);
        SyntaxTree tree = (await document.GetSyntaxTreeAsync())!;
        foreach (Diagnostic diagnostic in reported.Where(diagnostic => diagnostic.Location.IsInSource))
        {
            Diagnostic moved = Diagnostic.Create(
                diagnostic.Descriptor,
                Location.Create(tree, diagnostic.Location.SourceSpan),
                diagnostic.AdditionalLocations.Select(location => Location.Create(tree, location.SourceSpan)),
                diagnostic.Properties);
            foreach (CodeFixProvider fix in Fixes.Where(fix => fix.FixableDiagnosticIds.Contains(moved.Id)))
            {
                var actions = new List<CodeAction>();
                await fix.RegisterCodeFixesAsync(new CodeFixContext(document, moved, (action, _) => actions.Add(action), CancellationToken.None));
                foreach (CodeAction action in actions)
                {
                    Assert.NotEmpty(await action.GetOperationsAsync(CancellationToken.None));
                }
            }
        }
    }
}
