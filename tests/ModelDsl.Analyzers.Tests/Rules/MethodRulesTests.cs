namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class MethodRulesTests
{
    private const string Whole =
        """
        [Model, Input(4), MeanSquaredError]
        public partial class Net
        {
            private static readonly int[] Widths = [8, 6];

            private static Tensor Forward(Tensor x)
            {
                Tensor hidden = x;
                foreach (int width in Widths)
                {
                    hidden = Wide(hidden, width);
                }

                for (int i = 0; i < 2; i++)
                {
                    hidden = i % 2 == 0 ? hidden.Block<Gate>() : Same(hidden);
                }

                static Tensor Same(Tensor y) => y.Tanh();
                return hidden.Dense((int)System.Math.Sqrt(9.0), useBias: false, name: $"last{1 + 1}");
            }

            private static Tensor Wide(Tensor x, int units) => x.Dense(units).Relu();
        }

        [Block]
        public partial class Gate
        {
            private static Tensor Forward(Tensor x)
            {
                (Tensor a, Tensor b) = (x.Dense(6), x);
                (b, a) = (a, b);
                return b.Sum<Rest, Rest>().Relu();
            }
        }

        [Block, Dense(6)] public partial class Rest;
        """;

    [Theory]
    [InlineData("hidden == x ? x : hidden", "hidden == x", "it compares tensors as objects; x < y and its like compare their elements")]
    [InlineData("x.Dense(Environment.TickCount)", "Environment.TickCount", "its value is not known when the program is built")]
    [InlineData("Again(x)", "Again(x)", "it calls itself, so that it would never end")]
    [InlineData("Other.Made(x)", "Made(x)", "the method that it calls has no body that can be read in this project")]
    public Task Expression_that_cannot_be_read_reports_MDL0421(string expression, string told, string reason) => Diagnose.Reports(
        $$"""
        using System;
        [Model, Input(4), MeanSquaredError]
        public partial class Net
        {
            private static Tensor Forward(Tensor x)
            {
                Tensor hidden = x.Dense(3);
                return {{expression.Replace(told, $"{{|MDL0421:{told}|}}", StringComparison.Ordinal)}};
            }

            private static Tensor Again(Tensor x) => {{(expression == "Again(x)" ? "{|from:Again(x)|}" : "x")}};
        }

        public static class Other { public static extern Tensor Made(Tensor x); }
        """,
        $"'{told}' cannot be part of a forward method: {reason}");

    [Fact]
    public Task Number_of_names_that_differs_from_that_of_the_parts_reports_MDL0421() => Diagnose.Reports(
        """
        [Model, Input(4), MeanSquaredError]
        public partial class Net
        {
            private static Tensor Forward(Tensor x)
            {
                while (true)
                {
                    {|MDL0421:throw new System.InvalidOperationException();|}
                }
            }
        }
        """,
        "'throw new System.InvalidOperationException();' cannot be part of a forward method: a forward pass is made of declarations, "
            + "assignments, loops and branches with constant conditions, and a return");

    [Fact]
    public Task Loop_that_never_ends_reports_MDL0421() => Diagnose.Reports(
        """
        [Model, Input(4), MeanSquaredError]
        public partial class Net
        {
            private static Tensor {|MDL0421:Forward|}(Tensor x)
            {
                for (int i = 0; i < 1; i = 0)
                {
                    x = x;
                }

                return x;
            }
        }
        """,
        "'Forward' cannot be part of a forward method: it has too many layers or steps; use fewer turns of its loops");

    [Fact]
    public Task Method_of_layers_loops_and_helpers_does_not_report_MDL0421() => Diagnose.Silent(Whole);

    [Theory]
    [InlineData("private static Tensor {|MDL0422:Forward|}(Tensor x, int units) => x.Dense(units);", "a parameter is no Tensor")]
    [InlineData("private Tensor {|MDL0422:Forward|}(Tensor x) => x.Dense(2);", "it is not static")]
    [InlineData("private static Tensor {|MDL0422:Forward|}<T>(Tensor x) => x.Dense(2);", "it has type parameters")]
    [InlineData("private static int {|MDL0422:Forward|}(Tensor x) => 3;", "it does not return a Tensor")]
    [InlineData(
        "private static Tensor {|MDL0422:Forward|}(Tensor x, Tensor y) => x.Dense(2);",
        "it takes 2 inputs and the class has 1 [Input]")]
    [InlineData("private static Tensor {|MDL0422:Forward|}([Parameter(3)] Tensor x) => x;", "no parameter is what flows in")]
    public Task Other_signature_reports_MDL0422(string method, string reason) => Diagnose.Reports(
        $$"""
        [Model, Input(4), MeanSquaredError]
        public partial class Net
        {
            {{method}}
        }
        """,
        "The method 'Forward' of 'Net' should be 'private static Tensor Forward(Tensor x)', with '[Parameter(...)] Tensor' for each "
            + $"parameter of the model, but {reason}");

    [Fact]
    public Task Input_that_the_method_does_not_take_reports_MDL0422() => Diagnose.Reports(
        """
        [Model, Input(4), Input(3), MeanSquaredError]
        public partial class Net
        {
            private static Tensor {|MDL0422:Forward|}(Tensor x) => x.Dense(2);
        }
        """,
        "The method 'Forward' of 'Net' should be 'private static Tensor Forward(Tensor x)', with '[Parameter(...)] "
            + "Tensor' for each parameter of the model, but it takes 1 of the 2 inputs of the class");

    [Fact]
    public Task Broken_model_of_several_inputs_has_members_that_take_them_by_name() => Diagnose.Reports(
        """
        [Model, {|from:Input(4)|}, Input(3, Type = ElementType.Token), MeanSquaredError]
        public partial class Net
        {
            private static Tensor Forward(Tensor left, Tensor right) =>
                left.{|MDL0050:MaxPool2D(2)|} + right.Embedding(3, 4)[0];

            public float[] Run(float[] left, int[] right) => Predict(left: left, right: right).ToArray();
        }
        """,
        "MaxPool2D expects an image of height x width x channels, but its input is 4 from [Input(4)]; a [Reshape] "
            + "before it can make one");

    [Fact]
    public Task Inputs_of_one_name_report_MDL0023() => Diagnose.Reports(
        """
        [Model, {|from:Input(4, Name = "same")|}, Input(3, Name = {|MDL0023:"Same"|}), MeanSquaredError]
        public partial class Net
        {
            private static Tensor Forward(Tensor left, Tensor right) => left.Dense(3) + right;
        }
        """,
        "The name 'same' is taken by [Input(4, Name = \"same\")]; choose another");

    [Fact]
    public Task Second_input_of_a_list_of_attributes_reports_MDL0006() => Diagnose.Reports(
        """
        [Model, {|from:Input(4)|}, {|MDL0006:Input(3)|}, Dense(2), MeanSquaredError]
        public partial class Net;
        """,
        "[Input(3)] must be the first layer and stand once, but [Input(4)] comes before it");

    [Fact]
    public Task Usual_signature_does_not_report_MDL0422() => Diagnose.Silent(Whole);

    [Fact]
    public Task Method_of_the_name_without_tensors_does_not_report_MDL0422() => Diagnose.Silent(
        """
        [Model, Input(4), Dense(2), MeanSquaredError]
        public partial class Net
        {
            public int Forward(int steps) => steps;
        }
        """);

    [Fact]
    public Task Layer_beside_a_method_reports_MDL0423() => Diagnose.Reports(
        """
        [Model, Input(4), {|MDL0423:Dense(4)|}, MeanSquaredError]
        public partial class Net
        {
            private static Tensor Forward(Tensor x) => x.Dense(2);
        }
        """,
        "[Dense(4)] stands beside the method 'Forward' of 'Net', which says what the layers are; call it in the method or remove one of the two");

    [Fact]
    public Task Input_and_loss_beside_a_method_do_not_report_MDL0423() => Diagnose.Silent(Whole);

    [Fact]
    public Task Tensor_that_leads_nowhere_reports_MDL0424_at_its_last_layer() => Diagnose.Reports(
        """
        [Model, Input(4), MeanSquaredError]
        public partial class Net
        {
            private static Tensor Forward(Tensor x)
            {
                Tensor unused = x.Dense(3).{|MDL0424:Tanh()|};
                return x.Dense(2);
            }
        }
        """,
        "The result of 'Tanh()' does not lead to what the method returns, so it is left out of the model");

    [Fact]
    public Task Tensor_that_is_used_twice_does_not_report_MDL0424() => Diagnose.Silent(Whole);

    [Fact]
    public Task Tensor_in_a_method_without_tensors_reports_MDL0425_once_for_a_chain() => Diagnose.Reports(
        """
        public static class Program
        {
            public static void Use(object o) { }
            public static void Main() => Use(((Tensor?)null)!.Dense(3).{|MDL0425:Relu()|});
        }
        """,
        "'Relu()' would throw when the program runs: a Tensor exists only in the method 'Forward' of a class with [Model] or [Block], and in "
            + "methods that it calls");

    [Fact]
    public Task Tensor_in_a_method_or_function_that_takes_one_does_not_report_MDL0425() => Diagnose.Silent(
        """
        public static class Parts
        {
            public static Tensor Of(Tensor x) => x.Relu();
            public static void Collect((Tensor, int)[] parts) => parts[0].Item1.Tanh();
            public static void Outer()
            {
                static Tensor Inner(Tensor x) => -x.Relu() + 2;
                System.Func<Tensor, Tensor> made = x => x.Relu();
            }
        }
        """);

    [Fact]
    public Task Block_of_two_inputs_in_an_attribute_reports_MDL0426() => Diagnose.Reports(
        """
        [Block]
        public partial class {|from:Blend|}
        {
            private static Tensor Forward(Tensor x, Tensor memory) => x.Dense(4);
        }

        [Model, {|from:Input(4)|}, Residual<{|MDL0426:Blend|}>, MeanSquaredError]
        public partial class Net;
        """,
        "The block 'Blend' takes 2 inputs, but 1 flow into it here");

    [Fact]
    public Task Block_of_two_inputs_with_both_does_not_report_MDL0426() => Diagnose.Silent(
        """
        [Block]
        public partial class Blend
        {
            private static Tensor Forward(Tensor x, Tensor memory) => memory.Dense(4);
        }

        [Model, Input(4), MeanSquaredError]
        public partial class Net
        {
            private static Tensor Forward(Tensor x) => x.Block<Blend>(x.Dense(3));
        }
        """);

    [Theory]
    [InlineData("return x.Dense(3).{|MDL0050:MaxPool2D(2)|};", "MDL0050")]
    [InlineData("Tensor y = x.Dense(3);\nreturn y.Tanh().Dense({|MDL0015:-2|});", "MDL0015")]
    public async Task Layer_that_does_not_fit_is_underlined_without_what_it_is_called_on(string body, string rule)
    {
        Markup expected = Markup.Parse(
            $$"""
            [Model, Input(4), MeanSquaredError]
            public partial class Net
            {
                private static Tensor Forward(Tensor x)
                {
                    {{body}}
                }
            }
            """);
        Diagnostic diagnostic = Assert.Single(await Diagnose.RunAsync(new Situation { Sources = [expected.Source] }));
        Assert.Equal(rule, diagnostic.Id);
        Assert.Equal(
            expected.Marks[0].Span.Start + TestCompiler.Usings.Length, diagnostic.Location.SourceSpan.Start);
        Assert.Equal(expected.Marks[0].Span.Length, diagnostic.Location.SourceSpan.Length);
    }

    [Fact]
    public async Task Layer_of_a_helper_that_does_not_fit_is_told_at_its_call()
    {
        Diagnostic diagnostic = Assert.Single(await Diagnose.RunAsync(new Situation
        {
            Sources =
            [
                """
                [Model, Input(4), MeanSquaredError]
                public partial class Net
                {
                    private static Tensor Forward(Tensor x) => Pooled(x.Dense(3));
                    private static Tensor Pooled(Tensor x) => x.MaxPool2D(2);
                }
                """,
            ],
        }));
        SyntaxTree tree = diagnostic.Location.SourceTree!;
        Assert.Equal("Pooled(x.Dense(3))", tree.GetText().ToString(diagnostic.Location.SourceSpan));
        Assert.Equal(
            ["MaxPool2D(2)", "Dense(3)"],
            diagnostic.AdditionalLocations.Select(location => tree.GetText().ToString(location.SourceSpan)));
    }
}
