namespace ModelDsl.Analyzers.Tests.Weights;

public sealed class WeightsTests
{
    private const string Weight = """ "dense1.weight": {"dtype":"F32","shape":[2,3],"data_offsets":[0,24]} """;
    private const string Bias = """ "dense1.bias": {"dtype":"F32","shape":[2],"data_offsets":[24,32]} """;
    private const string Metadata = """ "__metadata__": {"made by":"\u0041 \"test\""} """;

    [Fact]
    public async Task File_of_the_models_tensors_does_not_report_MDL0303_MDL0304_MDL0305()
    {
        using var file = new WeightsFile($"{{{Metadata},{Bias},{Weight}}}  ", 32);
        await Diagnose.Silent(file.Situation, Model("net.safetensors"));
        await Diagnose.Silent(
            file.Situation, Model(Path.GetFileName(Path.GetDirectoryName(file.Path))! + "/net.safetensors"));
    }

    [Fact]
    public async Task File_that_was_saved_by_the_model_does_not_report_MDL0302()
    {
        using var file = new WeightsFile($"{{{Weight},{Bias}}}", 32);
        await Diagnose.Silent(file.Situation, Model("net.safetensors"));
    }

    [Theory]
    [InlineData("other.safetensors")]
    [InlineData("et.safetensors")]
    public async Task File_that_the_project_does_not_list_reports_MDL0301_at_its_name(string path)
    {
        using var file = new WeightsFile("{}");
        await Diagnose.Reports(
            file.Situation,
            Model($"{{|MDL0301:\"{path}\"|}}", quote: false),
            $"'{path}' is not among the AdditionalFiles of the project, so the compiler cannot compare it with 'Net'");
    }

    [Fact]
    public async Task File_that_the_project_lists_does_not_report_MDL0301()
    {
        using var file = new WeightsFile($"{{{Weight},{Bias}}}", 32);
        await Diagnose.Silent(file.Situation, Model("net.safetensors"));
    }

    [Fact]
    public async Task Names_in_the_file_are_shown_without_control_characters()
    {
        string shape = string.Join(",", Enumerable.Repeat("1", 30));
        string hostile = $$""" "\u001b[2J\u202egnp": {"dtype":"F32","shape":[{{shape}}],"data_offsets":[32,36]} """;
        using var file = new WeightsFile($"{{{Weight},{Bias},{hostile}}}", 36);
        await Diagnose.Reports(
            file.Situation,
            Model("{|MDL0305:\"net.safetensors\"|}", quote: false),
            @"'net.safetensors' has the tensor '\u001B[2J\u202Egnp' of 1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x..., which 'Net' does not know");
    }

    [Fact]
    public async Task Damage_is_reported_without_control_characters()
    {
        using var file = new WeightsFile("""{"\u001b":{"dtype":"F32"}}""", 0);
        await Diagnose.Reports(
            file.Situation,
            Model("{|MDL0302:\"net.safetensors\"|}", quote: false),
            @"'net.safetensors' is no sound safetensors file: its tensor '\u001B' has no shape");
    }

    [Fact]
    public async Task Tensor_that_is_missing_reports_MDL0303_at_the_layer()
    {
        using var file = new WeightsFile($"{{{Weight}}}", 24);
        await Diagnose.Reports(
            file.Situation,
            """
            [Model, Weights({|from:"net.safetensors"|})]
            [Input(3), {|MDL0303:Dense(2)|}, MeanSquaredError]
            public partial class Net;
            """,
            "[Dense(2)] needs the tensor 'dense1.bias' of 2, which 'net.safetensors' does not have");
    }

    [Fact]
    public async Task Tensor_of_another_shape_reports_MDL0304_at_the_layer()
    {
        using var file = new WeightsFile(
            $"{{{Weight.Replace("[2,3]", "[3,2]", StringComparison.Ordinal)},{Bias}}}", 32);
        await Diagnose.Reports(
            file.Situation,
            """
            [Model, Weights({|from:"net.safetensors"|})]
            [Input(3), {|MDL0304:Dense(2)|}, MeanSquaredError]
            public partial class Net;
            """,
            "[Dense(2)] needs the tensor 'dense1.weight' of 2x3, but 'net.safetensors' has it as 3x2");
    }

