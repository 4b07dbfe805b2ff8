using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Tests.Documentation;

/// <summary>What the documents show compiles without a warning, runs, and is what the compiler writes.</summary>
public class SnippetTests
{
    [Theory]
    [InlineData("README.md")]
    [InlineData("tutorial.md")]
    [InlineData("extending.md")]
    [InlineData("gradients.md")]
    [InlineData("training.md")]
    [InlineData("data.md")]
    [InlineData("optimizers.md")]
    [InlineData("metrics.md")]
    [InlineData("privacy.md")]
    [InlineData("mixed-precision.md")]
    [InlineData("generation.md")]
    [InlineData("methods.md")]
    [InlineData("checks.md")]
    public void Snippets_run(string document)
    {
        Assembly program = Compile(new Document(document).Program);
        string[] before = Directory.GetFiles(".", "*.safetensors");
        try
        {
            program.EntryPoint!.Invoke(null, [Array.Empty<string>()]);
        }
        finally
        {
            foreach (string written in Directory.GetFiles(".", "*.safetensors").Except(before))
            {
                File.Delete(written);
            }
        }
    }

    [Theory]
    [InlineData("README.md")]
    public void Snippets_that_take_long_compile(string document) => Compile(new Document(document).LongProgram);

    [Theory]
    [InlineData("README.md")]
    [InlineData("architecture.md")]
    [InlineData("methods.md")]
    public void Excerpts_are_what_the_compiler_writes(string name)
    {
        var document = new Document(name);
        string generated = string.Join("\n", TestCompiler.Generate(document.Types).Values.Select(Unindented));
        Assert.NotEmpty(document.Excerpts);
        Assert.All(document.Excerpts, excerpt => Assert.Contains(Unindented(excerpt), generated, StringComparison.Ordinal));
    }

    [Fact]
    public void Readme_lists_every_layer()
    {
        string text = new Document("README.md").Text;

        // Primitives are written as expressions.
        IEnumerable<LayerRule> layers = LayerCatalog.All
            .Where(definition => !definition.AttributeType.Contains(".Primitives.", StringComparison.Ordinal));
        Assert.All(layers, definition =>
        {
            string name = definition.AttributeType.Split('.')[^1].Split('`')[0].Replace("Attribute", "", StringComparison.Ordinal);
            Assert.Matches($@"`{name}[`(<]", text);
        });
    }

    [Fact]
    public void Readme_lists_every_optimizer()
    {
        string text = new Document("README.md").Text;
        IEnumerable<string> optimizers = typeof(Optimizer).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Optimizer)) && !type.IsAbstract)
            .Select(type => type.Name);
        Assert.All(optimizers, name => Assert.Contains($"| `{name}` |", text, StringComparison.Ordinal));
    }

    private static Assembly Compile(string program)
    {
        CSharpCompilation source = TestCompiler.CreateCompilation("#pragma warning disable CS1591\n" + program);
        source = source.WithOptions(source.Options.WithOutputKind(OutputKind.ConsoleApplication));
        TestCompiler.CreateDriver().RunGeneratorsAndUpdateCompilation(source, out Compilation compilation, out _);
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
        using var image = new MemoryStream();
        Assert.True(compilation.Emit(image).Success);
        image.Position = 0;
        return new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(image);
    }

    private static string Unindented(string code) => Regex.Replace(code, "^ +", "", RegexOptions.Multiline);
}
