namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class CrossEntropyNeedsClassesTests
{
    [Fact]
    public Task Cross_entropy_of_one_class_reports_MDL0018_at_the_loss() =>
        Diagnose.Reports(
            """
            [Model, Input(3), {|from:Dense(1)|}, {|MDL0018:SoftmaxCrossEntropy|}]
            public partial class Classifier;
            """,
            "SoftmaxCrossEntropy over one class is always 0, since [Dense(1)] gives one output; use [BinaryCrossEntropy], or one output for each class");

    [Fact]
    public Task Cross_entropy_of_two_classes_does_not_report_MDL0018() =>
        Diagnose.Silent(
            """
            [Model, Input(3), Dense(2), SoftmaxCrossEntropy]
            public partial class Classifier;
            """);
}
