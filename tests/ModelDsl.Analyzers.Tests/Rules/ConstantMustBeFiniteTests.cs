namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class ConstantMustBeFiniteTests
{
    [Theory]
    [InlineData("WeightConstant", "float.NaN", "NaN")]
    [InlineData("BiasConstant", "float.PositiveInfinity", "Infinity")]
    public Task Constant_that_is_not_finite_reports_MDL0039_at_the_argument(string argument, string value, string text) =>
        Diagnose.Reports(
            $"[Model, {{|from:Input(3)|}}, Dense(2, {argument} = {{|MDL0039:{value}|}}), MeanSquaredError]\npublic partial class Regression;",
            $"Dense expects a finite {argument}, got {text}");

    [Fact]
    public Task Finite_constant_does_not_report_MDL0039() =>
        Diagnose.Silent(
            """
            [Model, Input(3), Dense(2, WeightInitializer = Initializer.Constant, WeightConstant = -1e30f), MeanSquaredError]
            public partial class Regression;
            """);

    [Fact]
    public Task Slope_of_infinity_reports_MDL0039_at_the_argument() => Diagnose.Reports(
        """
        [Model, {|from:Input(3)|}, Prelu(InitialSlope = {|MDL0039:float.PositiveInfinity|}), MeanSquaredError]
        public partial class Sample;
        """,
        "Prelu expects a finite InitialSlope, got Infinity");
}
