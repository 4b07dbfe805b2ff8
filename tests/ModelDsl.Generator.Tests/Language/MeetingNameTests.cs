namespace ModelDsl.Generator.Tests.Language;

/// <summary>Names of different origin that come to be the same.</summary>
public class MeetingNameTests
{
    private const string Towers =
        """
        [Block, Input(2), Dense(3)] public partial class Tower;
        [Block, Input(2), Dense(3)] public partial class Tower1;

        """;

    [Fact]
    public void Number_of_a_tower_steps_over_the_name_of_another()
    {
        IModel model = LanguageCase.TrainSingle(
            Towers + "[Model, Concat<Tower, Tower, Tower1>, Dense(1), MeanSquaredError] public partial class M;");
        Assert.Equal(["tower2", "tower3", "tower1"], model.Description.Inputs.Select(input => input.Name));
    }

    [Fact]
    public void Towers_whose_names_differ_in_case_are_numbered()
    {
        IModel model = LanguageCase.TrainSingle(
            """
            #pragma warning disable CS8981
            [Block, Input(2), Dense(3)] public partial class Tower;
            [Block, Input(2), Dense(3)] public partial class tower;
            [Model, Concat<Tower, tower>, Dense(1), MeanSquaredError] public partial class M;
            """);
        Assert.Equal(["tower1", "tower2"], model.Description.Inputs.Select(input => input.Name));
    }

    [Fact]
    public void Automatic_number_steps_over_a_name_of_the_user()
    {
        IModel model = LanguageCase.TrainSingle(
            "[Model, Input(3), Dense(4, Name = \"dense2\"), Relu, Dense(4), Dense(2), MeanSquaredError] public partial class M;");
        Assert.Equal(
            ["input", "dense2", "relu1", "dense3", "dense4", "meanSquaredError1"],
            model.Description.Layers.Select(layer => layer.Name));
    }

    [Theory]
    [InlineData("String")]
    [InlineData("Class")]
    [InlineData("Int")]
    public void Layer_may_be_called_what_is_a_keyword_in_lower_case(string name) =>
        LanguageCase.TrainSingle($"[Model, Input(3), Dense(4, Name = \"{name}\"), Relu, Dense(2), MeanSquaredError] public partial class M;");

    [Fact]
    public void Constructor_of_the_user_sets_members_that_the_generated_one_leaves_out() =>
        LanguageCase.TrainSingle(
            """
            [Model, Input(3), Dense(2), MeanSquaredError]
            public partial class M
            {
                private readonly object _lock;
                public M(string n) : this(1UL) { Name = n; _lock = new(); }
                public string Name { get; }
                public object Lock => _lock;
                public event System.Action Changed;
                public void Raise() => Changed();
            }
            """);

