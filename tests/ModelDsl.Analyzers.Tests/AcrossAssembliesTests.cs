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

    [Fact]
    public async Task Block_of_a_library_with_a_method_is_composed_and_does_not_report_MDL0427()
    {
        Situation library = new()
        {
            Library =
                """
                namespace Library;

                [Block, Dense(4), Tanh]
                public partial class Inner;

                public static class Pieces
                {
                    [Block]
                    public partial class Mix
                    {
                        private static Tensor Forward(
                            Tensor x, Tensor memory, [Parameter(4, Initial = 0.5f)] Tensor scale)
                        {
                            (Tensor left, Tensor right) = x.Dense(8, useBias: false).Split(2);
                            return left * scale + right.Block<Inner>() * memory.Dense(1);
                        }
                    }
                }

                [Block]
                public partial class Halve
                {
                    public static Tensor Forward(Tensor x) => x.Dense(2) * 0.5;
                }
                """,
        };
        const string model =
            """
            [Model, Input(3), MeanSquaredError]
            public partial class Net
            {
                private static Tensor Forward(Tensor x) =>
                    x.Block<Library.Pieces.Mix>(x.Dense(5)).Block<Library.Halve>();
            }
            """;
        await Diagnose.Silent(library, model);

        // The layers are those that the same blocks have in the project itself.
        string own = GeneratedFor(new Situation { Sources = [library.Library, model] });
        Assert.Contains("scale", own, StringComparison.Ordinal);
        Assert.Equal(own, GeneratedFor(library with { Sources = [model] }));
    }

    [Fact]
    public Task Block_of_a_library_whose_method_does_not_fit_reports_MDL0032() =>
        Diagnose.Reports(
            new Situation
            {
                Library =
                    """
                    namespace Library;

                    [Block]
                    public partial class Shrink
                    {
                        private static Tensor Forward(Tensor x) => x.MaxPool2D(2);
                    }
                    """,
            },
            """
            [Model, {|from:Input(8)|}, Repeat<{|MDL0032:Library.Shrink|}>(2), MeanSquaredError]
            public partial class Net;
            """,
            "The block 'Shrink' does not fit its input 8 from [Input(8)]: MaxPool2D expects an image of height x width "
                + "x channels, but its input is 8 from [Input(8)]; a [Reshape] before it can make one");

    [Theory]
    [InlineData("")]
    [InlineData("""[assembly: ModelDsl.CompilerServices.BlockLayers("Library.Old", "1:2")]""")]
    [InlineData("""[assembly: ModelDsl.CompilerServices.BlockLayers("Library.Old", "damaged")]""")]
    public Task Block_of_a_library_without_a_readable_record_reports_MDL0427(string record) =>
        Diagnose.Reports(
            new Situation { Library = Unrecorded(record) },
            """
            [Model, {|from:Input(8)|}, Residual<{|MDL0427:Library.Old|}>, MeanSquaredError]
            public partial class Net;
            """,
            "The block 'Old' has its layers in a method of another assembly, which holds no record of them that this "
                + "version of ModelDsl reads; build both with the same version");

    [Fact]
    public Task Generic_block_of_a_library_with_a_method_reports_MDL0427() =>
        Diagnose.Reports(
            new Situation
            {
                Library =
                    """
                    namespace Library;

                    [Block]
                    public partial class Twice<T>
                    {
                        private static Tensor Forward(Tensor x) => x.Block<T>().Block<T>();
                    }

                    [Block, Tanh]
                    public partial class Inner;
                    """,
            },
            """
            [Model, {|from:Input(8)|}, Residual<{|MDL0427:Library.Twice<Library.Inner>|}>, MeanSquaredError]
            public partial class Net;
            """,
            "The block 'Twice' has its layers in a method of another assembly, which holds no record of them that this "
                + "version of ModelDsl reads; build both with the same version");

    // A method with another signature is not recorded.
    private static string Unrecorded(string record) =>
        $$"""
        {{record}}
        namespace Library
        {
            [Block]
            public class Old
            {
                public static Tensor Forward(Tensor x, int count) => x.Dense(8);
            }
        }
        """;

    private static string GeneratedFor(Situation situation) =>
        situation.Compile().SyntaxTrees
            .Select(tree => tree.ToString())
            .Single(text => text.Contains("partial class Net :", StringComparison.Ordinal));
}
