using static ModelDsl.Testing.CustomTypes;

namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class TypeIsFileLocalTests
{
    private const string Loss =
        """
         : ModelDsl.Extensibility.ILoss
        {
            public static TVector Evaluate<TVector>(TVector output, TVector target, out TVector derivative)
                where TVector : struct, ModelDsl.Extensibility.ISimdVector<TVector> => derivative = output - target;
        }
        """;

    private static string Model(string end) =>
        $"[Model, Input(3), {{|from:Dense(2)|}}, {end}]\npublic partial class Regression;\n";

    private static string Message(string type, string attribute) =>
        $"'{type}' in [{attribute}] is local to its file, and generated code stands in another; make it internal or private";

    [Fact]
    public Task File_local_activation_reports_MDL0059_at_the_type_argument() =>
        Diagnose.Reports(
            Model("Activation<{|MDL0059:Same|}>, MeanSquaredError") + "file struct {|from:Same|}" + Activation,
            Message("Same", "Activation<Same>"));

    [Fact]
    public Task File_local_loss_reports_MDL0059_at_the_type_argument() =>
        Diagnose.Reports(
            Model("Loss<{|MDL0059:Half|}>") + "file struct {|from:Half|}" + Loss,
            Message("Half", "Loss<Half>"));

    [Fact]
    public Task Activation_over_a_file_local_type_reports_MDL0059() =>
        Diagnose.Reports(
            Model("Activation<{|MDL0059:Same<Tag>|}>, MeanSquaredError")
                + "file class Tag; public struct {|from:Same|}<T>" + Activation,
            Message("Same<Tag>", "Activation<Same<Tag>>"));

    [Fact]
    public Task Types_that_other_files_can_name_and_blocks_do_not_report_MDL0059() =>
        Diagnose.Silent(
            """
            [Model, Input(3), Dense(2), Residual<Inner>, Activation<Regression.Same>, Loss<Half>]
            public partial class Regression
            {
                private struct Same
            """ + Activation + "\n}\n[Block, Relu, Dense(2)] file class Inner;\ninternal struct Half" + Loss);
}
