namespace ModelDsl.Generator.Tests.Language;

/// <summary>What a user adds to a model, and what a user does with it.</summary>
public class UserCodeTests
{
    private const string Layers = "[Model, Input(3), Dense(2), Relu, Dense(1), MeanSquaredError]";

    [Fact]
    public void Base_class_and_interfaces_are_the_users_own() =>
        LanguageCase.TrainSingle(
            $$"""
            public abstract class Described { public abstract string Text { get; } }
            public interface INamed { string Name { get; } }
            {{Layers}} public partial class M : Described, INamed
            {
                public override string Text => Name;
                public string Name => Description.Name;
            }
            """);

    [Fact]
    public void Members_of_a_base_class_may_have_the_names_of_generated_ones() =>
        LanguageCase.TrainSingle(
            $$"""
            public class Described
            {
                public int Parameters => 1;
                public virtual void Save(string path) { }
            }
            {{Layers}} public partial class M : Described;
            """);

    [Fact]
    public void Assembly_for_all_languages_gets_no_warnings_from_generated_code()
    {
        Compilation compilation = TestCompiler.Compile(
            $$"""
            [assembly: System.CLSCompliant(true)]
            {{Layers}} public partial class M;
            [Model, Input(4, Type = ElementType.Token), Embedding(9, 4), Conv1D(3, 2), BatchNorm, Dense(2), SoftmaxCrossEntropy]
            public partial class Tokens;
            """);
        Assert.DoesNotContain(
            compilation.GetDiagnostics(),
            diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic.Location.SourceTree!.FilePath.EndsWith(".g.cs", StringComparison.Ordinal));
    }

    [Fact]
    public void Constructors_of_the_user_call_the_generated_one() =>
        LanguageCase.TrainSingle(
            $$"""
            {{Layers}} public partial class M
            {
                public M(string name) : this(seed: 3) => Name = name;
                public string Name { get; } = "";
            }
            """);

    [Fact]
    public void Parameterless_constructor_of_the_user_is_preferred() =>
        LanguageCase.TrainSingle(
            $$"""
            {{Layers}} public partial class M
            {
                public M() : this(seed: 42) => Made = true;
                public bool Made { get; }
                public static bool Check() => new M().Made && Load("x").Made;
            }
            """);

    [Fact]
    public void Documentation_of_the_user_stays_the_only_summary()
    {
        string code = TestCompiler.GenerateSingle(
            $"/// <summary>My own words.</summary>\n{Layers} public partial class M;");
        Assert.DoesNotContain("A model of", code, StringComparison.Ordinal);
        Assert.Contains("/// Dense(2) ", code, StringComparison.Ordinal);
        LanguageCase.TrainSingle(
            $"/// <summary>My own words.</summary>\n/// <remarks>And more.</remarks>\n{Layers} public partial class M;");
    }

    [Fact]
    public void Members_of_the_model_are_used_from_its_other_half() =>
        LanguageCase.TrainSingle(
            $$"""
            {{Layers}} public partial class M
            {
                public float First => Dense1Weight[0] + Dense2Bias[0] + Parameters[0] + Gradients[0];
                public float Classify(float[] x) => Predict(x)[0];
                public static int Count => Architecture.ParameterCount;
            }
            """);

    [Fact]
    public void Model_is_used_through_its_interfaces_and_a_trainer() =>
        LanguageCase.TrainSingle(
            $$"""
            {{Layers}} internal partial class M;

            internal static class Program
            {
                public static T New<T>() where T : class, IModel<T> => T.Create(1);
                public static double Fit()
                {
                    var trainer = new Trainer<M>(New<M>(), new Sgd { LearningRate = 0.1f });
                    return trainer.Fit(Dataset.FromValues(new Shape(3), new float[6], new float[2]), epochs: 2).Epochs[1].Loss;
                }
            }
            """);

    [Fact]
    public void Model_of_another_assembly_is_used_and_extended()
    {
        CSharpCompilation library = TestCompiler.CreateCompilation($"namespace Library; {Layers} public partial class M;");
        TestCompiler.CreateDriver().RunGeneratorsAndUpdateCompilation(library, out Compilation compiled, out _);
        CSharpCompilation program = TestCompiler.CreateCompilation(
                """
                namespace Program;
                internal sealed class Derived : Library.M
                {
                    public float Sum(float[] x) => Predict(x)[0] + Dense1Weight[0];
                }

                [Model, Input(1), Dense(1), MeanSquaredError]
                internal sealed partial class M
                {
                    public static Trainer<Library.M> Other => new(new Library.M(), new Adam());
                }
                """)
            .AddReferences(compiled.ToMetadataReference());
        TestCompiler.CreateDriver().RunGeneratorsAndUpdateCompilation(program, out Compilation both, out _);
        Assert.Empty(both.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
    }

    [Fact]
    public void Same_model_in_two_assemblies_is_two_models()
    {
        IModel first = LanguageCase.TrainSingle($"namespace A; {Layers} public partial class M;");
        IModel second = LanguageCase.TrainSingle($"namespace A; {Layers} public partial class M;");
        Assert.NotEqual(first.GetType(), second.GetType());
        Assert.Equal(first.Parameters.ToArray(), second.Parameters.ToArray());
    }
}
