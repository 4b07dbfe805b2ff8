namespace ModelDsl.Generator.Tests.Language;

/// <summary>Where a model may stand: in every kind of namespace and type, at every accessibility.</summary>
public class PlaceTests
{
    private const string Layers = "[Model, Input(3), Dense(2), Relu, Dense(1), MeanSquaredError]";

    [Fact]
    public void In_the_global_namespace() =>
        LanguageCase.TrainSingle($"{Layers} public partial class M;");

    [Fact]
    public void In_a_file_scoped_namespace() =>
        LanguageCase.TrainSingle($"namespace A.B; {Layers} public partial class M;");

    [Fact]
    public void In_nested_block_namespaces() =>
        LanguageCase.TrainSingle($"namespace A {{ namespace B.C {{ {Layers} public partial class M {{ }} }} }}");

    [Fact]
    public void Internal() => LanguageCase.TrainSingle($"{Layers} internal partial class M;");

    [Fact]
    public void Without_an_accessibility() => LanguageCase.TrainSingle($"{Layers} partial class M;");

    [Fact]
    public void Sealed() => LanguageCase.TrainSingle($"{Layers} public sealed partial class M;");

    [Theory]
    [InlineData("public")]
    [InlineData("internal")]
    [InlineData("protected")]
    [InlineData("private")]
    [InlineData("protected internal")]
    [InlineData("private protected")]
    public void Nested_at_every_accessibility(string accessibility) =>
        LanguageCase.TrainSingle($"public partial class Outer {{ {Layers} {accessibility} partial class M; }}");

    [Theory]
    [InlineData("public partial class")]
    [InlineData("public static partial class")]
    [InlineData("public abstract partial class")]
    [InlineData("public partial struct")]
    [InlineData("public readonly partial struct")]
    [InlineData("public ref partial struct")]
    [InlineData("public partial record")]
    [InlineData("public partial record class")]
    [InlineData("public partial record struct")]
    [InlineData("public readonly partial record struct")]
    [InlineData("public partial interface")]
    public void Nested_in_every_kind_of_type(string outer) =>
        LanguageCase.TrainSingle($"namespace A; {outer} Outer {{ {Layers} public partial class M; }}");

    [Fact]
    public void Nested_deeply_in_generic_types() =>
        LanguageCase.TrainSingle(
            $$"""
            namespace A;
            public partial class Outer<T> where T : struct
            {
                public partial record Middle<TKey, TValue>(TKey Key, TValue Value) where TKey : notnull
                {
                    {{Layers}} public partial class M;
                }
            }
            """);

    [Fact]
    public void Generic() =>
        LanguageCase.TrainSingle($"{Layers} public partial class M<T> where T : notnull {{ public T? Tag {{ get; set; }} }}");

    [Fact]
    public void Generic_of_the_same_name_as_one_that_is_not() =>
        Assert.Equal(3, LanguageCase.Train(
            $"""
            {Layers} public partial class M;
            {Layers} public partial class M<T>;
            {Layers} public partial class M<T, U>;
            """).Count);

    [Fact]
    public void Several_in_a_file() =>
        Assert.Equal(3, LanguageCase.Train(
            $"""
            {Layers} public partial class M;
            [Model, Input(4), Dense(3), SoftmaxCrossEntropy] public partial class N;
            [Model, Input(2), Dense(1), BinaryCrossEntropy] public partial class O;
            """).Count);

    [Fact]
    public void Of_the_same_name_in_two_namespaces() =>
        Assert.Equal(2, LanguageCase.Train(
            $$"""
            namespace A { {{Layers}} public partial class M; }
            namespace B { {{Layers}} public partial class M; }
            """).Count);

    [Fact]
    public void Of_names_that_differ_in_case_alone() =>
        Assert.Equal(2, LanguageCase.Train(
            $"""
            {Layers} public partial class Mlp;
            {Layers} public partial class MLP;
            """).Count);

    [Fact]
    public async Task Marked_twice_is_the_compilers_error_and_compiled_once() =>
        Assert.Equal(["CS0579"], await LanguageCase.ComplaintsAsync($"{Layers} public partial class M; [Model] partial class M;"));

    [Fact]
    public void Of_a_name_in_letters_of_any_language() =>
        Assert.Equal(4, LanguageCase.Train(
            $"""
            namespace Größe;
            {Layers} public partial class Ünïcode;
            {Layers} public partial class モデル;
            {Layers} public partial class Модель;
            {Layers} public partial class क्षि;
            """).Count);
}
