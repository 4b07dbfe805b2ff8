using System.Runtime.CompilerServices;

namespace ModelDsl.Generator.Tests.Emission;

/// <summary>How each loss turns the forward pass into the backward pass.</summary>
public class LossSnapshotTests
{
    [Fact]
    public void Method_of_labels_becomes_operations_between_the_passes() => MatchSource(
        """
        [ModelDsl.Block]
        public partial class Focal
        {
            private static Tensor Forward(Tensor logits, [ModelDsl.Labels] Tensor labels)
            {
                Tensor likely = (logits.LogSoftmax() * labels.OneHot(4)).Sum();
                return -((1 - likely.Exp()).Square() * likely);
            }
        }

        [ModelDsl.Model, ModelDsl.Input(3), ModelDsl.Dense(4), ModelDsl.Loss<Focal>]
        public partial class Net;
        """);

    [Fact]
    public void Method_of_values_may_have_a_parameter() => MatchSource(
        """
        [ModelDsl.Block]
        public partial class Scaled
        {
            private static Tensor Forward(Tensor y, Tensor t, [ModelDsl.Parameter(1)] Tensor scale) =>
                ((y - t) * scale).Square().Mean();
        }

        [ModelDsl.Model(InputGradient = true), ModelDsl.Input(3), ModelDsl.Dense(4), ModelDsl.Loss<Scaled>]
        public partial class Net;
        """);

    [Fact]
    public void Model_without_a_loss_has_no_training() =>
        Snapshot.Match(GeneratedText.Whole("[Model(Inference = true), Input(3), Dense(4), Tanh, Dense(2)]"));

    [Fact]
    public void MeanSquaredError_compares_all_elements() =>
        Match("[Model, Input(3), Dense(4), Reshape(2, 2), MeanSquaredError]");

    [Fact]
    public void SoftmaxCrossEntropy_is_one_kernel_with_its_softmax() =>
        Match("[Model, Input(3), Dense(4), SoftmaxCrossEntropy]");

    [Fact]
    public void BinaryCrossEntropy_is_one_kernel_with_its_sigmoid() =>
        Match("[Model, Input(3), Dense(1), BinaryCrossEntropy]");

    [Fact]
    public void Hinge_of_one_output_is_for_two_classes() =>
        Match("[Model, Input(3), Dense(1), Hinge]");

    [Fact]
    public void Hinge_of_several_outputs_is_for_as_many_classes() =>
        Match("[Model, Input(3), Dense(5), Hinge]");

    [Fact]
    public void Hinge_of_elements_takes_a_sign_for_each_output() =>
        Match("[Model, Input(3), Dense(4), ElementwiseHinge(Squared = true)]");

    [Fact]
    public void Huber_and_its_weight_scale_loss_and_gradient() =>
        Match("[Model, Input(3), Dense(4), Huber(0.5f, Weight = 0.25f)]");

    [Fact]
    public void KullbackLeibler_says_what_the_outputs_are() =>
        Match("[Model, Input(3), Dense(4), LogSoftmax, KullbackLeibler]");

    [Fact]
    public void SoftmaxCrossEntropy_on_steps_takes_its_options_as_constants() =>
        Match(
            """
            [Model, Input(2, 3, Sequence = true), Dense(4)]
            [SoftmaxCrossEntropy(ClassWeights = new[] { 1, 2, 0.5f, 3e-10f }, LabelSmoothing = 0.1f, IgnoredLabel = -100)]
            """);

    [Fact]
    public void BinaryCrossEntropy_takes_a_long_list_of_weights_over_several_lines() =>
        Match("[Model, Input(3), Dense(14), BinaryCrossEntropy(PositiveWeights = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14])]");

    [Fact]
    public void Triplet_compares_the_steps_of_a_sample() =>
        Match("[Model, Input(3, 5, Sequence = true), Dense(4), Triplet]");

    [Fact]
    public void Penalties_of_weights_and_activities_are_part_of_what_training_minimises() =>
        Match(
            """
            [Model, Input(3), Dense(4, WeightL1 = 1e-4f, WeightL2 = 1e-3f), ActivityRegularization(L2 = 0.1f), Relu]
            [Dense(2), MeanSquaredError]
            """);

    private static void MatchSource(string source, [CallerMemberName] string test = "") =>
        Snapshot.Match(GeneratedText.PassesOf(source), test: test);

    private static void Match(string attributes, [CallerMemberName] string test = "") =>
        Snapshot.Match(GeneratedText.Passes(attributes), test: test);
}
