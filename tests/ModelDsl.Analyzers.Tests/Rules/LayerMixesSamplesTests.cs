namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class LayerMixesSamplesTests
{
    [Fact]
    public Task Batch_normalisation_whose_samples_are_clipped_reports_MDL0062_at_the_attribute() =>
        Diagnose.Reports(
            """
            [Model(PerSampleClipping = true)]
            [Input(8, 8, 1), Conv2D(12, 3), {|MDL0062:BatchNorm|}, Tanh, Conv2D(64, 3), {|MDL0062:BatchNorm(Momentum = 0.2)|}]
            [Flatten, Dense(7), {|MDL0062:BatchNorm|}, Dense(2), SoftmaxCrossEntropy]
            public partial class Net;
            """,
            Message("BatchNorm", "12"),
            Message("BatchNorm(Momentum = 0.2)", "32"),
            Message("BatchNorm", "7"));

    [Fact]
    public Task Batch_normalisation_in_a_block_reports_MDL0062_once_at_the_use_that_clips() =>
        Diagnose.Reports(
            """
            [Block, Dense(8, UseBias = false), {|from:BatchNorm|}, Tanh] public partial class Step;
            [Model(PerSampleClipping = true), Input(8), {|MDL0062:Repeat<Step>(3)|}, Dense(2), SoftmaxCrossEntropy]
            public partial class Net;
            [Model, Input(8), Repeat<Step>(3), Dense(2), SoftmaxCrossEntropy]
            public partial class Ordinary;
            """,
            Message("BatchNorm", "8"));

    [Fact]
    public Task Other_normalisations_frozen_ones_and_other_models_do_not_report_MDL0062() =>
        Diagnose.Silent(
            """
            [Model(PerSampleClipping = true), Input(8, 8, 1), Conv2D(12, 3), GroupNorm(4), Tanh, Flatten, Dense(2), SoftmaxCrossEntropy]
            public partial class Grouped;
            [Model(PerSampleClipping = true), Input(8), Dense(8, UseBias = false), BatchNorm(Frozen = true), Tanh, LayerNorm, Dense(2), SoftmaxCrossEntropy]
            public partial class Frozen;
            [Model, Input(8), Dense(8, UseBias = false), BatchNorm, Tanh, Dense(2), SoftmaxCrossEntropy]
            public partial class Ordinary;
            [Model(PerSampleClipping = false), Input(8), Dense(8, UseBias = false), BatchNorm, Tanh, Dense(2), SoftmaxCrossEntropy]
            public partial class NotAsked;
            """);

    private static string Message(string layer, string groups) =>
        $"[{layer}] computes with all samples of a batch, so that no sample has a gradient of its own that "
            + $"[Model(PerSampleClipping = true)] could clip; use [GroupNorm({groups})], which normalises each sample by itself";
}
