namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class DeclarationRulesTests
{
    private const string Layers = "[Model, Input(3), Dense(2), MeanSquaredError]";

    [Fact]
    public Task Class_without_partial_reports_MDL0001_at_its_name() =>
        Diagnose.Reports(
            """
            [Model, Input(3), Dense(2), MeanSquaredError]
            public class {|MDL0001:Regression|};
            """,
            "'Regression' must be declared partial, since the compiler adds its other part");

    [Fact]
    public Task Partial_class_does_not_report_MDL0001() =>
        Diagnose.Silent(Sources.Plain);

    [Fact]
    public Task Model_in_a_class_without_partial_reports_MDL0002_at_that_class() =>
        Diagnose.Reports(
            """
            public class {|MDL0002:Outer|}
            {
                [Model, Input(3), Dense(2), MeanSquaredError]
                public partial class Regression;
            }
            """,
            "'Outer' must be declared partial, since it contains the model 'Regression'");

    [Fact]
    public Task Two_outer_types_without_partial_report_MDL0002_each() =>
        Diagnose.Reports(
            """
            public struct {|MDL0002:Outer|}
            {
                public interface {|MDL0002:IInner|}
                {
                    [Model, Input(3), Dense(2), MeanSquaredError]
                    public partial class Regression;
                }
            }
            """,
            "'Outer' must be declared partial, since it contains the model 'Regression'",
            "'IInner' must be declared partial, since it contains the model 'Regression'");

    [Fact]
    public Task Model_in_partial_types_does_not_report_MDL0002() =>
        Diagnose.Silent(
            """
            public partial record Outer<T>
            {
                private partial struct Inner
                {
                    [Model, Input(3), Dense(2), MeanSquaredError]
                    private partial class Regression;
                }
            }
            """);

    [Theory]
    [InlineData("partial record {|MDL0003:Regression|};", "a record")]
    [InlineData("partial record class {|MDL0003:Regression|};", "a record")]
    [InlineData("partial struct {|MDL0003:Regression|};", "a struct")]
    [InlineData("readonly partial record struct {|MDL0003:Regression|};", "a record")]
    [InlineData("static partial class {|MDL0003:Regression|};", "static")]
    [InlineData("abstract partial class {|MDL0003:Regression|};", "abstract")]
    public Task Type_that_is_no_ordinary_class_reports_MDL0003_at_its_name(string type, string reason) =>
        Diagnose.Reports(
            "[Model, Input(3), Dense(2), MeanSquaredError]\npublic " + type,
            $"'Regression' is {reason}, but a model must be an instantiable class: it owns memory that cannot be copied or compared by value");

    [Fact]
    public Task Sealed_class_with_members_and_a_base_does_not_report_MDL0003() =>
        Diagnose.Silent(
            """
            public class Base;

            [Model, Input(3), Dense(2), MeanSquaredError]
            internal sealed partial class Regression : Base, System.IDisposable
            {
                public void Dispose() { }
            }
            """);

    [Fact]
    public Task Layers_on_a_second_part_report_MDL0004_at_each_and_point_to_the_first_part() =>
        Diagnose.Reports(
            """
            [Model, Input(3), Dense(2)]
            public partial class {|from:Regression|};

            [{|MDL0004:Tanh|}, {|MDL0004:MeanSquaredError|}]
            public partial class Regression;
            """,
            "The attributes of 'Regression' stand on several parts of the class, which have no order; move them to one part",
            "The attributes of 'Regression' stand on several parts of the class, which have no order; move them to one part");

    [Fact]
    public Task Second_part_without_layers_does_not_report_MDL0004() =>
        Diagnose.Silent(
            """
            [System.Serializable]
            public partial class Regression
            {
                public int Answer => 42;
            }

            [Model]
            [Input(3), Dense(2)]
            [MeanSquaredError]
            public partial class Regression;
            """);

    [Fact]
    public Task Layers_on_an_ordinary_class_report_MDL0011_at_each() =>
        Diagnose.Reports(
            """
            [{|MDL0011:Input(3)|}, {|MDL0011:Dense(2)|}]
            public partial class Regression;
            """,
            "[Input] has no effect, since 'Regression' is not marked with [Model]",
            "[Dense] has no effect, since 'Regression' is not marked with [Model]");

    [Fact]
    public Task Layer_on_an_ordinary_struct_reports_MDL0011() =>
        Diagnose.Reports(
            """
            [{|MDL0011:Relu|}]
            public struct Regression;
            """,
            "[Relu] has no effect, since 'Regression' is not marked with [Model]");

    [Fact]
    public Task Other_attributes_do_not_report_MDL0011() =>
        Diagnose.Silent(
            """
            [System.Serializable]
            public class Dense;
            """);

    [Fact]
    public Task Layers_on_a_model_do_not_report_MDL0011() =>
        Diagnose.Silent(Sources.Plain);

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

    [Fact]
    public Task Constructor_that_calls_no_other_reports_MDL0029_at_its_name() =>
        Diagnose.Reports(
            """
            [Model, Input(3), Dense(2), MeanSquaredError]
            public partial class Regression
            {
                public {|MDL0029:Regression|}(string name) { }
            }
            """,
            "This constructor of 'Regression' leaves the model without memory; let it call the generated constructor with ': this(seed)' or ': this()'");

    [Fact]
    public Task Constructor_that_calls_the_base_reports_MDL0029() =>
        Diagnose.Reports(
            """
            [Model, Input(3), Dense(2), MeanSquaredError]
            public partial class Regression
            {
                public {|MDL0029:Regression|}(string name) : base() { }
            }
            """,
            "This constructor of 'Regression' leaves the model without memory; let it call the generated constructor with ': this(seed)' or ': this()'");

    [Fact]
    public Task Constructor_that_calls_the_generated_one_does_not_report_MDL0029() =>
        Diagnose.Silent(
            """
            [Model, Input(3), Dense(2), MeanSquaredError]
            public partial class Regression
            {
                static Regression() { }

                public Regression(string name) : this(42UL) { }

                public Regression(int number) : this("") { }
            }
            """);

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
        Diagnose.Silent(
            $"public partial class Named {{ private Named() {{ }} {Layers} public partial class Net : Named; }}");

    [Theory]
    [InlineData("public required string {|MDL0094:Title|} { get; set; }")]
    [InlineData("public required string {|MDL0094:Title|};")]
    public Task Required_member_reports_MDL0094_at_its_name(string member) =>
        Diagnose.Reports(
            $"{Layers}\npublic partial class Net {{ {member} }}",
            "'Title' of 'Net' is required, but the generated code creates models without it; give it a value and remove 'required'");

    [Fact]
    public Task Required_member_of_a_base_class_reports_MDL0094_at_the_base_class() =>
        Diagnose.Reports(
            $$"""
            public class Named { public required string Title { get; set; } }

            {{Layers}}
            public partial class Net : {|MDL0094:Named|};
            """,
            "'Title' of 'Named' is required, but the generated code creates models without it; give it a value and remove 'required'");

    [Fact]
    public Task Member_with_a_value_does_not_report_MDL0094() =>
        Diagnose.Silent($"{Layers}\npublic partial class Net {{ public string Title {{ get; init; }} = \"\"; }}");
}
