namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class ModelIsFileLocalTests
{
    [Fact]
    public Task File_local_class_reports_MDL0027_at_its_name() =>
        Diagnose.Reports(
            """
            [Model, Input(3), Dense(2), MeanSquaredError]
            file partial class {|MDL0027:Regression|};
            """,
            "'Regression' is local to its file, where the compiler cannot add the generated half; make it internal or private");

    [Fact]
    public Task Class_in_a_file_local_class_reports_MDL0027() =>
        Diagnose.Reports(
            """
            file partial class Outer
            {
                [Model, Input(3), Dense(2), MeanSquaredError]
                public partial class {|MDL0027:Regression|};
            }
            """,
            "'Regression' is local to its file, where the compiler cannot add the generated half; make it internal or private");

    [Fact]
    public Task Internal_class_does_not_report_MDL0027() =>
        Diagnose.Silent(
            """
            [Model, Input(3), Dense(2), MeanSquaredError]
            internal partial class Regression;
            """);
}
