using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.Emit;

namespace ModelDsl.Analyzers.Tests.Fuzzing;

/// <summary>
/// Half-typed code of every kind: no exception from generator, analyzers or fixes; what has no error compiles; what
/// compiles trains. The variable MODELDSL_FUZZ_ITERATIONS asks for more than the usual number.
/// </summary>
public sealed partial class FuzzTests
{
    private const int IterationsByDefault = 300;

    // So many programs share one run of the generator, of the analyzers and of the C# compiler.
    private const int ProgramsInOneRun = 50;

    // A model that came out huge is compiled, but not run.
    private const int MostFloats = 1_000_000;

    private static readonly int Iterations = FuzzSettings.Number("MODELDSL_FUZZ_ITERATIONS", IterationsByDefault);

    private static readonly Project Project = new AdhocWorkspace().AddProject("Fuzz", LanguageNames.CSharp);

    private static readonly ILookup<string, CodeFixProvider> FixesOf = typeof(MakePartialFix).Assembly.GetTypes()
        .Where(type => typeof(CodeFixProvider).IsAssignableFrom(type) && !type.IsAbstract)
        .Select(type => (CodeFixProvider)Activator.CreateInstance(type)!)
        .SelectMany(fix => fix.FixableDiagnosticIds.Select(id => (id, fix)))
        .ToLookup(pair => pair.id, pair => pair.fix);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Mutated_programs_never_break_the_compiler(int seed)
    {
        var mutator = new TokenMutator(new Random(seed), FuzzCorpus.Programs);
        int sound = 0;
        for (int done = 0; done < Iterations; done += ProgramsInOneRun)
        {
            string[] programs =
                [.. Enumerable.Range(0, Math.Min(ProgramsInOneRun, Iterations - done)).Select(_ => mutator.Next())];
            sound += await CheckAsync(programs);
        }

        // Else the test would be of no use.
        Assert.True(sound > Iterations / 20, $"only {sound} of {Iterations} programs were free of errors");
    }

    [Fact]
    public async Task Corpus_is_free_of_errors_and_trains()
    {
        foreach (string program in FuzzCorpus.Programs)
        {
            Assert.True(await CheckAsync([program]) == 1, $"not free of errors:\n{program}");
        }
    }

    /// <summary>
    /// The number of programs that are free of errors; their models have been trained for a step. What fails together
    /// is looked at one by one, so that the message names the program.
    /// </summary>
    private static async Task<int> CheckAsync(string[] programs)
    {
        try
        {
            return await CheckTogetherAsync(programs);
        }
        catch (Exception) when (programs.Length > 1)
        {
            int sound = 0;
            foreach (string program in programs)
            {
                try
                {
                    sound += await CheckTogetherAsync([program]);
                }
                catch (Exception exception)
                {
                    throw new InvalidOperationException($"Failed on:\n{program}", exception);
                }
            }

            // Half a program at the end of one file can change what another one means; each alone is what counts.
            return sound;
        }
    }

    private static async Task<int> CheckTogetherAsync(string[] programs)
    {
        CSharpCompilation sources = TestCompiler.CreateCompilation([.. programs.Select(TokenMutator.Number)]);
        GeneratorDriver driver = TestCompiler.CreateDriver().RunGeneratorsAndUpdateCompilation(
            sources, out Compilation compilation, out _);
        Assert.Null(driver.GetRunResult().Results.Single().Exception);

        var exceptions = new ConcurrentQueue<Exception>();
        CompilationWithAnalyzers analysis = compilation.WithAnalyzers(
            Situation.AllAnalyzers,
            new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([]), (exception, _, _) => exceptions.Enqueue(exception), concurrentAnalysis: false, logAnalyzerExecutionTime: false));
        List<Diagnostic> reported = [];
        foreach (SyntaxTree tree in sources.SyntaxTrees)
        {
            // Tree by tree as an editor asks, which leaves the generated code alone.
            reported.AddRange(
                await analysis.GetAnalyzerSemanticDiagnosticsAsync(compilation.GetSemanticModel(tree), null, default));
        }

        Assert.Empty(exceptions);
        foreach (
            IGrouping<SyntaxTree?, Diagnostic> inTree in reported.GroupBy(diagnostic => diagnostic.Location.SourceTree))
        {
            await ApplyFixesAsync(inTree.Key!, inTree);
        }

