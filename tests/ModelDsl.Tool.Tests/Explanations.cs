using System.Reflection;
using ModelDsl.Generator;
using ModelDsl.Tool.Projects;

namespace ModelDsl.Tool.Tests;

/// <summary>Explanations of models in a text, and of the test models.</summary>
internal static class Explanations
{
    private const string Folder = "TestModels/";

    private static readonly Lazy<IReadOnlyList<CheckedModel>> Models = new(() => Read(Sources()));

    /// <summary>All test models that have no errors.</summary>
    public static IReadOnlyList<CheckedModel> TestModels => Models.Value;

    /// <summary>Explains the one model of a text.</summary>
    public static ModelExplanation Of(
        string source,
        int batch = 10,
        ModelProgram program = ModelProgram.Training,
        double? peak = null,
        double? bandwidth = null) =>
        Explainer.Explain(
            Assert.Single(Read([source])), new ExplainSettings(program, batch, peak, bandwidth))!;

    /// <summary>Explains a program of a model; null where it has none.</summary>
    public static ModelExplanation? Of(CheckedModel model, ModelProgram program, int batch = 3) =>
        Explainer.Explain(model, new ExplainSettings(program, batch, null, null));

    private static List<CheckedModel> Read(string[] sources) =>
    [
        .. ProjectModels.Read(TestCompiler.CreateCompilation(sources)).Declarations
            .Select(declaration => ModelCompiler.Check(declaration, CancellationToken.None))
            .Where(model => model.Differentiated is not null),
    ];

    private static string[] Sources()
    {
        Assembly assembly = typeof(Explanations).Assembly;
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
                .Select(name =>
                {
                    using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                    return reader.ReadToEnd();
                }),
        ];
    }
}
