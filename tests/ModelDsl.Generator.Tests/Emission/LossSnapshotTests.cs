using System.Runtime.CompilerServices;
using ModelDsl.Testing;

namespace ModelDsl.Generator.Tests.Emission;

/// <summary>How each loss turns the forward pass into the backward pass.</summary>
public class LossSnapshotTests
{
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

    private static void Match(string attributes, [CallerMemberName] string test = "") =>
        Snapshot.Match(GeneratedText.Passes(attributes), test: test);
}
