using System.Reflection;
using System.Text.RegularExpressions;
using ModelDsl.Testing;

namespace ModelDsl.Tests;

/// <summary>The models of ModelDsl.TestModels, compiled here once more with a switch of [Model] that is on.</summary>
/// <param name="mark">The switch.</param>
internal sealed partial class MarkedModels(string mark)
{
    private readonly Dictionary<string, Assembly> _assemblies = [];

    // What stands beside the models, such as activations of one's own, is that of the other assembly.
    private IEnumerable<string> Sources
    {
        get
        {
            Assembly assembly = typeof(MarkedModels).Assembly;
            foreach (string name in assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith("TestModels/", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal))
            {
                using StreamReader reader = new(assembly.GetManifestResourceStream(name)!);
                string text = reader.ReadToEnd()
                    .Replace("namespace ModelDsl.TestModels;", $"namespace {Namespace};", StringComparison.Ordinal);
                yield return "#pragma warning disable CS1591\n" + ModelAttribute().Replace(text, Marked);
            }
        }
    }

    private string Namespace => $"ModelDsl.TestModels.{mark}";

    /// <summary>A new instance of a model.</summary>
    /// <param name="name">Its name in ModelDsl.TestModels.</param>
    /// <param name="seed">What its parameters are drawn from.</param>
    /// <param name="memoryMode">How generated code lays out its memory.</param>
    public IModel Create(string name, ulong seed, string memoryMode)
    {
        lock (_assemblies)
        {
            if (!_assemblies.TryGetValue(memoryMode, out Assembly? assembly))
            {
                assembly = TestCompiler.LoadAll([.. Sources], memoryMode, typeof(Softsign).Assembly);
                _assemblies.Add(memoryMode, assembly);
            }

            return (IModel)Activator.CreateInstance(
                assembly.GetType($"{Namespace}.{name}", throwOnError: true)!, seed)!;
        }
    }

    // With what the model asks for by itself. Outputs that are kept are more than a budget was made for, and clipped
    // samples have none.
    private string Marked(Match attribute)
    {
        IEnumerable<string> others = attribute.Groups["others"].Value.Split(", ")
            .Where(other => other.Length > 0 && (mark == DifferentiableModels.Mark || !IsOfBudget(other)));
        return $"[Model({string.Join(", ", others.Append($"{mark} = true").Distinct())})";
    }

    private static bool IsOfBudget(string argument) =>
        argument.StartsWith("MemoryBudget ", StringComparison.Ordinal)
        || argument.StartsWith("Batch ", StringComparison.Ordinal);

    [GeneratedRegex(@"\[Model\b(\((?<others>[^)]*)\))?")]
    private static partial Regex ModelAttribute();
}

/// <summary>Those with [Model(InputGradient = true)].</summary>
internal static class DifferentiableModels
{
    /// <summary>The switch.</summary>
    public const string Mark = "InputGradient";

    private static readonly MarkedModels Models = new(Mark);

    /// <summary>The names of the models whose samples are numbers, or numbers and tokens.</summary>
    public static TheoryData<string> Names =>
        [.. TestModelCatalog.NamesOf<IModel>().Where(name => TakesNumbers(TestModelCatalog.Create(name, 1).Description))];

    /// <inheritdoc cref="MarkedModels.Create"/>
    public static IDifferentiableModel Create(string name, ulong seed, string memoryMode = "Planned") =>
        (IDifferentiableModel)Models.Create(name, seed, memoryMode);

    private static bool TakesNumbers(ModelDescription description) => description.Inputs.IsEmpty
        ? description.InputType == ElementType.Value
        : description.Inputs.Any(input => input.Type == ElementType.Value);
}

/// <summary>Those with [Model(KeepActivations = true)].</summary>
internal static class InspectableModels
{
    private static readonly MarkedModels Models = new("KeepActivations");

    /// <inheritdoc cref="MarkedModels.Create"/>
    public static IInspectableModel Create(string name, ulong seed, string memoryMode = "Planned") =>
        (IInspectableModel)Models.Create(name, seed, memoryMode);
}

/// <summary>
/// Those with [Model(PerSampleClipping = true)], whose memory is filled with NaN as soon as nothing should read it any
/// more: what they compute proves their plans too.
/// </summary>
internal static class ClippingModels
{
    private static readonly MarkedModels Models = new("PerSampleClipping");

    /// <summary>
    /// The names of the models whose samples have gradients of their own: none that keeps statistics of batches, or
    /// values of 16 bits.
    /// </summary>
    public static TheoryData<string> Names =>
    [
        .. TestModelCatalog.NamesOf<IModel>().Where(name => TestModelCatalog.Create(name, 1).Description
            is { Precision: Precision.Float32 } description
            && !description.Parameters.Any(parameter => parameter.IsStatistic)),
    ];

    /// <inheritdoc cref="MarkedModels.Create"/>
    public static IClippingModel Create(string name, ulong seed) =>
        (IClippingModel)Models.Create(name, seed, "Poisoned");
}
