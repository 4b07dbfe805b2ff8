namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class ImageRulesTests
{
    [Theory]
    [InlineData(
        "{|from:Input(3, 4, 1)|}, Conv2D(2, {|MDL0041:4|})",
        "Conv2D has a window of 4x4, but its input is only 3x4 from [Input(3, 4, 1)]; make the window smaller or pad the input")]
    [InlineData(
        "{|from:Input(3, 4, 1)|}, Conv2D(2, 1, {|MDL0041:3|}, Dilation = 2)",
        "Conv2D has a window of 1x5, but its input is only 3x4 from [Input(3, 4, 1)]; make the window smaller or pad the input")]
    [InlineData(
        "{|from:Input(3, 4, 1)|}, DepthwiseConv2D({|MDL0041:7|}, PaddingSize = 1)",
        "DepthwiseConv2D has a window of 7x7, but its input is only 5x6 with its padding from [Input(3, 4, 1)]; make the window smaller or pad the input")]
    [InlineData(
        "Input(4, 4, 1), {|from:MaxPool2D(2)|}, MaxPool2D({|MDL0041:3|}, 1)",
        "MaxPool2D has a window of 3x1, but its input is only 2x2 from [MaxPool2D(2)]; make the window smaller or pad the input")]
    [InlineData(
        "{|from:Input(3, 2, Sequence = true)|}, Conv1D(2, {|MDL0041:3|}, Dilation = 2)",
        "Conv1D has a window of 5 steps, but its input is only 3 from [Input(3, 2, Sequence = true)]; make the window smaller or pad the input")]
    [InlineData(
        "{|from:Input(4, 1, 1)|}, MaxPool2D({|MDL0041:3|}, Stride = 2, CeilMode = true)",
        "MaxPool2D has a window of 3x3, but its input is only 4x1 from [Input(4, 1, 1)]; make the window smaller or pad the input")]
    public Task Window_larger_than_its_image_reports_MDL0041_at_the_argument(string layers, string message) =>
        Diagnose.Reports(Sources.Regression(layers), message);

    [Theory]
    [InlineData("Input(3, 4, 1), Conv2D(2, 3, 4)")]
    [InlineData("Input(3, 4, 1), Conv2D(2, 7, Padding = Padding.Same)")]
    [InlineData("Input(3, 4, 1), AvgPool2D(5, 6, PaddingSize = 1)")]
    [InlineData("Input(3, 2, Sequence = true), Conv1D(2, 9, Causal = true)")]
    [InlineData("Input(2, 2, 1), MaxPool2D(3, Stride = 2, CeilMode = true)")]
    [InlineData("Input(2, 3, 1), AvgPool2D(4, CeilMode = true)")]
    public Task Window_that_fits_does_not_report_MDL0041(string layers) => Diagnose.Silent(Sources.Regression(layers));

    [Theory]
    [InlineData(
        "{|from:Input(8, 8, 1)|}, Conv2D(2, 3, PaddingSize = {|MDL0042:-1|})",
        "Conv2D expects a padding of at least 0 and less than its window of 3, got -1")]
    [InlineData(
        "{|from:Input(8, 8, 1)|}, MaxPool2D(2, 3, PaddingHeight = 1, PaddingWidth = {|MDL0042:3|})",
        "MaxPool2D expects a padding of at least 0 and less than its window of 3, got 3")]
    [InlineData(
        "{|from:Input(8, 8, 1)|}, ConvTranspose2D(2, 3, Dilation = 2, PaddingSize = {|MDL0042:5|})",
        "ConvTranspose2D expects a padding of at least 0 and less than its window of 5, got 5")]
    [InlineData(
        "{|from:Input(8, 8, 1)|}, Conv2D(2, 3, PaddingSize = 1, PaddingBottom = {|MDL0042:4|})",
        "Conv2D expects a padding of at least 0 and less than its window of 3, got 4")]
    [InlineData(
        "{|from:Input(8, 2, Sequence = true)|}, Conv1D(2, 3, PaddingSize = 1, PaddingLeft = {|MDL0042:3|})",
        "Conv1D expects a padding of at least 0 and less than its window of 3, got 3")]
    [InlineData(
        "{|from:Input(8, 2, Sequence = true)|}, AvgPool1D(2, Dilation = 2, PaddingRight = {|MDL0042:3|})",
        "AvgPool1D expects a padding of at least 0 and less than its window of 3, got 3")]
    [InlineData(
        "{|from:Input(4, 8, 8, 1)|}, MaxPool3D(2, PaddingSize = 1, PaddingBack = {|MDL0042:-1|})",
        "MaxPool3D expects a padding of at least 0 and less than its window of 2, got -1")]
    public Task Padding_outside_its_range_reports_MDL0042_at_the_argument(string layers, string message) =>
        Diagnose.Reports(Sources.Regression(layers), message);

    [Theory]
    [InlineData("Input(8, 8, 1), Conv2D(2, 3, PaddingSize = 2)")]
    [InlineData("Input(8, 8, 1), Conv2D(2, 3, Dilation = 2, PaddingSize = 4)")]
    [InlineData("Input(8, 8, 1), AvgPool2D(3, Dilation = 2, PaddingTop = 4, PaddingRight = 3)")]
    [InlineData("Input(8, 2, Sequence = true), Conv1D(2, 3, PaddingLeft = 2)")]
    [InlineData("Input(4, 8, 8, 1), Conv3D(2, 3, PaddingFront = 2, PaddingRight = 1)")]
    public Task Padding_within_its_range_does_not_report_MDL0042(string layers) =>
        Diagnose.Silent(Sources.Regression(layers));

    [Theory]
    [InlineData(
        "{|from:Input(8, 8, 1)|}, Conv2D(2, 3, Padding = Padding.Same, PaddingWidth = {|MDL0043:1|})",
        "Conv2D has Padding.Same and a padding of 1; leave one of them out")]
    [InlineData(
        "{|from:Input(8, 8, 1)|}, ConvTranspose2D(2, 3, Stride = 2, Padding = Padding.Same, OutputPadding = {|MDL0043:1|})",
        "ConvTranspose2D has Padding.Same and a padding of 1; leave one of them out")]
    [InlineData(
        "{|from:Input(8, 2, Sequence = true)|}, Conv1D(2, 3, Causal = true, PaddingSize = {|MDL0043:1|})",
        "Conv1D has Causal = true and a padding of 1; leave one of them out")]
    [InlineData(
        "{|from:Input(8, 2, Sequence = true)|}, Conv1D(2, 3, Causal = true, Padding = {|MDL0043:Padding.Same|})",
        "Conv1D has Causal = true and a padding of Padding.Same; leave one of them out")]
    [InlineData(
        "{|from:Input(8, 2, Sequence = true)|}, Conv1D(2, 3, Causal = true, PaddingRight = {|MDL0043:2|})",
        "Conv1D has Causal = true and a padding of 2; leave one of them out")]
    [InlineData(
        "{|from:Input(8, 2, Sequence = true)|}, MaxPool1D(3, Padding = Padding.Same, PaddingLeft = {|MDL0043:1|})",
        "MaxPool1D has Padding.Same and a padding of 1; leave one of them out")]
    [InlineData(
        "{|from:Input(4, 8, 8, 1)|}, AvgPool3D(2, Padding = Padding.Same, PaddingBottom = {|MDL0043:1|})",
        "AvgPool3D has Padding.Same and a padding of 1; leave one of them out")]
    public Task Padding_in_two_ways_reports_MDL0043_at_the_argument(string layers, string message) =>
        Diagnose.Reports(Sources.Regression(layers), message);

    [Theory]
    [InlineData("Input(8, 8, 1), Conv2D(2, 3, Padding = Padding.Same)")]
    [InlineData("Input(8, 8, 1), Conv2D(2, 3, Padding = Padding.Valid, PaddingSize = 1)")]
    public Task Padding_in_one_way_does_not_report_MDL0043(string layers) =>
        Diagnose.Silent(Sources.Regression(layers));

    [Theory]
    [InlineData(
        "{|from:Input(8, 8, 3)|}, Conv2D(4, 3, Groups = {|MDL0044:2|})",
        "Conv2D cannot divide 3 input channels from [Input(8, 8, 3)] into 2 groups of equal size")]
    [InlineData(
        "{|from:Input(8, 8, 6)|}, Conv2D(4, 3, Groups = {|MDL0044:3|})",
        "Conv2D cannot divide 4 filters into 3 groups of equal size")]
    [InlineData(
        "{|from:Input(8, 8, 6)|}, ConvTranspose2D(4, 3, Groups = {|MDL0044:4|})",
        "ConvTranspose2D cannot divide 6 input channels from [Input(8, 8, 6)] into 4 groups of equal size")]
    [InlineData(
        "{|from:Input(8, 8, 6)|}, GroupNorm({|MDL0044:4|})",
        "GroupNorm cannot divide 6 channels from [Input(8, 8, 6)] into 4 groups of equal size")]
    public Task Groups_that_do_not_divide_reports_MDL0044_at_the_argument(string layers, string message) =>
        Diagnose.Reports(Sources.Regression(layers), message);

    [Theory]
    [InlineData("Input(8, 8, 6), Conv2D(4, 3, Groups = 2)")]
    [InlineData("Input(8, 8, 6), ConvTranspose2D(9, 3, Groups = 3)")]
    [InlineData("Input(8, 8, 6), GroupNorm(3)")]
    [InlineData("Input(8, 8, 5), DepthwiseConv2D(3)")]
    public Task Groups_that_divide_does_not_report_MDL0044(string layers) =>
        Diagnose.Silent(Sources.Regression(layers));

    [Theory]
    [InlineData(
        "{|from:Input(8, 8, 3)|}, ConvTranspose2D(2, 3, OutputPadding = {|MDL0047:1|})",
        "ConvTranspose2D expects an output padding of at least 0 and less than its stride of 1, got 1")]
    [InlineData(
        "{|from:Input(8, 8, 3)|}, ConvTranspose2D(2, 3, Stride = 3, StrideWidth = 2, OutputPadding = {|MDL0047:2|})",
        "ConvTranspose2D expects an output padding of at least 0 and less than its stride of 2, got 2")]
    [InlineData(
        "{|from:Input(8, 8, 3)|}, ConvTranspose2D(2, 3, Stride = 2, OutputPadding = {|MDL0047:-1|})",
        "ConvTranspose2D expects an output padding of at least 0 and less than its stride of 2, got -1")]
    [InlineData(
        "{|from:Input(8, 8, 3)|}, ConvTranspose2D(2, 3, Stride = 2, OutputPaddingHeight = {|MDL0047:2|})",
        "ConvTranspose2D expects an output padding of at least 0 and less than its stride of 2, got 2")]
    [InlineData(
        "{|from:Input(8, 8, 3)|}, ConvTranspose2D(2, 3, StrideHeight = 3, OutputPaddingWidth = {|MDL0047:1|})",
        "ConvTranspose2D expects an output padding of at least 0 and less than its stride of 1, got 1")]
    [InlineData(
        "{|from:Input(8, 8, 3)|}, ConvTranspose2D(2, 3, Stride = 2, OutputPadding = 1, OutputPaddingWidth = {|MDL0047:-2|})",
        "ConvTranspose2D expects an output padding of at least 0 and less than its stride of 2, got -2")]
    public Task Output_padding_outside_its_range_reports_MDL0047_at_the_argument(string layers, string message) =>
        Diagnose.Reports(Sources.Regression(layers), message);

    [Theory]
    [InlineData("Input(8, 8, 3), ConvTranspose2D(2, 3, Stride = 3, OutputPadding = 2)")]
    [InlineData("Input(8, 8, 3), ConvTranspose2D(2, 3, StrideHeight = 3, OutputPaddingHeight = 2)")]
    [InlineData(
        "Input(8, 8, 3), ConvTranspose2D(2, 3, StrideHeight = 3, StrideWidth = 2, OutputPadding = 1, OutputPaddingHeight = 2)")]
    public Task Output_padding_within_its_range_does_not_report_MDL0047(string layers) =>
        Diagnose.Silent(Sources.Regression(layers));

    [Fact]
    public Task Transposed_convolution_that_takes_all_off_reports_MDL0048_at_the_attribute() =>
        Diagnose.Reports(
            Sources.Regression("{|from:Input(1, 1, 3)|}, {|MDL0048:ConvTranspose2D(2, 2, PaddingSize = 1)|}"),
            "ConvTranspose2D leaves nothing of its input of 1x1x3 from [Input(1, 1, 3)]: it takes more off the border than there is");

    [Theory]
    [InlineData("Input(1, 1, 3), ConvTranspose2D(2, 3, PaddingSize = 1)")]
    public Task Transposed_convolution_that_leaves_a_pixel_does_not_report_MDL0048(string layers) =>
        Diagnose.Silent(Sources.Regression(layers));

    [Theory]
    [InlineData("{|from:Input(8, 8, 3)|}, Pad({|MDL0049:-1|})", "Pad expects a margin of at least 0 pixels, got -1")]
    [InlineData(
        "{|from:Input(8, 8, 3)|}, Pad(1, 2, {|MDL0049:-3|}, 0)",
        "Pad expects a margin of at least 0 pixels, got -3")]
    public Task Negative_margin_reports_MDL0049_at_the_argument(string layers, string message) =>
        Diagnose.Reports(Sources.Regression(layers), message);

    [Theory]
    [InlineData("Input(8, 8, 3), Pad(0), Pad(0, 1, 0, 2)")]
    public Task Margin_of_nothing_does_not_report_MDL0049(string layers) => Diagnose.Silent(Sources.Regression(layers));

    [Theory]
    [InlineData(
        "{|from:Input(28, 28)|}, {|MDL0050:Conv2D(2, 3)|}",
        "Conv2D expects an image of height x width x channels, but its input is 28x28 from [Input(28, 28)]; add [Reshape(28, 28, 1)] before it")]
    [InlineData(
        "Input(4, 4, 1), {|from:Flatten|}, Tanh, {|MDL0050:MaxPool2D(2)|}",
        "MaxPool2D expects an image of height x width x channels, but its input is 16 from [Flatten]; a [Reshape] before it can make one")]
    [InlineData(
        "{|from:Input(5, 3, Sequence = true)|}, {|MDL0050:AvgPool2D(2)|}",
        "AvgPool2D expects an image of height x width x channels, but its input is 5x3 from [Input(5, 3, Sequence = true)]; add [Reshape(5, 3, 1)] before it")]
    [InlineData(
        "{|from:Input(4)|}, {|MDL0050:GlobalAveragePool|}",
        "GlobalAveragePool expects an image of height x width x channels, but its input is 4 from [Input(4)]; a [Reshape] before it can make one")]
    [InlineData(
        "{|from:Input(4)|}, {|MDL0050:Pad(1)|}",
        "Pad expects an image of height x width x channels, but its input is 4 from [Input(4)]; a [Reshape] before it can make one")]
    [InlineData(
        "{|from:Input(4)|}, {|MDL0050:Upsample(2)|}",
        "Upsample expects an image of height x width x channels, but its input is 4 from [Input(4)]; a [Reshape] before it can make one")]
    [InlineData(
        "{|from:Input(4)|}, {|MDL0050:ConvTranspose2D(2, 2)|}",
        "ConvTranspose2D expects an image of height x width x channels, but its input is 4 from [Input(4)]; a [Reshape] before it can make one")]
    [InlineData(
        "{|from:Input(4, 4)|}, {|MDL0050:BatchNorm|}",
        "BatchNorm expects an image of height x width x channels, but its input is 4x4 from [Input(4, 4)]; add [Reshape(4, 4, 1)] before it")]
    [InlineData(
        "{|from:Input(4)|}, {|MDL0050:SpatialDropout(0.1f)|}",
        "SpatialDropout expects an image of height x width x channels, but its input is 4 from [Input(4)]; a [Reshape] before it can make one")]
    public Task Layer_of_images_on_something_else_reports_MDL0050_at_the_attribute(string layers, string message) =>
        Diagnose.Reports(Sources.Regression(layers), message);

    [Theory]
    [InlineData(
        "Input(28, 28), Reshape(28, 28, 1), Conv2D(2, 3, UseBias = false), BatchNorm, MaxPool2D(2), Upsample(2), Pad(1), ConvTranspose2D(1, 2), SpatialDropout(0.1f), GlobalAveragePool, BatchNorm")]
    public Task Layer_of_images_on_an_image_does_not_report_MDL0050(string layers) =>
        Diagnose.Silent(Sources.Regression(layers));

    [Theory]
    [InlineData(7)]
    [InlineData(-1)]
    public Task Number_that_is_no_method_of_convolution_reports_MDL0068_at_the_argument(int number) =>
        Diagnose.Reports(
            $$"""
            [Model(Convolution = {|MDL0068:(ConvolutionMethod)({{number}})|})]
            [Input(5, 5, 1), Conv2D(2, 3), MeanSquaredError]
            public partial class Net;
            """,
            $"'Net' has the convolution method {number}, which is none; use ConvolutionMethod.Fastest or "
                + "ConvolutionMethod.Exact");

    [Fact]
    public Task Method_of_convolution_does_not_report_MDL0068_whether_or_not_a_layer_heeds_it() =>
        Diagnose.Silent(
            """
            [Model(Convolution = (ConvolutionMethod)1), Input(5, 5, 1), Conv2D(2, 3), MeanSquaredError]
            public partial class Images;
            [Model(Convolution = ConvolutionMethod.Exact), Input(5), Dense(2), MeanSquaredError]
            public partial class Vectors;
            [Model(Convolution = ConvolutionMethod.Fastest), Input(5, 5, 1), Conv2D(2, 3), MeanSquaredError]
            public partial class Usual;
            """);

    [Fact]
    public Task Aligned_corners_of_the_nearest_pixel_report_MDL0433_at_the_argument() => Diagnose.Reports(
        Sources.Regression("{|from:Input(8, 8, 1)|}, Resize(4, 5, AlignCorners = {|MDL0433:true|})"),
        "Resize aligns corners, which the nearest pixel has no use for; set Interpolation to Bilinear or Bicubic");

    [Theory]
    [InlineData("Input(8, 8, 1), Resize(4, 5, Interpolation = Interpolation.Bicubic, AlignCorners = true)")]
    [InlineData("Input(8, 8, 1), Resize(4, 5, AlignCorners = false)")]
    public Task Aligned_corners_of_interpolation_do_not_report_MDL0433(string layers) =>
        Diagnose.Silent(Sources.Regression(layers));

    [Theory]
    [InlineData(
        "{|from:Input(4, 4, 6)|}, PixelShuffle({|MDL0434:2|})",
        "PixelShuffle(2) expects the channels to be a multiple of 4, got an image of 4x4x6 from [Input(4, 4, 6)]")]
    [InlineData(
        "{|from:Input(4, 6, 1)|}, PixelUnshuffle({|MDL0434:3|})",
        "PixelUnshuffle(3) expects the height to be a multiple of 3, got an image of 4x6x1 from [Input(4, 6, 1)]")]
    [InlineData(
        "{|from:Input(6, 4, 1)|}, PixelUnshuffle({|MDL0434:3|})",
        "PixelUnshuffle(3) expects the width to be a multiple of 3, got an image of 6x4x1 from [Input(6, 4, 1)]")]
    public Task Factor_that_does_not_divide_reports_MDL0434_at_the_argument(string layers, string message) =>
        Diagnose.Reports(Sources.Regression(layers), message);

    [Theory]
    [InlineData("Input(4, 4, 8), PixelShuffle(2)")]
    [InlineData("Input(4, 6, 3), PixelUnshuffle(2)")]
    public Task Factor_that_divides_does_not_report_MDL0434(string layers) =>
        Diagnose.Silent(Sources.Regression(layers));

    [Theory]
    [InlineData(
        "{|from:Input(1, 8, 3)|}, MaxPool2D(2, 1, Dilation = {|MDL0435:3|}, StrideHeight = 1, PaddingHeight = 2)",
        "MaxPool2D has a dilated window that sees nothing but padding of its input of 1x8x3 from [Input(1, 8, 3)]; "
        + "pad or dilate it less")]
    [InlineData(
        "{|from:Input(1, 3, Sequence = true)|}, MaxPool1D(2, Dilation = {|MDL0435:3|}, Stride = 1, PaddingSize = 2)",
        "MaxPool1D has a dilated window that sees nothing but padding of its input of 1x3 from "
        + "[Input(1, 3, Sequence = true)]; pad or dilate it less")]
    public Task Dilated_window_of_padding_only_reports_MDL0435_at_the_dilation(string layers, string message) =>
        Diagnose.Reports(Sources.Regression(layers), message);

    [Theory]
    [InlineData("Input(1, 8, 3), MaxPool2D(2, 1, Dilation = 3, StrideHeight = 3, PaddingHeight = 3)")]
    [InlineData("Input(9, 3, Sequence = true), MaxPool1D(2, Dilation = 3, Stride = 1, PaddingSize = 2)")]
    [InlineData("Input(3, 4, 5, 1), MaxPool3D(2, Stride = 1, Dilation = 2)")]
    public Task Dilated_window_that_sees_its_input_does_not_report_MDL0435(string layers) =>
        Diagnose.Silent(Sources.Regression(layers));

    [Theory]
    [InlineData("Conv3D(2, 2)", "Conv3D")]
    [InlineData("MaxPool3D(2)", "MaxPool3D")]
    [InlineData("AvgPool3D(2)", "AvgPool3D")]
    public Task Layer_of_volumes_on_an_image_reports_MDL0436(string layer, string kind) => Diagnose.Reports(
        Sources.Regression("{|from:Input(4, 4, 4)|}, {|MDL0436:" + layer + "|}"),
        kind + " expects a volume of depth x height x width x channels, got 4x4x4 from [Input(4, 4, 4)]; "
        + "[Reshape] says what its dimensions are");

    [Fact]
    public Task Layer_of_volumes_on_a_volume_does_not_report_MDL0436() =>
        Diagnose.Silent(Sources.Regression("Input(4, 4, 4), Reshape(4, 4, 4, 1), Conv3D(2, 2), MaxPool3D(3)"));

    [Theory]
    [InlineData(
        "{|from:Input(3, 4, 5, 1)|}, Conv3D(2, 4, {|MDL0041:5|}, 1, PaddingDepth = 1)",
        "Conv3D has a window of 4x5x1, but its input is only 5x4x5 with its padding from [Input(3, 4, 5, 1)]; "
        + "make the window smaller or pad the input")]
    [InlineData(
        "{|from:Input(2, 3, Sequence = true)|}, AvgPool1D({|MDL0041:3|})",
        "AvgPool1D has a window of 3 steps, but its input is only 2 from [Input(2, 3, Sequence = true)]; "
        + "make the window smaller or pad the input")]
    public Task Window_larger_than_its_volume_or_sequence_reports_MDL0041(string layers, string message) =>
        Diagnose.Reports(Sources.Regression(layers), message);
}
