using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;

namespace ModelDsl.Analyzers.Tests.Fixes;

public sealed class UseOurNameFixTests
{
    [Theory]
    [InlineData("Linear|}|}(128)", "Dense(128)")]
    [InlineData("Linear|}|}(784, 128)", "Dense(128)")]
    [InlineData("ReLU|}|}", "Relu")]
    [InlineData("ReLU|}|}()", "Relu")]
    [InlineData("CrossEntropyLoss|}|}", "SoftmaxCrossEntropy")]
    [InlineData("Flaten|}|}", "Flatten")]
    [InlineData("Conv2d|}|}(3, 16, 3)", "Conv2D(16, 3)")]
    [InlineData("Conv2d|}|}(3, 16, 3, 1, 1)", "Conv2D(16, 3, PaddingSize = 1)")]
    [InlineData("Conv2d|}|}(3, 16, 3, 2, 1)", "Conv2D(16, 3, Stride = 2, PaddingSize = 1)")]
    [InlineData("MaxPool2d|}|}(3, 2)", "MaxPool2D(3, Stride = 2)")]
    [InlineData("MaxPool2d|}|}(2, 2)", "MaxPool2D(2)")]
    [InlineData("Linear|}|}(784, 128, false)", "Dense(128, UseBias = false)")]
    [InlineData("Conv2d|}|}(16, 3)", "Conv2D(16, 3)")]
    [InlineData("MaxPooling2D|}|}(2)", "MaxPool2D(2)")]
    [InlineData("LSTM|}|}(10, 20)", "Lstm(20)")]
    [InlineData("LSTM|}|}(20)", "Lstm(20)")]
    [InlineData("Dropuot|}|}(0.5)", "Dropout(0.5)")]
    [InlineData("BatchNormalization|}|}", "BatchNorm")]
    [InlineData("Linear|}|}(in_features: 784, out_features: 128)", "Dense(128)")]
    [InlineData("MaxPool2d|}|}(kernel_size: 3, stride: 2)", "MaxPool2D(3, Stride = 2)")]
    [InlineData("Conv2d|}|}(16, 3, activation: \"relu\")", "Conv2D(16, 3), Relu")]
    public Task Name_of_another_library_or_a_slip_becomes_ours(string wrong, string right) =>
        new Test($"[Model, Input(4), {{|CS0246:{{|CS0246:{wrong}, Tanh]\npublic partial class Net;", $"[Model, Input(4), {right}, Tanh]\npublic partial class Net;").RunAsync();

    [Theory]
    [InlineData("{|CS0246:nn|}.Linear(784, 128)", "Dense(128)")]
    [InlineData("{|CS0246:layers|}.Dense(128)", "Dense(128)")]
    [InlineData("{|CS0246:nn|}.ReLU()", "Relu")]
    public Task Namespace_of_another_library_goes_with_its_name(string wrong, string right) =>
        new Test($"[Model, Input(4), {wrong}, Tanh]\npublic partial class Net;", $"[Model, Input(4), {right}, Tanh]\npublic partial class Net;").RunAsync();

    [Fact]
    public async Task Name_that_the_compiler_looks_for_twice_is_repaired_by_one_action()
    {
        RepairBench before = await RepairBench.OpenAsync(
            "[Model, Input(4), Linear(4), MeanSquaredError] public partial class Net;");
        ImmutableArray<Diagnostic> twice = [.. before.Errors["CS0246"]];
        Assert.Equal(2, twice.Length);
        (CodeAction action, _) = Assert.Single(await before.OfferedAsync(twice, new UseOurNameFix()));
        Assert.Equal("Use [Dense(4)]", action.Title);
    }

    [Fact]
    public async Task All_names_of_a_project_are_replaced_at_once()
    {
        RepairBench before = await RepairBench.OpenAsync(
            """
            [Model]
            // pixels
            [Input(784)]
            [Linear(784, 128), ReLU] // hidden
            [Droput(0.5), nn.Linear(128, 10)]
            [CrossEntropyLoss]
            public partial class Net;
            [Block, LSTM(4, 4), Unheard] public partial class Part;
            """,
            "[Model, Input(4), Linear(4), MSELoss] public partial class Other;");
        RepairBench after = await before.FixAllAsync("CS0246", new UseOurNameFix(), nameof(UseOurNameFix));
        string[] texts = await after.TextsAsync();
        Assert.Equal(
            """
            [Model]
            // pixels
            [Input(784)]
            [Dense(128), Relu] // hidden
            [Dropout(0.5), Dense(10)]
            [SoftmaxCrossEntropy]
            public partial class Net;
            [Block, Lstm(4), Unheard] public partial class Part;
            """,
            texts[0]);
        Assert.Equal("[Model, Input(4), Dense(4), MeanSquaredError] public partial class Other;", texts[1]);
        Assert.Equal(["CS0246"], after.Errors.Select(errors => errors.Key));
    }

    [Theory]
    [InlineData("[Model, {|CS0246:{|CS0246:Unheard|}|}] public partial class Net;")]
    [InlineData("[{|CS0246:{|CS0246:Linear|}|}(3)] public partial class NoModel;")]
    [InlineData("[Model] public partial class Net { {|CS0246:Linear|} layer; }")]
    public Task Other_names_and_other_places_are_left_alone(string source) => new Test(source, source).RunAsync();

    private sealed class Test : CSharpCodeFixTest<EmptyDiagnosticAnalyzer, UseOurNameFix, DefaultVerifier>
    {
        public Test(string wrong, string right)
        {
            TestCode = TestCompiler.Usings + wrong;
            FixedCode = TestCompiler.Usings + right;
            ReferenceAssemblies = new ReferenceAssemblies("net10.0");
            CodeFixTestBehaviors = CodeFixTestBehaviors.SkipFixAllCheck;
            MetadataReference[] references =
                [.. Net100.References.All, MetadataReference.CreateFromFile(typeof(ModelAttribute).Assembly.Location)];
            SolutionTransforms.Add((solution, project) => solution
                .AddMetadataReferences(project, references)
                .WithProjectParseOptions(project, new CSharpParseOptions(LanguageVersion.CSharp14)));
        }
    }
}
