using ModelDsl.Generator.Parsing;
using ModelDsl.Generator.Projects;

namespace ModelDsl.Generator.Tests.Pipeline;

/// <summary>
/// How far an edit reaches: a model follows whatever its declaration depends on, and nothing else is read again.
/// </summary>
public sealed class EditReachTests
{
    private const string Net = "[Model, Input(3), Dense(4), Relu, MeanSquaredError] public partial class Net;";

    // A model in one file, and two versions of another file that it depends on.
    private static readonly Dictionary<string, (string Model, string Before, string After)> Dependencies = new()
    {
        ["Constant of another file"] = (
            "[Model, Input(3), Dense(Sizes.Width), MeanSquaredError] public partial class Net;",
            "static class Sizes { public const int Width = 4; }",
            "static class Sizes { public const int Width = 9; }"),
        ["Constant that a constant names"] = (
            "[Model, Input(3), Dense(Sizes.Width), MeanSquaredError] public partial class Net; static class "
                + "Sizes { public const int Width = (int)Kind.Wide + 1; }",
            "enum Kind { Narrow, Wide = 3 }",
            "enum Kind { Narrow, Wide = 8 }"),
        ["Field that is no constant any more"] = (
            "[Model, Input(3), Dense(Sizes.Width), MeanSquaredError] public partial class Net;",
            "static class Sizes { public const int Width = 4; }",
            "static class Sizes { public static int Width = 4; }"),
        ["Constant that gets a syntax error"] = (
            "[Model, Input(3), Dense((int)Kind.Wide), MeanSquaredError] public partial class Net;",
            "enum Kind { Wide = 4 }",
            "enum Kind { Wide = 4 4 }"),
        ["Constant that hides another one"] = (
            "[Model, Input(3), Dense(Sizes.Width), MeanSquaredError] public partial class Net; class Base { "
                + "public const int Width = 4; } partial class Sizes : Base;",
            "partial class Sizes { }",
            "partial class Sizes { public new const int Width = 9; }"),
        ["Alias of the project"] = (
            "[Model, Input(3), Dense(4), Bend, MeanSquaredError] public partial class Net;",
            "global using Bend = ModelDsl.TanhAttribute;",
            "global using Bend = ModelDsl.SigmoidAttribute;"),
        ["Alias of the mark"] = (
            "[Network, Input(3), Dense(4), MeanSquaredError] public partial class Net;",
            "global using Network = System.ObsoleteAttribute;",
            "global using Network = ModelDsl.ModelAttribute;"),
        ["Static import of the project"] = (
            "[Model, Input(3), Dense(Width), MeanSquaredError] public partial class Net; static class Narrow "
                + "{ public const int Width = 4; } static class Wide { public const int Width = 9; }",
            "global using static Narrow;",
            "global using static Wide;"),
        ["New import of the project"] = (
            "[Model, Input(3), Dense(4), Bend, MeanSquaredError] public partial class Net; namespace Bends { "
                + "class BendAttribute : LayerAttribute; }",
            "class Other;",
            "global using Bends; class Other;"),
        ["Class that shadows an attribute"] = (
            "namespace App { [Model, Input(3), Dense(4), Relu, MeanSquaredError] public partial class Net; }",
            "namespace App { class OtherAttribute : System.Attribute; }",
            "namespace App { class ReluAttribute : System.Attribute; }"),
        ["Class that shadows the mark"] = (
            "namespace App { [Model, Input(3), Dense(4), Relu, MeanSquaredError] public partial class Net; }",
            "namespace App { class OtherAttribute : System.Attribute; }",
            "namespace App { class ModelAttribute : System.Attribute; }"),
        ["Block of another file"] = (
            "[Model, Input(3), Repeat<Pair>(2), MeanSquaredError] public partial class Net;",
            "using ModelDsl; [Block, Dense(3), Tanh] partial class Pair;",
            "using ModelDsl; [Block, Dense(3), Sigmoid] partial class Pair;"),
        ["Block that a block of another file names"] = (
            "[Model, Input(3), Repeat<Outer>(2), MeanSquaredError] public partial class Net; [Block, "
                + "Residual<Pair>, Residual<Pair>] partial class Outer;",
            "using ModelDsl; [Block(Shared = false), Dense(3)] partial class Pair;",
            "using ModelDsl; [Block(Shared = true), Dense(3)] partial class Pair;"),
        ["Class that becomes a block"] = (
            "[Model, Input(3), Repeat<Pair>(2), MeanSquaredError] public partial class Net;",
            "using ModelDsl; [System.Serializable, Dense(3), Tanh] partial class Pair;",
            "using ModelDsl; [Block, Dense(3), Tanh] partial class Pair;"),
        ["Class that becomes a model"] = (
            "[Model, Input(3), Dense(4), MeanSquaredError] public partial class Net;",
            "using ModelDsl; [System.Serializable, Input(3), Dense(4), MeanSquaredError] public partial class Other;",
            "using ModelDsl; [Model, Input(3), Dense(4), MeanSquaredError] public partial class Other;"),
        ["Base class"] = (
            "[Model, Input(3), Dense(4), MeanSquaredError] public partial class Net : Base;",
            "public class Base { public Base(int size) { } }",
            "public class Base { public Base(int size = 3) { } }"),
        ["Member in another part"] = (
            "[Model, Input(3), Dense(4), MeanSquaredError] public partial class Net;",
            "partial class Net { int Dense2; }",
            "partial class Net { int Dense1Weight; }"),
        ["Comment of another part"] = (
            "[Model, Input(3), Dense(4), MeanSquaredError] public partial class Net;",
            "partial class Net;",
            "/// <summary>A net.</summary>\npartial class Net;"),
        ["Obsolete class that an attribute names"] = (
            "[Model, Input(3), Dense(4), Activation<Bend>, MeanSquaredError] public partial class Net;",
            "[System.Serializable] public struct Bend : ModelDsl.Extensibility.IActivation { }",
            "[System.Obsolete] public struct Bend : ModelDsl.Extensibility.IActivation { }"),
        ["Attribute of the assembly"] = (
            "[Model, Input(3), Dense(4), MeanSquaredError] public partial class Net;",
            "[assembly: System.CLSCompliant(false)]",
            "[assembly: System.CLSCompliant(true)]"),
    };