    [Fact]
    public async Task Tensor_of_integers_reports_MDL0306_at_the_layer()
    {
        using var file = new WeightsFile($"{{{Weight.Replace("F32", "I32", StringComparison.Ordinal)},{Bias}}}", 32);
        await Diagnose.Reports(
            file.Situation,
            """
            [Model, Weights({|from:"net.safetensors"|})]
            [Input(3), {|MDL0306:Dense(2)|}, MeanSquaredError]
            public partial class Net;
            """,
            "[Dense(2)] needs the tensor 'dense1.weight' as F32, F64, F16 or BF16, but 'net.safetensors' has it as I32");
    }

    [Theory]
    [InlineData("F64")]
    [InlineData("F16")]
    [InlineData("BF16")]
    public async Task Tensor_of_other_floats_does_not_report_MDL0306(string type)
    {
        using var file = new WeightsFile($"{{{Weight.Replace("F32", type, StringComparison.Ordinal)},{Bias}}}", 56);
        await Diagnose.Silent(file.Situation, Model("net.safetensors"));
    }

    [Fact]
    public async Task Tensor_that_the_model_does_not_know_reports_MDL0305_at_the_file()
    {
        using var file = new WeightsFile(
            $"{{{Weight},{Bias}, \"dense2.bias\": {{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[32,36]}}}}", 36);
        await Diagnose.Reports(
            file.Situation,
            Model("{|MDL0305:\"net.safetensors\"|}", quote: false),
            "'net.safetensors' has the tensor 'dense2.bias' of a single number, which 'Net' does not know");
    }

    [Theory]
    [InlineData("", "it ends within its header")]
    [InlineData("{", "its header is no JSON of the format: expected '\"' at character 1")]
    [InlineData("{\"a\":{}}", "its tensor 'a' has no shape")]
    [InlineData("{\"a\":{\"shape\":[1]}}", "its tensor 'a' has no dtype")]
    [InlineData(
        "{\"a\":{\"dtype\":3,\"shape\":[1]}}",
        "its header is no JSON of the format: expected '\"' at character 14")]
    [InlineData(
        "{\"a\":{\"shape\":[-1]}}",
        "its header is no JSON of the format: expected an integer of at least 0 at character 15")]
    [InlineData(
        "{\"a\":{\"shape\":[99999999999999999999]}}",
        "its header is no JSON of the format: expected an integer of at least 0 at character 35")]
    [InlineData(
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1]},\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}",
        "its header has 'a' twice")]
    [InlineData("{} x", "its header is no JSON of the format: expected the end at character 3")]
    [InlineData(
        "{\"\\uZZZZ\":1}",
        "its header is no JSON of the format: expected four hexadecimal digits at character 4")]
    public async Task Header_that_is_damaged_reports_MDL0302_at_the_file(string header, string reason)
    {
        using WeightsFile file = header.Length == 0 ? new WeightsFile([1, 2, 3]) : new WeightsFile(header);
        await ReportsDamage(file, reason);
    }

    [Fact]
    public async Task Header_longer_than_the_file_reports_MDL0302_before_memory_is_taken()
    {
        using var file = new WeightsFile([255, 255, 255, 255, 255, 255, 255, 127, (byte)'{', (byte)'}']);
        await ReportsDamage(file, "its header should have 9223372036854775807 bytes, but only 2 follow");
    }

    [Fact]
    public async Task Header_that_nests_without_end_reports_MDL0302()
    {
        using var file = new WeightsFile("{\"a\":{\"x\":" + new string('[', 100_000));
        await ReportsDamage(file, "its header is no JSON of the format: expected less nesting at character 41");
    }

    [Fact]
    public async Task Header_that_is_no_text_reports_MDL0302()
    {
        using var file = new WeightsFile([2, 0, 0, 0, 0, 0, 0, 0, 0xC3, 0x28]);
        await ReportsDamage(file, "its header is not UTF-8");
    }

    private static Task ReportsDamage(WeightsFile file, string reason) =>
        Diagnose.Reports(
            file.Situation,
            Model("{|MDL0302:\"net.safetensors\"|}", quote: false),
            $"'net.safetensors' is no sound safetensors file: {reason}");

    private static string Model(string path, bool quote = true) =>
        $$"""
        [Model, Weights({{(quote ? $"\"{path}\"" : path)}})]
        [Input(3), Dense(2), MeanSquaredError]
        public partial class Net;
        """;
}
