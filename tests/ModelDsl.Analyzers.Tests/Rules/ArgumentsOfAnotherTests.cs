namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class ArgumentsOfAnotherTests
{
    private const string Inputs = "gives the number of inputs, which is known from the layer before";
    private const string NoNumber = "takes no such number, since it is known from the layer before";
    private const string OtherNames = "names its arguments as another library does";

    [Theory]
    [InlineData("{|MDL0117:{|CS1729:Dense(784, 128)|}|}", "Dense(784, 128)", Inputs, "Dense(128)")]
    [InlineData(
        "{|MDL0117:{|CS1729:Dense(784, 128, false)|}|}",
        "Dense(784, 128, false)",
        Inputs,
        "Dense(128, UseBias = false)")]
    [InlineData("{|MDL0117:{|CS1729:Lstm(128, 64)|}|}", "Lstm(128, 64)", Inputs, "Lstm(64)")]
    [InlineData("{|MDL0117:{|CS1729:Gru(128, 64)|}|}", "Gru(128, 64)", Inputs, "Gru(64)")]
    [InlineData("{|MDL0117:{|CS1729:Conv1D(8, 16, 3)|}|}", "Conv1D(8, 16, 3)", Inputs, "Conv1D(16, 3)")]
    [InlineData(
        "{|MDL0117:{|CS1729:Conv2D(3, 16, 3, 2, 1)|}|}",
        "Conv2D(3, 16, 3, 2, 1)",
        Inputs,
        "Conv2D(16, 3, Stride = 2, PaddingSize = 1)")]
    [InlineData("{|MDL0117:{|CS1729:BatchNorm(64)|}|}", "BatchNorm(64)", NoNumber, "BatchNorm")]
    [InlineData("{|MDL0117:{|CS1729:LayerNorm(64)|}|}", "LayerNorm(64)", NoNumber, "LayerNorm")]
    [InlineData("Dropout({|CS1739:p|}: 0.5)", "Dropout(p: 0.5)", OtherNames, "Dropout(0.5)")]
    [InlineData("MaxPool2D({|CS1739:kernel_size|}: 2)", "MaxPool2D(kernel_size: 2)", OtherNames, "MaxPool2D(2)")]
    [InlineData(
        "Dense({|CS1739:out_features|}: 2, in_features: 3)",
        "Dense(out_features: 2, in_features: 3)",
        OtherNames,
        "Dense(2)")]
    [InlineData(
        "Conv2D(16, 3, {|CS1739:activation|}: \"relu\")",
        "Conv2D(16, 3, activation: \"relu\")",
        "has an activation among its arguments, which is a layer of its own here",
        "Conv2D(16, 3), Relu")]
    [InlineData(
        "Conv2D(16, 3, {|CS1739:padding|}: \"same\", activation: \"relu\")",
        "Conv2D(16, 3, padding: \"same\", activation: \"relu\")",
        OtherNames,
        "Conv2D(16, 3, Padding = Padding.Same), Relu")]
    [InlineData(
        "{|MDL0117:{|CS1729:Dense(10, \"softmax\")|}|}",
        "Dense(10, \"softmax\")",
        "has an activation among its arguments, which is a layer of its own here",
        "Dense(10), Softmax")]
    public async Task Arguments_of_another_library_report_MDL0117_beside_the_error_of_the_compiler(
        string marked, string written, string reason, string right)
    {
        string inner = marked.StartsWith("{|MDL0117", StringComparison.Ordinal) ? marked : $"{{|MDL0117:{marked}|}}";
        string message = $"[{written}] {reason}; write [{right}]";
        await Diagnose.Reports($"[Block, {inner}] public partial class Part;", message);
    }

    [Fact]
    public Task Window_and_stride_of_PyTorch_report_MDL0117_in_a_model_and_in_a_block() =>
        Diagnose.Reports(
            """
            [Block, {|MDL0117:AvgPool2D(5, 2)|}] public partial class Smaller;

            [Model, Input(32, 32, 3), {|MDL0117:MaxPool2D(3, 2)|}, Repeat<Smaller>(1), Flatten, Dense(10), SoftmaxCrossEntropy]
            public partial class Pictures;
            """,
            "[AvgPool2D(5, 2)] gives the height and the width of a window, where PyTorch takes its size and the stride; write [AvgPool2D(5, Stride = 2)]",
            "[MaxPool2D(3, 2)] gives the height and the width of a window, where PyTorch takes its size and the stride; write [MaxPool2D(3, Stride = 2)]");

    [Theory]
    [InlineData("Input(32, 32, 3), MaxPool2D(2, 2), Flatten, Dense(2)")]
    [InlineData("Input(32, 32, 3), MaxPool2D(2, 1), Flatten, Dense(2)")]
    [InlineData("Input(32, 32, 3), MaxPool2D(3, 2, StrideHeight = 3, StrideWidth = 2), Flatten, Dense(2)")]
    [InlineData("Input(32, 32, 3), Conv2D(16, 3, 3), Relu, Flatten, Dense(2)")]
    [InlineData("Input(32, 32, 3), Conv2D(filters: 16, kernelSize: 3), Relu, Flatten, Dense(2)")]
    [InlineData("Input(3), Dense(units: 2, UseBias = false)")]
    public Task Arguments_of_ours_do_not_report_MDL0117(string layers) =>
        Diagnose.Silent($"[Model, {layers}, MeanSquaredError] public partial class Net;");
}
