using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;
using ModelDsl.Generator.Analysis;

namespace ModelDsl.Analyzers.Tests.Verification;

/// <summary>
/// Applies a code fix as an editor does: one by one, and all at once in document, project and solution.
/// </summary>
internal static class Fix
{
    private const int MostIterations = 10;

    /// <summary>
    /// Fails unless the fix makes <paramref name="repaired"/> of the marked text, in which no rule is broken.
    /// </summary>
    /// <param name="markup">The broken text with its diagnostics marked.</param>
    /// <param name="repaired">The text after the fix.</param>
    /// <param name="choice">The number of the offered action that is taken.</param>
    public static async Task Repairs<TFix>(string markup, string repaired, int choice = 0)
        where TFix : CodeFixProvider, new()
    {
        await ChangesTo<TFix>(markup, repaired, choice);
        await Diagnose.Silent(repaired);
    }

    /// <summary>Like <see cref="Repairs{TFix}"/>, where other rules remain broken.</summary>
    public static Task ChangesTo<TFix>(string markup, string changed, int choice = 0)
        where TFix : CodeFixProvider, new() =>
        new Test<TFix>(markup, changed) { CodeActionIndex = choice }.RunAsync();

    /// <summary>Fails if the fix offers anything.</summary>
    public static Task OffersNothing<TFix>(string markup)
        where TFix : CodeFixProvider, new() => new Test<TFix>(markup, markup).RunAsync();

    private sealed class Test<TFix> : CSharpCodeFixTest<ModelAnalyzer, TFix, DefaultVerifier>
        where TFix : CodeFixProvider, new()
    {
        public Test(string markup, string repaired)
        {
            TestCode = TestCompiler.Usings + markup;
            FixedCode = TestCompiler.Usings + repaired;
            // Without the generator, what the generated half adds is missing; Diagnose compiles the outcome with it.
            CompilerDiagnostics = CompilerDiagnostics.None;

            // What a project has to turn on is on in this class's projects by default.
            DisabledDiagnostics.AddRange(
                new ModelAnalyzer().SupportedDiagnostics
                    .Where(rule => !rule.IsEnabledByDefault)
                    .Select(rule => rule.Id));
            ReferenceAssemblies = new ReferenceAssemblies("net10.0");
            NumberOfIncrementalIterations = -MostIterations;
            NumberOfFixAllIterations = -MostIterations;
            MetadataReference[] references =
                [.. Net100.References.All, MetadataReference.CreateFromFile(typeof(ModelAttribute).Assembly.Location)];
            SolutionTransforms.Add((solution, project) => solution
                .AddMetadataReferences(project, references)
                .WithProjectParseOptions(project, new CSharpParseOptions(LanguageVersion.CSharp14)));
        }
    }
}
