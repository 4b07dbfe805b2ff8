using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace ModelDsl.GeneratorBench;

/// <summary>A project with many models, each in a file of its own, and a file that has nothing to do with them.</summary>
internal sealed class SampleProject
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest);

    private SampleProject(CSharpCompilation compilation, SyntaxTree model, SyntaxTree other)
    {
        Compilation = compilation;
        ModelFile = model;
        OtherFile = other;
    }

    /// <summary>The project as the compiler sees it.</summary>
    public CSharpCompilation Compilation { get; }

    /// <summary>The file of one model.</summary>
    public SyntaxTree ModelFile { get; }

    /// <summary>The file without a model.</summary>
    public SyntaxTree OtherFile { get; }

    /// <summary>A driver that parses as the project does.</summary>
    /// <param name="isEditor">
    /// Whether it leaves out what only other assemblies see of this one, as a program that only analyses may.
    /// </param>
    public static GeneratorDriver CreateDriver(bool isEditor = false) => CSharpGeneratorDriver.Create(
        [new Generator.ModelGenerator().AsSourceGenerator()],
        parseOptions: ParseOptions,
        driverOptions: new GeneratorDriverOptions(
            isEditor ? IncrementalGeneratorOutputKind.Implementation : IncrementalGeneratorOutputKind.None));

    /// <summary>A project of <paramref name="models"/> models, spread evenly over <paramref name="files"/> files.</summary>
    /// <param name="models">How many models.</param>
    /// <param name="files">How many files.</param>
    /// <param name="areMethods">Whether they are forward methods instead of lists of attributes.</param>
    public static SampleProject Create(int models, int files, bool areMethods = false)
    {
        Func<int, string> textOf = areMethods ? MethodText : ModelText;
        List<SyntaxTree> trees = [.. Enumerable.Range(0, models)
            .GroupBy(number => number * files / models)
            .Select(group => Parse($"using ModelDsl;\n\nnamespace Models;\n\n{string.Concat(group.Select(textOf))}"))];
        SyntaxTree other = Parse(OtherText(0));
        string platform = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        var compilation = CSharpCompilation.Create(
            "Models",
            [.. trees, other],
            platform.Split(Path.PathSeparator)
                .Where(path => Path.GetFileNameWithoutExtension(path) != "ModelDsl.Generator")
                .Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        return new SampleProject(compilation, trees[0], other);
    }

    /// <summary>
    /// A project of one model: a residual network with some copies of its block, unlike that of another number.
    /// </summary>
    public static CSharpCompilation CreateLong(int copies, int number) => Create(models: 1, files: 1).Compilation.AddSyntaxTrees(Parse(
        string.Create(CultureInfo.InvariantCulture, $"""
            using ModelDsl;

            [Block, Conv2D(8, 3, Padding = Padding.Same), Relu, Conv2D(8, 3, Padding = Padding.Same)]
            public partial class ConvPair;
            [Block, Residual<ConvPair>, Relu]
            public partial class ResidualConv;
            [Model, Input(8, 8, 8), Repeat<ResidualConv>({copies}), GlobalAveragePool, Dense({10 + number}), SoftmaxCrossEntropy]
            public partial class Long;
            """)));

    /// <summary>The project after one keystroke in the file without a model.</summary>
    public CSharpCompilation TypeElsewhere(int number) =>
        Compilation.ReplaceSyntaxTree(OtherFile, Parse(OtherText(number)));

    /// <summary>
    /// The project after one keystroke that changes the first model, and no other in its file; parsed as an editor
    /// does, which takes over what it can of the text before.
    /// </summary>
    public CSharpCompilation TypeInModel(int number)
    {
        const string Last = "Dense(10)";
        SourceText text = ModelFile.GetText();
        TextSpan units = new(text.ToString().IndexOf(Last, StringComparison.Ordinal), Last.Length);
        string typed = string.Create(CultureInfo.InvariantCulture, $"Dense({10 + number})");
        return Compilation.ReplaceSyntaxTree(
            ModelFile, ModelFile.WithChangedText(text.WithChanges(new TextChange(units, typed))));
    }

    private static SyntaxTree Parse(string text) => CSharpSyntaxTree.ParseText(text, ParseOptions);

    private static string ModelText(int number)
    {
        string activation = ((string[])["Relu", "Tanh", "Gelu", "Silu", "Sigmoid"])[number % 5];
        return string.Create(CultureInfo.InvariantCulture, $"""
            [Model]
            [Input(28, 28), Flatten]
            [Dense({64 + number}), {activation}, Dropout(0.2f)]
            [Dense({32 + number}), {activation}, Dropout(0.2f)]
            [Dense(10)]
            [SoftmaxCrossEntropy]
            public partial class Model{number};


            """);
    }

    private static string MethodText(int number)
    {
        string activation = ((string[])["Relu", "Tanh", "Gelu", "Silu", "Sigmoid"])[number % 5];
        return string.Create(CultureInfo.InvariantCulture, $$"""
            [Model]
            [Input(28, 28)]
            [SoftmaxCrossEntropy]
            public partial class Model{{number}}
            {
                private static Tensor Forward(Tensor image)
                {
                    Tensor hidden = image.Flatten().Dense({{64 + number}}).{{activation}}().Dropout(0.2);
                    (Tensor value, Tensor gate) = hidden.Dense(2 * {{32 + number}}).Split(2);
                    Tensor gated = value * gate.{{activation}}() + 0.5 * value;
                    return gated.Dropout(0.2).Dense(10);
                }
            }


            """);
    }

    private static string OtherText(int number) => $$"""
        namespace Other;

        public static class Words
        {
            public static int Count(string text) => text.Split(' ').Length + {{number}};
        }
        """;
}
