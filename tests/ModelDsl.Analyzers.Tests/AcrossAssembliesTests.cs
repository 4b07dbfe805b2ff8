namespace ModelDsl.Analyzers.Tests;

/// <summary>Blocks and models of a referenced library are checked and composed like those of the project.</summary>
public sealed class AcrossAssembliesTests
{
    private static readonly Situation WithLibrary = new()
    {
        Library =
            """
            namespace Library;

            [Block, Dense(16), Tanh]
            public partial class Think;

            [Block, Residual<Think>, Sigmoid]
            public partial class Layer;

            [Model, Input(784), Dense(16), Tanh, MeanSquaredError]
            public partial class Encoder;

            public static class Images
            {
                public static int Classify([Shape(28, 28)] System.ReadOnlySpan<float> image) => image.Length;
            }
            """,
    };

    [Fact]
    public Task Block_of_a_library_is_composed() =>
        Diagnose.Silent(
            WithLibrary,
            """
            [Model, Input(16), Repeat<Library.Layer>(2), Dense(2), MeanSquaredError]
            public partial class Net;
            """);

    [Fact]
    public Task Block_of_a_library_that_does_not_fit_reports_MDL0032_at_the_type_argument() =>
        Diagnose.Reports(
            WithLibrary,
            """
            [Model, {|from:Input(4, 4)|}, Repeat<{|MDL0032:Library.Think|}>(2), MeanSquaredError]
            public partial class Net;
            """,
            "The block 'Think' does not fit its input 4x4 from [Input(4, 4)]: Dense expects a vector, but its input is 4x4 from [Input(4, 4)]; add [Flatten] before it");

    [Fact]
    public Task Block_of_a_library_that_changes_the_shape_reports_MDL0034() =>
        Diagnose.Reports(
            WithLibrary,
            """
            [Model, {|from:Input(5)|}, {|MDL0034:Residual<Library.Think>|}, MeanSquaredError]
            public partial class Net;
            """,
            "Residual joins its branches element by element, but 'Think' gives 16 and its input from [Input(5)] gives 5; make both the same");

    [Fact]
    public Task Model_of_a_library_reports_what_does_not_fit_where_it_is_called() =>
        Diagnose.Reports(
            WithLibrary,
            """
            [Model, Input(24), Dense(2), MeanSquaredError]
            public partial class Head;

            public static class Program
            {
                public static void Run(Library.Encoder encoder, Head head, float[] unknown)
                {
                    encoder.Predict({|MDL0201:{|from:new float[783]|}|});
                    head.Predict({|MDL0202:{|from:encoder.Predict(unknown)|}|});
                    Library.Images.Classify({|MDL0201:{|from:new float[28]|}|});
                    encoder.Predict(new float[784]);
                }
            }
            """,
            "Encoder.Predict expects 784 values per sample, got 783",
            "Head.Predict expects samples of 24 values (24), but those from Encoder.Predict have 16 (16)",
            "Images.Classify expects 784 values (28x28), got 28");
}
