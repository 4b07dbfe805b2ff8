namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class BaseNeedsConstructorTests
{
    private const string Layers = "[Model, Input(3), Dense(2), MeanSquaredError]";

    [Fact]
    public Task Base_class_without_a_constructor_to_call_reports_MDL0093_at_its_name() =>
        Diagnose.Reports(
            $$"""
            public class Named { public Named(string name) { } }
            public interface IOther;

            {{Layers}}
            public partial class Net : {|MDL0093:Named|}, IOther
            {
                public Net(string name) : base(name) { }
            }
            """,
            "The base class 'Named' of 'Net' has no accessible constructor that can be called without arguments, as the generated constructor does; add one");

    [Fact]
    public Task Base_class_with_a_private_constructor_reports_MDL0093_at_its_name() =>
        Diagnose.Reports(
            $$"""
            public class Named { private Named() { } }

            {{Layers}}
            public partial class {|CS0122:Net|} : {|MDL0093:Named|};
            """,
            "The base class 'Named' of 'Net' has no accessible constructor that can be called without arguments, as the generated constructor does; add one");

    [Theory]
    [InlineData("public Named() { }")]
    [InlineData("protected Named(string name = \"\", params int[] more) { }")]
    [InlineData("internal Named() { }")]
    [InlineData("")]
    public Task Base_class_with_a_constructor_to_call_does_not_report_MDL0093(string constructor) =>
        Diagnose.Silent($"public class Named {{ {constructor} }}\n{Layers} public partial class Net : Named;");

    [Fact]
    public Task Model_within_its_base_class_does_not_report_MDL0093() =>
        Diagnose.Silent($"public partial class Named {{ private Named() {{ }} {Layers} public partial class Net : Named; }}");
}
