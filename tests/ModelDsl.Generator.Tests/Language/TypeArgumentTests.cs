using static ModelDsl.Testing.CustomTypes;

namespace ModelDsl.Generator.Tests.Language;

/// <summary>Types that generic attributes are given: whatever they are, an error stands where the author wrote.</summary>
public sealed class TypeArgumentTests
{
    // The type argument, and what the attribute says of it; what the C# compiler says needs no rule of ours.
    [Theory]
    [InlineData("Activation<Foo<>>", "public struct Foo<T>;")]
    [InlineData("Residual<Foo<>>", "[Block, Dense(2)] public partial class Foo<T>;")]
    [InlineData("Residual<System.Collections.Generic.List<>>", "")]
    [InlineData("Activation<int>", "")]
    [InlineData("Residual<int>", "")]
    [InlineData("Residual<int[]>", "")]
    [InlineData("Residual<(int, int)>", "")]
    [InlineData("Residual<dynamic>", "")]
    [InlineData("Residual<void>", "")]
    [InlineData("Residual<Foo>", "public delegate void Foo();")]
    [InlineData("Residual<Foo>", "public enum Foo { A }")]
    [InlineData("Residual<Foo?>", "[Block, Dense(2)] public partial class Foo;")]
    [InlineData("Residual<Foo>", "[Block, Dense(2)] public static class Foo;")]
    [InlineData("Residual<Foo>", "[Block, Dense(2)] public ref struct Foo;")]
    [InlineData("Residual<Foo.Bar>", "public class Foo { [Block, Dense(2)] private class Bar; }")]
    [InlineData("Activation<dynamic>", "")]
    [InlineData("Activation<ModelDsl.CompilerServices.Tanh?>", "")]
    [InlineData("Activation<ModelDsl.Extensibility.IActivation>", "")]
    [InlineData("Activation<>", "")]
    [InlineData("Activation<int, int>", "")]
    [InlineData("Activation", "")]
    [InlineData("Activation<Foo<Missing>>", "public struct Foo<T>" + Activation)]
    [InlineData("Activation<Foo<string?>>", "public struct Foo<T>" + Activation)]
    [InlineData("Activation<Foo>", "public ref struct Foo" + Activation)]
    [InlineData("Activation<Foo>", "file struct Foo" + Activation)]
    [InlineData("Activation<Foo.Bar>", "public class Foo { private struct Bar" + Activation + " }")]
    [InlineData("Activation<Foo>", "public struct Foo : ModelDsl.Extensibility.IActivation;")]
    public async Task Type_that_does_not_fit_is_an_error_in_the_authors_text(string layer, string declaration)
    {
        string source =
            $"[Model, Input(4), Dense(2), {layer}, MeanSquaredError] public partial class M;\n{declaration}";
        IReadOnlyList<string> ids = await LanguageCase.ComplaintsAsync(source);
        Assert.NotEmpty(ids);
        Assert.DoesNotContain("AD0001", ids);
        AssertNothingInGeneratedCode(source);
    }

    [Theory]
    [InlineData("Residual<T>")]
    [InlineData("Activation<T>")]
    [InlineData("Activation<Foo>")]
    [InlineData("Activation<Foo<T>>")]
    public async Task Type_parameters_around_the_model_are_the_C_sharp_compilers_error(string layer)
    {
        string source =
            "public partial class Outer<T> { "
            + $"[Model, Input(4), Dense(2), {layer}, MeanSquaredError] public partial class M;"
            + $" public struct Foo{Activation} public struct Foo<U>{Activation} }}";
        IReadOnlyList<string> ids = await LanguageCase.ComplaintsAsync(source);
        Assert.All(ids, id => Assert.StartsWith("CS", id, StringComparison.Ordinal));
        AssertNothingInGeneratedCode(source);
    }

    [Theory]
    [InlineData("Activation<Foo>", "public struct Foo" + Activation)]
    [InlineData("Activation<Foo<int>>", "public struct Foo<T>" + Activation)]
    [InlineData("Activation<Foo<int[]>.Bar>", "public static class Foo<T> { public struct Bar" + Activation + " }")]
    [InlineData("Activation<M.Foo>", "public partial class M { private struct Foo" + Activation + " }")]
    [InlineData("Activation<@event>", "public struct @event" + Activation)]
    [InlineData("Residual<Foo>", "[Block, Relu, Dense(2)] file class Foo;")]
    [InlineData("Residual<Foo<int>>", "[Block, Relu, Dense(2)] public class Foo<T>;")]
    [InlineData("Residual<Foo>", "[Block, Relu, Dense(2)] public abstract class Foo;")]
    [InlineData("Residual<Foo>", "[Block, Relu, Dense(2)] public record Foo;")]
    [InlineData("Activation<Foo>", "#pragma warning disable CS0612\n[System.Obsolete] public struct Foo" + Activation)]
    [InlineData(
        "Activation<Foo>", "[System.Obsolete(\"old\", DiagnosticId = \"OLD1\")] public struct Foo" + Activation)]
    [InlineData(
        "Activation<Foo<int>>",
        "[System.Diagnostics.CodeAnalysis.Experimental(\"NEW1\")] public struct Foo<T>" + Activation)]
    [InlineData(
        "Residual<B>",
        "[Block, Activation<Foo>, Dense(2)] public class B; [System.Obsolete(\"old\")] public struct Foo" + Activation)]
    public void Type_that_fits_compiles_without_a_warning_and_trains(string layer, string declaration) =>
        LanguageCase.TrainSingle(
            "#pragma warning disable CS8981, CS0612, CS0618, OLD1, NEW1\n"
            + $"[Model, Input(4), Dense(2), {layer}, Dense(1), MeanSquaredError] public partial class M;\n{declaration}");

    [Fact]
    public void Activation_may_implement_its_interface_explicitly() =>
        LanguageCase.TrainSingle(
            """
            [Model, Input(4), Dense(2), Activation<Foo>, Dense(1), MeanSquaredError] public partial class M;
            public struct Foo : ModelDsl.Extensibility.IActivation
            {
                static bool ModelDsl.Extensibility.IActivation.DerivativeUsesOutput => true;
                TVector ModelDsl.Extensibility.IActivation.Forward<TVector>(TVector x) => x;
                TVector ModelDsl.Extensibility.IActivation.Derivative<TVector>(TVector saved) => TVector.Broadcast(1f);
            }
            """);

    private static void AssertNothingInGeneratedCode(string source) =>
        Assert.DoesNotContain(
            TestCompiler.Compile(source).GetDiagnostics(),
            diagnostic => diagnostic.Severity == DiagnosticSeverity.Error
                && diagnostic.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true);
}