        reported.AddRange(sources.SyntaxTrees.SelectMany(tree => compilation.GetSemanticModel(tree).GetDiagnostics()));
        SyntaxTree[] broken = [.. Errors(reported).Select(error => error.Location.SourceTree!).Distinct()];
        return Train(sources.RemoveSyntaxTrees(broken), driver);
    }

    // Programs that break the rarer rules of C# are left out until the rest compiles; generated code must not be to
    // blame.
    private static int Train(CSharpCompilation sources, GeneratorDriver driver)
    {
        for (; !sources.SyntaxTrees.IsEmpty;)
        {
            driver = driver.RunGeneratorsAndUpdateCompilation(sources, out Compilation compilation, out _);
            using var image = new MemoryStream();
            EmitResult emitted = compilation.Emit(image);
            if (emitted.Success)
            {
                image.Position = 0;
                var context = new AssemblyLoadContext(null, isCollectible: true);
                foreach (Type type in context.LoadFromStream(image).GetTypes())
                {
                    Train(type);
                }

                context.Unload();
                break;
            }

            Diagnostic[] errors = [.. Errors(emitted.Diagnostics)];
            SyntaxTree[] broken =
                [.. errors.Where(error => !IsGenerated(error)).Select(error => error.Location.SourceTree!).Distinct()];
            Assert.NotEmpty(broken);
            HashSet<string> numbers = [.. broken.Select(NumberOf)];
            Assert.DoesNotContain(
                errors, error => IsGenerated(error) && !numbers.Contains(NumberOf(error.Location.SourceTree!)));
            sources = sources.RemoveSyntaxTrees(broken);
        }

        return sources.SyntaxTrees.Length;
    }

    private static IEnumerable<Diagnostic> Errors(IEnumerable<Diagnostic> diagnostics) =>
        diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    // Model17.cs holds the types whose names end with _17, and so do the names of the files generated from it.
    private static string NumberOf(SyntaxTree tree) => LastNumber().Match(tree.FilePath).Value;

    [GeneratedRegex(@"\d+(?=[^\d]*$)")]
    private static partial Regex LastNumber();

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
        bool labels = architecture.Loss is LossKind.SoftmaxCrossEntropy or LossKind.Hinge or LossKind.Contrastive;
        Targets targets = architecture.Loss == LossKind.Triplet
            ? default
            : architecture.Loss == LossKind.WeightedSum
            ? new Targets(
                new int[architecture.LabelsPerSample], new float[architecture.Heads.Sum(head => head.ValuesPerSample)])
            : labels ? new int[architecture.LabelsPerSample] : new float[architecture.OutputShape.Count];
        float loss = model.ComputeGradients(samples, targets);
        Assert.True(float.IsFinite(loss), $"{closed}: {loss}");
        Assert.Equal(1, model.TrainingStep);
    }

    private static async Task ApplyFixesAsync(SyntaxTree tree, IEnumerable<Diagnostic> reported)
    {
        Diagnostic[] fixable = [.. reported.Where(diagnostic => FixesOf.Contains(diagnostic.Id))];
        if (fixable.Length == 0)
        {
            return;
        }

        Document document = Project.AddDocument("Model0.cs", await tree.GetRootAsync());
        SyntaxTree copy = (await document.GetSyntaxTreeAsync())!;
        foreach (Diagnostic diagnostic in fixable)
        {
            Diagnostic moved = Diagnostic.Create(
                diagnostic.Descriptor,
                Location.Create(copy, diagnostic.Location.SourceSpan),
                diagnostic.AdditionalLocations
                    .Where(location => location.SourceTree == tree)
                    .Select(location => Location.Create(copy, location.SourceSpan)),
                diagnostic.Properties);
            foreach (CodeFixProvider fix in FixesOf[moved.Id])
            {
                var actions = new List<CodeAction>();
                await fix.RegisterCodeFixesAsync(
                    new CodeFixContext(document, moved, (action, _) => actions.Add(action), CancellationToken.None));
                foreach (CodeAction action in actions)
                {
                    Assert.NotEmpty(await action.GetOperationsAsync(CancellationToken.None));
                }
            }
        }
    }
}
