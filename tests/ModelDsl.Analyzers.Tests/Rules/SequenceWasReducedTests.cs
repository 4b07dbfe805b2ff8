namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class SequenceWasReducedTests
{
    [Fact]
    public Task Recurrent_layer_behind_a_last_step_reports_MDL0086_at_the_attribute() =>
        Diagnose.Reports(
            """
            [Model, Input(9, 3, Sequence = true), {|from:Lstm(4, ReturnSequences = false)|}, Dropout(0.1f), {|MDL0086:Gru(5)|}, MeanSquaredError]
            public partial class Sample;
            """,
            "Gru expects a sequence, but [Lstm(4, ReturnSequences = false)] gives the output of the last step only; leave ReturnSequences = false to the last recurrent layer");

    [Fact]
    public Task Last_step_of_the_last_recurrent_layer_does_not_report_MDL0086() =>
        Diagnose.Silent(
            """
            [Model, Input(9, 3, Sequence = true), Lstm(4), SimpleRnn(5, ReturnSequences = false), Dense(2), MeanSquaredError]
            public partial class Sample;
            """);
}
