using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;
using ModelDsl.CodeFixes;
using ModelDsl.Testing;

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
    [InlineData("Conv2d|}|}(3, 16, 3, 1, 1)", "Conv2D(16, 3)")]
    [InlineData("Conv2d|}|}(16, 3)", "Conv2D(16, 3)")]
    [InlineData("MaxPooling2D|}|}(2)", "MaxPool2D(2)")]
    [InlineData("LSTM|}|}(10, 20)", "Lstm(20)")]
    [InlineData("LSTM|}|}(20)", "Lstm(20)")]
    [InlineData("Dropuot|}|}(0.5)", "Dropout(0.5)")]
    [InlineData("BatchNormalization|}|}", "BatchNorm")]
    public Task Name_of_another_library_or_a_slip_becomes_ours(string wrong, string right) =>
        new Test($"[Model, Input(4), {{|CS0246:{{|CS0246:{wrong}, Tanh]\npublic partial class Net;", $"[Model, Input(4), {right}, Tanh]\npublic partial class Net;").RunAsync();

    [Theory]
    [InlineData("[Model, {|CS0246:{|CS0246:Unheard|}|}] public partial class Net;")]
    [InlineData("[{|CS0246:{|CS0246:Linear|}|}(3)] public partial class NoModel;")]
    [InlineData("[Model] public partial class Net { {|CS0246:Linear|} layer; }")]
    public Task Other_names_and_other_places_are_left_alone(string source) => new Test(source, source).RunAsync();

    private sealed class Test : CSharpCodeFixTest<EmptyDiagnosticAnalyzer, UseOurNameFix, DefaultVerifier>
    {
        public Test(string wrong, string right)
        {
            TestCode = ModelCompiler.Usings + wrong;
            FixedCode = ModelCompiler.Usings + right;
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
