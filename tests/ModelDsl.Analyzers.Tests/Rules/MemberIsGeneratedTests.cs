using Microsoft.CodeAnalysis;
using ModelDsl.Analyzers.Tests.Verification;
using ModelDsl.Generator.Parsing;
using ModelDsl.Testing;

namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class MemberIsGeneratedTests
{
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

    [Fact]
    public void Every_member_of_a_generated_half_is_known_to_collide()
    {
        const string source = "[Model, Input(3), Tanh, MeanSquaredError] public partial class Squash;";
        INamedTypeSymbol model = ModelCompiler.Compile(source).GetTypeByMetadataName("Squash")!;
        IEnumerable<ISymbol> unknown = model.GetMembers().Where(member =>
            !member.IsImplicitlyDeclared
            && member is not IMethodSymbol { MethodKind: not (MethodKind.Ordinary or MethodKind.Constructor) }
            && !GeneratedMembers.Collides(member));
        Assert.Empty(unknown);
    }
}
