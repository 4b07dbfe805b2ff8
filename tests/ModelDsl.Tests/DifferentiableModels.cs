using System.Reflection;
using System.Text.RegularExpressions;
using ModelDsl.Testing;

namespace ModelDsl.Tests;

/// <summary>The models of ModelDsl.TestModels, compiled here once more with [Model(InputGradient = true)].</summary>
internal static partial class DifferentiableModels
{
    private const string Namespace = "ModelDsl.TestModels.Differentiable";

    private static readonly Lazy<Dictionary<string, Assembly>> Assemblies = new(() =>
        new[] { "Planned", "Separate", "Poisoned" }.ToDictionary(
            mode => mode, mode => TestCompiler.LoadAll([.. Sources], mode, typeof(Softsign).Assembly)));

    /// <summary>The names of the models whose samples are numbers, or numbers and tokens.</summary>
    public static TheoryData<string> Names =>
        [.. TestModelCatalog.NamesOf<IModel>().Where(name => TestModelCatalog.Create(name, 1).Description.InputType == default)];

    // What stands beside the models, such as activations of one's own, is that of the other assembly.
    private static IEnumerable<string> Sources
    {
        get
        {
            Assembly assembly = typeof(DifferentiableModels).Assembly;
            foreach (string name in assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
            {
                using StreamReader reader = new(assembly.GetManifestResourceStream(name)!);
                string text = reader.ReadToEnd().Replace("namespace ModelDsl.TestModels;", $"namespace {Namespace};", StringComparison.Ordinal);
                yield return "#pragma warning disable CS1591\n" + Mark().Replace(text, "[Model(InputGradient = true)");
            }
        }
    }

    /// <summary>A new instance of a model.</summary>
    /// <param name="name">Its name in ModelDsl.TestModels.</param>
    /// <param name="seed">What its parameters are drawn from.</param>
    /// <param name="memoryMode">How generated code lays out its memory.</param>
    public static IDifferentiableModel Create(string name, ulong seed, string memoryMode = "Planned") =>
        (IDifferentiableModel)Activator.CreateInstance(
            Assemblies.Value[memoryMode].GetType($"{Namespace}.{name}", throwOnError: true)!, seed)!;

    [GeneratedRegex(@"\[Model\b(?!\()")]
    private static partial Regex Mark();
}
