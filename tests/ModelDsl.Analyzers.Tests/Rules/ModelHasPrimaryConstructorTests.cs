namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class ModelHasPrimaryConstructorTests
{
    [Fact]
    public Task Primary_constructor_reports_MDL0026_at_its_parameters() =>
        Diagnose.Reports(
            """
            [Model, Input(3), Dense(2), MeanSquaredError]
            public partial class Regression{|MDL0026:(string name)|}
            {
                public string Name => name;
            }
            """,
            "'Regression' has a primary constructor, which the generated constructor cannot call; declare an ordinary constructor that calls this(seed)");

    [Fact]
    public Task Ordinary_constructor_does_not_report_MDL0026() =>
        Diagnose.Silent(
            """
            [Model, Input(3), Dense(2), MeanSquaredError]
            public partial class Regression
            {
                public Regression(string name) : this(42) => Name = name;

                public string Name { get; }
            }
            """);
}
