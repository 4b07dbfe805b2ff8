namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class ArgumentRulesTests
{
    [Fact]
    public Task Reshape_with_two_inferred_dimensions_reports_MDL0014_at_the_attribute() =>
        Diagnose.Reports(
            """
            [Model, {|from:Input(6)|}, {|MDL0014:Reshape(-1, -1)|}, Flatten, Dense(2), MeanSquaredError]
            public partial class Regression;
            """,
            "Reshape can infer one dimension, but 2 are -1; state the others");

    [Fact]
    public Task Reshape_with_one_inferred_dimension_does_not_report_MDL0014() =>
        Diagnose.Silent(
            """
            [Model, Input(6), Reshape(2, -1), Flatten, Dense(2), MeanSquaredError]
            public partial class Regression;
            """);

    [Theory]
    [InlineData("Input({|MDL0015:0|}), Dense(2)", "Input expects a dimension of at least 1, got 0")]
    [InlineData("Input(28, {|MDL0015:-28|}), Flatten, Dense(2)", "Input expects a dimension of at least 1, got -28")]
    [InlineData(
        "Input(new[] { 28, {|MDL0015:0|} }), Flatten, Dense(2)",
        "Input expects a dimension of at least 1, got 0")]
    [InlineData(
        "Input(dimensions: [28, {|MDL0015:0|}]), Flatten, Dense(2)",
        "Input expects a dimension of at least 1, got 0")]
    public Task Dimension_below_one_reports_MDL0015_at_the_argument(string layers, string message) =>
        Diagnose.Reports($"[Model, {layers}, MeanSquaredError]\npublic partial class Regression;", message);

    [Fact]
    public Task Dense_without_units_reports_MDL0015_at_the_argument() =>
        Diagnose.Reports(
            """
            [Model, {|from:Input(3)|}, Dense({|MDL0015:0|}), MeanSquaredError]
            public partial class Regression;
            """,
            "Dense expects a number of units of at least 1, got 0");

    [Fact]
    public Task Reshape_to_minus_two_reports_MDL0015_at_the_argument() =>
        Diagnose.Reports(
            """
            [Model, {|from:Input(4)|}, Reshape(2, {|MDL0015:-2|}), Flatten, Dense(2), MeanSquaredError]
            public partial class Regression;
            """,
            "Reshape expects a dimension of at least 1, got -2");

    [Fact]
    public Task Sizes_of_one_do_not_report_MDL0015() =>
        Diagnose.Silent(
            """
            [Model, Input(1, 1), Reshape(1), Dense(1), MeanSquaredError]
            public partial class Regression;
            """);

    [Theory]
    [InlineData("Dropout({|MDL0016:1.5f|})", "Dropout expects a rate in [0, 1], got 1.5")]
    [InlineData("Dropout({|MDL0016:-0.1f|})", "Dropout expects a rate in [0, 1], got -0.1")]
    [InlineData("Dropout(rate: {|MDL0016:float.NaN|})", "Dropout expects a rate in [0, 1], got NaN")]
    [InlineData("LeakyRelu({|MDL0016:2f|})", "LeakyRelu expects a slope in [0, 1), got 2")]
    public Task Rate_outside_its_range_reports_MDL0016_at_the_argument(string layer, string message) =>
        Diagnose.Reports(
            $"[Model, Input(3), {{|from:Dense(2)|}}, {layer}, MeanSquaredError]\npublic partial class Regression;",
            message);

    [Theory]
    [InlineData("Dropout(0f), Tanh")]
    [InlineData("Dropout(0.999f), Tanh")]
    [InlineData("LeakyRelu")]
    [InlineData("LeakyRelu(0.999f)")]
    public Task Rate_within_its_range_does_not_report_MDL0016(string layers) =>
        Diagnose.Silent($"[Model, Input(3), Dense(2), {layers}, MeanSquaredError]\npublic partial class Regression;");

    [Theory]
    [InlineData("{|MDL0019:Input|}")]
    [InlineData("{|MDL0019:Input()|}")]
    [InlineData("{|MDL0019:Input([])|}")]
    [InlineData("{|MDL0019:Input(null!)|}")]
    public Task Input_without_dimensions_reports_MDL0019_at_the_attribute(string input) =>
        Diagnose.Reports(
            $"[Model, {input}, Dense(2), MeanSquaredError]\npublic partial class Regression;",
            "Input expects the dimensions of a sample, such as [Input(28, 28)] or [Input(1)]");

    [Fact]
    public Task Reshape_without_dimensions_reports_MDL0019_at_the_attribute() =>
        Diagnose.Reports(
            """
            [Model, {|from:Input(3)|}, {|MDL0019:Reshape|}, Dense(2), MeanSquaredError]
            public partial class Regression;
            """,
            "Reshape expects the dimensions of a sample, such as [Reshape(28, 28)] or [Reshape(1)]");

    [Fact]
    public Task Input_of_one_dimension_does_not_report_MDL0019() =>
        Diagnose.Silent(Sources.Plain);

    [Theory]
    [InlineData("WeightInitializer")]
    [InlineData("BiasInitializer")]
    public Task Initializer_without_a_name_reports_MDL0024_at_the_argument(string argument) =>
        Diagnose.Reports(
            $"[Model, {{|from:Input(3)|}}, Dense(2, {argument} = {{|MDL0024:(Initializer)99|}}), MeanSquaredError]\npublic partial class Regression;",
            "99 is not a member of Initializer");

    [Theory]
    [InlineData("GlorotUniform")]
    [InlineData("GlorotNormal")]
    [InlineData("Constant")]
    public Task Member_of_the_enumeration_does_not_report_MDL0024(string initializer) =>
        Diagnose.Silent(
            $"[Model, Input(3), Dense(2, WeightInitializer = Initializer.{initializer}), MeanSquaredError]\npublic partial class Regression;");

    [Fact]
    public Task Repeat_of_nothing_reports_MDL0035_at_the_count() =>
        Diagnose.Reports(
            """
            [Block, Dense(4), Tanh]
            public partial class Think;

            [Model, {|from:Input(4)|}, Repeat<Think>({|MDL0035:0|}), MeanSquaredError]
            public partial class Regression;
            """,
            "Repeat expects a count of at least 1, got 0");

    [Fact]
    public Task Repeat_of_one_does_not_report_MDL0035() =>
        Diagnose.Silent(
            """
            [Block, Dense(4), Tanh]
            public partial class Think;

            [Model, Input(4), Repeat<Think>(1), MeanSquaredError]
            public partial class Regression;
            """);

    [Theory]
    [InlineData("WeightConstant", "float.NaN", "NaN")]
    [InlineData("BiasConstant", "float.PositiveInfinity", "Infinity")]
    public Task Constant_that_is_not_finite_reports_MDL0039_at_the_argument(
        string argument, string value, string text) =>
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

    [Theory]
    [InlineData(
        "{|from:Input(8, 8, 3)|}, BatchNorm(Momentum = {|MDL0045:0f|})",
        "BatchNorm expects a momentum in (0, 1], got 0")]
    [InlineData(
        "{|from:Input(8, 8, 3)|}, BatchNorm(Momentum = {|MDL0045:1.5f|})",
        "BatchNorm expects a momentum in (0, 1], got 1.5")]
    [InlineData(
        "{|from:Input(8, 8, 3)|}, BatchNorm(Momentum = {|MDL0045:float.NaN|})",
        "BatchNorm expects a momentum in (0, 1], got NaN")]
    public Task Momentum_outside_its_range_reports_MDL0045_at_the_argument(string layers, string message) =>
        Diagnose.Reports(Sources.Regression(layers), message);

    [Theory]
    [InlineData("Input(3), Dense(2, UseBias = false), BatchNorm")]
    [InlineData("Input(3), Dense(2, UseBias = false), BatchNorm(Momentum = 1f)")]
    public Task Momentum_within_its_range_does_not_report_MDL0045(string layers) =>
        Diagnose.Silent(Sources.Regression(layers));

    [Theory]
    [InlineData(
        "{|from:Input(8, 8, 3)|}, BatchNorm(Epsilon = {|MDL0046:0f|})",
        "BatchNorm expects a positive, finite epsilon, got 0")]
    [InlineData(
        "{|from:Input(8, 8, 3)|}, GroupNorm(3, Epsilon = {|MDL0046:-1f|})",
        "GroupNorm expects a positive, finite epsilon, got -1")]
    [InlineData(
        "{|from:Input(8, 8, 3)|}, GroupNorm(3, Epsilon = {|MDL0046:float.NaN|})",
        "GroupNorm expects a positive, finite epsilon, got NaN")]
    public Task Epsilon_that_is_not_positive_reports_MDL0046_at_the_argument(string layers, string message) =>
        Diagnose.Reports(Sources.Regression(layers), message);

    [Theory]
    [InlineData("Input(8, 8, 3), BatchNorm(Epsilon = 1e-9f), GroupNorm(3, Epsilon = 1f)")]
    public Task Epsilon_that_is_positive_does_not_report_MDL0046(string layers) =>
        Diagnose.Silent(Sources.Regression(layers));

    [Fact]
    public Task Epsilon_of_zero_reports_MDL0075_at_the_argument() =>
        Diagnose.Reports(
            """
            [Model, {|from:Input(28)|}, LayerNorm(Epsilon = {|MDL0075:0f|}), MeanSquaredError]
            public partial class Sample;
            """,
            "LayerNorm expects an epsilon above 0, got 0");

    [Fact]
    public Task Negative_deviation_reports_MDL0075_at_the_argument() =>
        Diagnose.Reports(
            """
            [Model, {|from:Input(28, Type = ElementType.Token)|}, Embedding(5, 6, Deviation = {|MDL0075:-1f|}), MeanSquaredError]
            public partial class Sample;
            """,
            "Embedding expects a standard deviation above 0, got -1");

    [Fact]
    public Task Small_epsilon_does_not_report_MDL0075() =>
        Diagnose.Silent(
            """
            [Model, Input(28), RmsNorm(Epsilon = 1e-12f), MeanSquaredError]
            public partial class Sample;
            """);

    [Theory]
    [InlineData("Clip(6, {|MDL0060:0|})", "Clip expects a minimum below its maximum, both finite, got 6 and 0")]
    [InlineData("Clip(0.5, {|MDL0060:0.5|})", "Clip expects a minimum below its maximum, both finite, got 0.5 and 0.5")]
    [InlineData(
        "Clip(0, {|MDL0060:double.PositiveInfinity|})",
        "Clip expects a minimum below its maximum, both finite, got 0 and Infinity")]
    [InlineData(
        "Clip(0, {|MDL0060:double.NaN|})",
        "Clip expects a minimum below its maximum, both finite, got 0 and NaN")]
    public Task Bounds_out_of_order_or_infinite_report_MDL0060_at_the_maximum(string layer, string message) =>
        Diagnose.Reports(Sources.Regression("{|from:Input(3)|}, " + layer), message);

    [Theory]
    [InlineData("Clip(0, 6)")]
    [InlineData("Clip(-1, 1)")]
    [InlineData("Clip(-1e30, 1e30)")]
    public Task Finite_bounds_in_order_do_not_report_MDL0060(string layer) =>
        Diagnose.Silent(Sources.Regression("Input(3), " + layer));

    [Theory]
    [InlineData(
        "SoftmaxCrossEntropy(ClassWeights = [1, {|MDL0051:-2|}])",
        "SoftmaxCrossEntropy expects a finite weight of at least 0, got -2")]
    [InlineData(
        "BinaryCrossEntropy(PositiveWeights = new[] { {|MDL0051:float.NaN|} })",
        "BinaryCrossEntropy expects a finite weight of at least 0, got NaN")]
    [InlineData(
        "MeanSquaredError(Weight = {|MDL0051:-0.1f|})",
        "MeanSquaredError expects a finite weight of at least 0, got -0.1")]
    public Task Negative_weight_reports_MDL0051_at_the_number(string loss, string message) =>
        Diagnose.Reports(Sources.Net($"Input(3), {{|from:Dense(2)|}}, {loss}"), message);

    [Theory]
    [InlineData("SoftmaxCrossEntropy(ClassWeights = [0, 2.5f], Weight = 0)")]
    [InlineData("BinaryCrossEntropy(PositiveWeights = [0.5f])")]
    public Task Weight_of_zero_does_not_report_MDL0051(string loss) =>
        Diagnose.Silent(Sources.Net($"Input(3), Dense(2), {loss}"));

    [Theory]
    [InlineData(
        "Dense(2, WeightL2 = {|MDL0051:-1e-4f|})",
        "Dense expects a finite L2 penalty of at least 0, got -0.0001")]
    [InlineData(
        "Dense(2), ActivityRegularization(L1 = {|MDL0051:float.PositiveInfinity|})",
        "ActivityRegularization expects a finite L1 penalty of at least 0, got Infinity")]
    public Task Negative_penalty_reports_MDL0051_at_the_number(string layers, string message)
    {
        string from = layers.Contains("Activity", StringComparison.Ordinal) ? layers.Replace("Dense(2)", "{|from:Dense(2)|}", StringComparison.Ordinal) : layers;
        string input = from == layers ? "{|from:Input(3)|}" : "Input(3)";
        return Diagnose.Reports(Sources.Regression($"{input}, {from}"), message);
    }

    [Fact]
    public Task Penalty_does_not_report_MDL0051() => Diagnose.Silent(
        Sources.Net("Input(3), Dense(2, WeightL1 = 0, WeightL2 = 1e-4f), ActivityRegularization(L1 = 0.1f), MeanSquaredError"));
}