    [Theory]
    [InlineData("Residual<B>, Dense(4, Name = \"residual1_dense1\")", "residual1.dense1", "residual1_dense1")]
    [InlineData("Dense(4, Name = \"residual1_dense1\"), Residual<B>", "residual1.dense1", "residual1_dense1")]
    [InlineData("Repeat<B>(2), Dense(4, Name = \"repeat1_0_dense1\")", "repeat1.0.dense1", "repeat1_0_dense1")]
    [InlineData("Repeat<B>(5), Dense(4, Name = \"repeat1_3_dense1\")", "repeat1.3.dense1", "repeat1_3_dense1")]
    [InlineData("Repeat<R>(4), Dense(4, Name = \"repeat1_1_residual1_dense1\")", "repeat1.1.residual1.dense1", "repeat1_1_residual1_dense1")]
    [InlineData("Sum<B, B>, Dense(4, Name = \"sum1_a_dense1\")", "sum1.a.dense1", "sum1_a_dense1")]
    [InlineData("Residual<D>(Name = \"a\"), Residual<B>(Name = \"a_b\")", "a_b.dense1", "a.b_dense1")]
    public void Tensors_whose_members_would_have_one_name_are_told_apart(string layers, string nested, string own)
    {
        IModel model = LanguageCase.TrainSingle(
            $"""
            [Block, Dense(4), Tanh] public partial class B;
            [Block, Dense(4, Name = "b_dense1"), Dense(4), Tanh] public partial class D;
            [Block, Residual<B>] public partial class R;
            [Model, Input(4), {layers}, MeanSquaredError] public partial class M;
            """);
        string[] names = [.. model.Description.Parameters.Select(parameter => parameter.Name)];
        Assert.Contains($"{nested}.weight", names);
        Assert.Contains($"{own}.weight", names);
        Assert.Equal(names.Length, names.Distinct().Count());

        // The author's name stays, or else the first; the other one is numbered.
        Assert.NotEqual(StartOf(own, ""), StartOf(own, "2"));

        int StartOf(string layer, string number)
        {
            string member = string.Join("_", layer.Split('_', '.').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
            var property = model.GetType().GetProperty($"{member}Weight{number}");
            Assert.NotNull(property);
            ReadOnlySpan<float> span = property.GetMethod!.CreateDelegate<SpanGetter>(model)();
            Assert.True(model.Parameters.Overlaps(span, out int start));
            string expected = number.Length == 0 ? own : nested;
            Assert.Equal(model.Description.Parameters.Single(parameter => parameter.Name == $"{expected}.weight").Offset, start);
            return start;
        }
    }

    private delegate Span<float> SpanGetter();

    [Theory]
    [InlineData("Dense(4), Dense(4, Name = \"dense1Weight\"), Dense(4, Name = \"dense1Gradient\")")]
    [InlineData("Dense(4, Name = \"samples\"), Dense(4, Name = \"batch\"), Dense(4, Name = \"arena\"), Dense(4, Name = \"parameters\")")]
    [InlineData("Dense(4, Name = \"gradients\"), Dense(4, Name = \"seed\"), Dropout(0.5, Name = \"step\"), Dense(4, Name = \"loss\")")]
    [InlineData("Repeat<B>(4, Name = \"at\"), Dense(4, Name = \"copy\"), Dense(4, Name = \"outer1\"), Dense(4, Name = \"outer1_dense1\")")]
    [InlineData("Dense(4, Name = \"output\"), Dense(4, Name = \"output2\"), Dense(4, Name = \"targets\")")]
    [InlineData("Repeat<B>(3, Name = \"outer1\"), Residual<B>(Name = \"outer1_0\"), Dense(4)")]
    public void Layers_named_like_variables_of_the_generated_code_train(string layers) =>
        LanguageCase.TrainSingle(
            $"""
            [Block, Dense(4), Tanh] public partial class B;
            [Model, Input(4), {layers}, MeanSquaredError] public partial class M;
            """);

    [Theory]
    [InlineData("@event")]
    [InlineData("@class")]
    [InlineData("@void")]
    public async Task Broken_model_with_the_name_of_a_keyword_reports_its_rule_alone(string name) =>
        Assert.Equal(
            ["MDL0015"],
            (await LanguageCase.ComplaintsAsync($"[Model, Input(4), Dense(0), SoftmaxCrossEntropy] public partial class {name};"))
            .Where(id => id != "CS8981"));

    [Theory]
    [InlineData("Foo", "public struct Foo;", "CS0315")]
    [InlineData("Foo", "public class Foo;", "CS0453")]
    [InlineData("Foo", "public abstract class Foo;", "CS0453")]
    [InlineData("Foo", "", "CS0246")]
    public async Task Type_that_is_no_activation_or_loss_is_one_error(string type, string declaration, string error)
    {
        // What an attribute of a loss may be given is a rule of ours, since no constraint says it.
        (string Layers, string Error)[] uses =
        [
            ($"Activation<{type}>, MeanSquaredError", error),
            ($"Loss<{type}>", declaration.Length == 0 ? error : "MDL0443"),
        ];
        foreach ((string layers, string expected) in uses)
        {
            IReadOnlyList<string> complaints =
                await LanguageCase.ComplaintsAsync($"[Model, Input(4), Dense(2), {layers}] public partial class M;\n{declaration}");
            Assert.All(complaints, id => Assert.Equal(expected, id));
            Assert.NotEmpty(complaints);
        }
    }

    [Theory]
    [InlineData("Dense(3), Conv2D(2, 3), Dense(2)", "m.Dense1Weight", "m.Conv2D1Weight", "m.Dense2Bias")]
    [InlineData("Dense(0), Dense(2)", "m.Dense1Weight", "m.Dense2Bias")]
    [InlineData("BatchNorm, Embedding(3, 4), Dense(2), SelfAttention(Heads = 7)", "m.BatchNorm1Weight", "m.Embedding1Weight", "m.Dense1Bias")]
    public async Task Tensors_of_a_wrong_model_stay_known(string layers, params string[] uses)
    {
        string source =
            $"[Model, Input(28, 28), {layers}, MeanSquaredError] public partial class M;\n"
            + $"public static class Use {{ public static int Of(M m) => {string.Join(" + ", uses.Select(use => use + ".Length"))}; }}";
        IReadOnlyList<string> complaints = await LanguageCase.ComplaintsAsync(source);
        Assert.NotEmpty(complaints);
        Assert.All(complaints, id => Assert.StartsWith("MDL", id, StringComparison.Ordinal));
    }

    [Fact]
    public void Exception_of_a_wrong_model_says_the_rule_and_the_attribute()
    {
        var assembly = TestCompiler.Load("[Model, Input(4), Dense(0), MeanSquaredError] internal partial class M;");
        Type type = assembly.GetType("M")!;
        var thrown = Assert.Throws<System.Reflection.TargetInvocationException>(() => Activator.CreateInstance(type, 1UL));
        Assert.Contains("MDL0015", thrown.InnerException!.Message, StringComparison.Ordinal);
        Assert.Contains("layer attribute 2: [Dense(0)]", thrown.InnerException.Message, StringComparison.Ordinal);
    }
}
