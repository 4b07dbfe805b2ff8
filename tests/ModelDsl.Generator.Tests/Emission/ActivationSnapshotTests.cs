using System.Runtime.CompilerServices;

namespace ModelDsl.Generator.Tests.Emission;

/// <summary>The backward passes of more activations, and of those that users write.</summary>
public class ActivationSnapshotTests
{
    [Fact]
    public void Prelu_learns_a_slope_for_each_channel() => Match("Prelu(PerChannel = true)");

    [Fact]
    public void Prelu_learns_one_slope_for_all() => Match("Prelu");

    [Fact]
    public void Elu_carries_its_alpha_and_takes_its_derivative_from_its_output() => Match("Elu(0.5f)");

    [Fact]
    public void Selu_takes_its_derivative_from_its_output() => Match("Selu");

    [Fact]
    public void Mish_takes_its_derivative_from_its_input() => Match("Mish");

    [Fact]
    public void HardSwish_takes_its_derivative_from_its_input() => Match("HardSwish");

    [Fact]
    public void HardSigmoid_takes_its_derivative_from_its_output() => Match("HardSigmoid");

    [Fact]
    public void Clip_carries_its_bounds() => Match("Clip(0, 6)");

    [Fact]
    public void Glu_halves_its_rows() => Match("Glu");

    [Fact]
    public void Softplus_takes_its_derivative_from_its_input() => Match("Softplus");

    [Fact]
    public void LogSoftmax_works_row_by_row() => Match("LogSoftmax");

    [Fact]
    public void Activation_of_the_user_is_a_stage_like_a_built_in_one() => Match("Activation<ModelDsl.CompilerServices.Tanh>");

    private static void Match(string layer, [CallerMemberName] string test = "") =>
        Snapshot.Match(GeneratedText.Passes($"[Model, Input(3), Dense(4), {layer}, Dense(2), MeanAbsoluteError]"), test: test);
}
