using System.Runtime.CompilerServices;

namespace ModelDsl.Generator.Tests.Emission;

/// <summary>The code of each layer of images in the smallest model that shows its forward and its backward pass.</summary>
public class ImageSnapshotTests
{
    [Fact]
    public void Conv2D_hosts_its_bias_and_activation_and_needs_no_gradient_of_the_image() =>
        Match("[Model, Input(6, 5, 2), Conv2D(3, 3), Relu, Flatten, Dense(2), MeanSquaredError]");

    [Fact]
    public void Conv2D_after_Conv2D_passes_its_gradient_back_through_the_activation() =>
        Match("[Model, Input(6, 5, 2), Conv2D(3, 3), Relu, Conv2D(4, 2), MeanSquaredError]");

    [Fact]
    public void Conv2D_says_what_is_unusual_of_its_window() =>
        Match("[Model, Input(8, 9, 4), Conv2D(6, 3, 2, Stride = 2, Padding = Padding.Same, DilationHeight = 2, Groups = 2, UseBias = false), MeanSquaredError]");

    [Fact]
    public void Conv2D_of_one_pixel_is_a_matrix_product() =>
        Match("[Model, Input(3, 4, 5), Conv2D(2, 1), Relu, Conv2D(2, 1), MeanSquaredError]");

    [Fact]
    public void DepthwiseConv2D_has_as_many_groups_as_channels() =>
        Match("[Model, Input(4, 4, 3), DepthwiseConv2D(3, Multiplier = 2), MeanSquaredError]");

    [Fact]
    public void MaxPool2D_notes_in_training_where_its_values_came_from() =>
        Match("[Model, Input(5, 4, 1), Conv2D(3, 2), Relu, MaxPool2D(2), Flatten, Dense(2), MeanSquaredError]");

    [Fact]
    public void AvgPool2D_hosts_stages_in_both_directions() =>
        Match("[Model, Input(5, 4, 1), Conv2D(3, 2), Relu, AvgPool2D(3, Stride = 1, Padding = Padding.Same), Tanh, MeanSquaredError]");

    [Fact]
    public void Pooling_says_where_windows_are_rounded_up_and_where_the_padding_counts() =>
        Match(
            "[Model, Input(5, 4, 1), Conv2D(3, 2), MaxPool2D(3, Stride = 2, CeilMode = true), "
            + "AvgPool2D(2, PaddingSize = 1, CeilMode = true, CountIncludePadding = true), MeanSquaredError]");

    [Fact]
    public void GlobalAveragePool_makes_a_vector() =>
        Match("[Model, Input(5, 4, 1), Conv2D(3, 2), Relu, GlobalAveragePool, Tanh, Dense(2), MeanSquaredError]");

    [Fact]
    public void BatchNorm_takes_the_moments_of_the_batch_in_training_and_is_a_stage_of_the_convolution_at_inference() =>
        Match("[Model, Input(5, 4, 1), Conv2D(3, 2, UseBias = false), BatchNorm, Relu, Conv2D(2, 2), MeanSquaredError]");

    [Fact]
    public void BatchNorm_that_is_frozen_is_a_stage_in_training_too() =>
        Match("[Model, Input(4), Dense(3), BatchNorm(Frozen = true), Relu, Dense(2), MeanSquaredError]");

    [Fact]
    public void Conv1D_is_a_convolution_of_an_image_one_pixel_high() =>
        Match("[Model, Input(6, 2, Sequence = true), Conv1D(3, 3, Causal = true), Relu, Conv1D(2, 2), MeanSquaredError]");

    [Fact]
    public void ConvTranspose2D_spreads_forward_and_convolves_backward() =>
        Match("[Model, Input(3, 3, 2), Conv2D(2, 2), ConvTranspose2D(3, 2, Stride = 2), Relu, MeanSquaredError]");

    [Fact]
    public void GroupNorm_takes_the_moments_of_each_sample() =>
        Match("[Model, Input(3, 3, 2), Conv2D(4, 2), GroupNorm(2), Relu, MeanSquaredError]");

    [Fact]
    public void Pad_and_Upsample_host_stages_in_both_directions() =>
        Match("[Model, Input(3, 3, 1), Conv2D(2, 2), Relu, Pad(1), Tanh, Upsample(2, Interpolation = Interpolation.Bilinear), MeanSquaredError]");

    [Fact]
    public void Resize_and_LocalResponseNorm_host_stages_and_PixelShuffle_moves() =>
        Match(
            "[Model, Input(3, 3, 1), Conv2D(8, 2), LocalResponseNorm(3), Relu, PixelShuffle(2), "
            + "Resize(5, 6, Interpolation = Interpolation.Bicubic), Tanh, MeanSquaredError]");

    [Fact]
    public void SpatialDropout_draws_one_mask_for_all_pixels_of_a_sample() =>
        Match("[Model, Input(3, 3, 1), Conv2D(2, 2), Relu, SpatialDropout(0.25f), Flatten, Dense(2), MeanSquaredError]");

    private static void Match(string attributes, [CallerMemberName] string test = "") =>
        Snapshot.Match(GeneratedText.Passes(attributes), test: test);
}
