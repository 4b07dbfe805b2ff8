using ModelDsl.Generator;
using ModelDsl.Generator.Emission;
using ModelDsl.Generator.Lowering;
using ModelDsl.Generator.Parsing;

namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class MemberIsGeneratedTests
{
    // More operations than one method holds.
    private const string LongModel =
        Four + Four + Four + Four + Four + Four + Four + Four + Four + Four + Four + Four + "Tanh";
    private const string Four = "Dense(3), Softmax, Dense(3), Softmax, Dense(3), Softmax, Dense(3), Softmax, ";

    [Theory]
    [InlineData("public int {|MDL0028:Outputs|};", "Outputs")]
    [InlineData("public int {|MDL0028:Parameters|} => 3;", "Parameters")]
    [InlineData("public class {|MDL0028:Predict|};", "Predict")]
    [InlineData("public void {|MDL0028:Gradients|}() { }", "Gradients")]
    [InlineData("public void {|MDL0028:Save|}(string file) { }", "Save")]
    [InlineData("public {|MDL0028:Regression|}(ulong seed) { }", "Regression(ulong)")]
    public Task Member_that_is_generated_too_reports_MDL0028_at_its_name(string member, string name) =>
        Diagnose.Reports(
            $"[Model, Input(3), Dense(2), MeanSquaredError]\npublic partial class Regression\n{{\n    {member}\n}}",
            $"The compiler generates '{name}' for the model 'Regression'; choose another name");

    [Fact]
    public Task Model_named_as_a_generated_member_reports_MDL0028_at_its_name() =>
        Diagnose.Reports(
            """
            [Model, Input(3), Dense(2), MeanSquaredError]
            public partial class {|MDL0028:Predict|};
            """,
            "The compiler generates 'Predict' for the model 'Predict'; choose another name");

    [Fact]
    public Task Overloads_of_generated_methods_do_not_report_MDL0028() =>
        Diagnose.Silent(
            """
            [Model, Input(3), Dense(2), MeanSquaredError]
            public partial class Regression
            {
                public float[] Predict(double[] samples) => [];

                public void Save(System.IO.Stream stream) { }

                public int Answer { get; set; }
            }
            """);

    [Theory]
    [InlineData("public int {|MDL0028:Dense1Weight|};", "Dense1Weight")]
    [InlineData("public static void {|MDL0028:Scores_Bias|}() { }", "Scores_Bias")]
    [InlineData("public class {|MDL0028:Dense1Bias|};", "Dense1Bias")]
    public Task Member_named_as_a_tensor_reports_MDL0028_at_its_name(string member, string name) =>
        Diagnose.Reports(
            $"[Model, Input(3), Dense(2), Tanh, Dense(2, Name = \"scores_\"), MeanSquaredError]\npublic partial class Regression\n{{\n    {member}\n}}",
            $"The compiler generates '{name}' for the model 'Regression'; choose another name");

    [Fact]
    public Task Member_named_as_a_list_of_integers_reports_MDL0028_at_its_name() =>
        Diagnose.Reports(
            """
            [Model, Input(3, 2), MeanSquaredError]
            public partial class Regression
            {
                private const int {|MDL0028:_list_3_2|} = 1;

                private static Tensor Forward(Tensor x) => x.Transpose(1, 0).Reshape(6).Dense(_list_3_2);
            }
            """,
            "The compiler generates '_list_3_2' for the model 'Regression'; choose another name");

    [Fact]
    public Task Model_named_as_a_tensor_reports_MDL0028_at_its_name() =>
        Diagnose.Reports(
            """
            [Model, Input(3), Dense(2), MeanSquaredError]
            public partial class {|MDL0028:Dense1Weight|};
            """,
            "The compiler generates 'Dense1Weight' for the model 'Dense1Weight'; choose another name");

    [Fact]
    public Task Type_parameter_named_as_a_generated_member_reports_MDL0028_at_its_name() =>
        Diagnose.Reports(
            """
            [Model, Input(3), Dense(2), MeanSquaredError]
            public partial class Regression<{|MDL0028:Outputs|}, {|MDL0028:Dense1Bias|}>;
            """,
            "The compiler generates 'Outputs' for the model 'Regression'; choose another name",
            "The compiler generates 'Dense1Bias' for the model 'Regression'; choose another name");

    [Fact]
    public Task Names_of_tensors_that_the_model_does_not_have_do_not_report_MDL0028() =>
        Diagnose.Silent(
            """
            [Model, Input(3), Dense(2, UseBias = false), MeanSquaredError]
            public partial class Regression
            {
                public float Dense1Bias { get; set; }

                public float Dense2Weight { get; set; }
            }
            """);

    [Theory]
    [InlineData("Dense(2), Relu, Dropout(0.1f), Dense(1)")]
    [InlineData("Tanh")]
    [InlineData(LongModel)]
    public void Every_member_of_a_generated_half_is_known_to_collide(string layers)
    {
        string source = $"[Model, Input(3), {layers}, MeanSquaredError] public partial class Sample;";
        INamedTypeSymbol type = TestCompiler.Compile(source).GetTypeByMetadataName("Sample")!;
        ParsedModel model = ModelParser.Parse(type, CancellationToken.None);
        LoweredModel lowered = ModelCompiler.Check(model.Declaration, CancellationToken.None).Differentiated!.Model;
        IReadOnlyList<string> tensors = MemberNames.Of(lowered).Tensors;
        ISymbol[] members = [.. type.GetMembers().Where(IsWritten).Where(member => !IsPart(member.Name))];
        Assert.True(members.Length > 10);
        Assert.All(
            members,
            member => Assert.True(GeneratedMembers.Collides(member) || tensors.Contains(member.Name), $"{member}"));
    }

    [Fact]
    public void Files_of_the_generator_are_known_by_its_name() =>
        Assert.Equal(GeneratedMembers.GeneratorName, typeof(ModelGenerator).FullName);

    // What holds a part of a long program steps aside for the author's members.
    private static bool IsPart(string name) =>
        name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9') is var start
        && start.Length < name.Length
        && start is "TrainForward" or "TrainBackward" or "InferPart";

    // Not what the C# compiler makes of properties, static initialisers and explicit implementations.
    private static bool IsWritten(ISymbol member) =>
        !member.IsImplicitlyDeclared
        && member is not (IMethodSymbol { MethodKind: not (MethodKind.Ordinary or MethodKind.Constructor) }
            or IPropertySymbol { ExplicitInterfaceImplementations.IsEmpty: false });
}
