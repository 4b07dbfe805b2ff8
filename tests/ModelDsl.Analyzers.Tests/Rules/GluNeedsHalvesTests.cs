namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class GluNeedsHalvesTests
{
    [Fact]
    public Task Odd_features_report_MDL0061_at_the_layer() =>
        Diagnose.Reports(
            """
            [Model, Input(3), {|from:Dense(5)|}, {|MDL0061:Glu|}, Dense(2), MeanSquaredError]
            public partial class Net;
            """,
            "Glu halves the last dimension, but it is 5, from [Dense(5)]");

    [Fact]
    public Task Even_features_of_vectors_steps_and_images_do_not_report_MDL0061() =>
        Diagnose.Silent(
            """
            [Model, Input(3), Dense(6), Glu, MeanSquaredError]
            public partial class OfAVector;

            [Model, Input(3, 4, Sequence = true), Glu, MeanSquaredError]
            public partial class OfSteps;

            [Model, Input(5, 3, 4), Glu, MeanSquaredError]
            public partial class OfAnImage;
            """);
}