    public static TheoryData<string> Names => [.. Dependencies.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Whatever_a_model_depends_on_is_followed(string dependency)
    {
        (string model, string before, string after) = Dependencies[dependency];
        CSharpCompilation compilation = TestCompiler.CreateCompilation(model);
        CSharpCompilation first = compilation.AddSyntaxTrees(Parse(before));
        CSharpCompilation second = compilation.AddSyntaxTrees(Parse(after));
        GeneratorDriver driver = TestCompiler.CreateDriver().RunGenerators(first);
        string[] edited = Texts(driver.RunGenerators(second));
        Assert.NotEqual(Texts(driver), edited);
        Assert.Equal(Texts(TestCompiler.CreateDriver().RunGenerators(second)), edited);

        SyntaxTree Parse(string text) =>
            CSharpSyntaxTree.ParseText(text, (CSharpParseOptions)compilation.SyntaxTrees[0].Options, "Other.cs");
    }

    [Fact]
    public void Other_references_are_followed()
    {
        CSharpCompilation compilation = TestCompiler.CreateCompilation(Net);
        var reader = new ModelReader();
        Assert.Single(Read(reader, compilation));
        Assert.Empty(Read(reader, compilation.RemoveReferences(
            compilation.References.Where(reference =>
                reference.Display!.EndsWith("ModelDsl.Runtime.dll", StringComparison.Ordinal)))));
    }

    [Fact]
    public void Two_marks_on_parts_in_one_file_or_in_two_make_one_model()
    {
        string part = "[Model] partial class Net;\n";
        Assert.Single(new GeneratorRun(Net + part).Result.GeneratedSources);
        Assert.Single(new GeneratorRun(Net, part).Result.GeneratedSources);
    }

    [Theory]
    [InlineData("return 41;", "return 42;")]
    [InlineData("return 41;", "return 41")]
    [InlineData("=> 3", "=> 4")]
    [InlineData("int count = 1", "int count = 2")]
    [InlineData("} = 5", "} = 6")]
    [InlineData("[System.Obsolete] class", "class")]
    [InlineData("{ get { return 1; } }", "{ get { var x = 1; return x; } }")]
    [InlineData("System.Console.Write(1);", "System.Console.Write(2); System.Console.Write(3);")]
    [InlineData("class Other", "/* a comment */ class Other")]
    public void Edit_that_leaves_an_outline_reads_no_model_of_another_file_again(string before, string after)
    {
        CSharpCompilation compilation = TestCompiler.CreateCompilation(
            Net,
            """
            System.Console.Write(1);
            [System.Obsolete] class Other
            {
                int count = 1;
                int Last { get; } = 5;
                int First { get { return 1; } }
                int Answer() { return 41; }
                int Number() => 3;
            }
            """);
        var reader = new ModelReader();
        ModelDeclaration model = Read(reader, compilation).Single();
        Assert.Same(model, Read(reader, Edit(compilation, 1, before, after)).Single());
    }

    [Fact]
    public void Edit_of_one_model_reads_no_other_one_again()
    {
        CSharpCompilation compilation =
            TestCompiler.CreateCompilation(Net, Net.Replace("Net", "Other", StringComparison.Ordinal));
        var reader = new ModelReader();
        ModelDeclaration[] first = Read(reader, compilation);
        ModelDeclaration[] second = Read(reader, Edit(compilation, 1, "Dense(4)", "Dense(5)"));
        Assert.Same(first[0], second[0]);
        Assert.NotEqual(first[1], second[1]);
    }

    [Fact]
    public void Models_keep_their_places_when_others_come_and_go()
    {
        string[] names = ["A", "B", "C", "D"];
        string[] texts = [.. names.Select(name => Net.Replace("Net", name, StringComparison.Ordinal))];
        SyntaxTree[] files = [.. TestCompiler.CreateCompilation(texts).SyntaxTrees];
        CSharpCompilation none = TestCompiler.CreateCompilation();
        var reader = new ModelReader();
        Assert.Equal(["A", "B", "C"], Places(files[0], files[1], files[2]));
        Assert.Equal(["A", null, "C"], Places(files[0], files[2]));
        Assert.Equal(["A", "D", "C"], Places(files[0], files[2], files[3]));
        Assert.Equal(["A", "D", "C", "B"], Places(files));

        IEnumerable<string?> Places(params SyntaxTree[] trees) =>
            reader.Read(none.AddSyntaxTrees(trees), CancellationToken.None).Select(model => model?.Name);
    }

    private static ModelDeclaration[] Read(ModelReader reader, CSharpCompilation compilation) =>
        [.. reader.Read(compilation, CancellationToken.None).OfType<ModelDeclaration>()];

    private static CSharpCompilation Edit(CSharpCompilation compilation, int file, string before, string after)
    {
        SyntaxTree tree = compilation.SyntaxTrees[file];
        string text = tree.ToString();
        Assert.Contains(before, text, StringComparison.Ordinal);
        return compilation.ReplaceSyntaxTree(
            tree,
            CSharpSyntaxTree.ParseText(
                text.Replace(before, after, StringComparison.Ordinal),
                (CSharpParseOptions)tree.Options,
                tree.FilePath));
    }

    private static string[] Texts(GeneratorDriver driver) =>
    [
        .. driver.GetRunResult().Results.Single().GeneratedSources
            .OrderBy(source => source.HintName, StringComparer.Ordinal)
            .Select(source => source.SourceText.ToString()),
    ];
}
