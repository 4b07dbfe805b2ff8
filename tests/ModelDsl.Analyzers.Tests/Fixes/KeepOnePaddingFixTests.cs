namespace ModelDsl.Analyzers.Tests.Fixes;

public sealed class KeepOnePaddingFixTests
{
    [Fact]
    public Task Same_padding_is_kept() =>
        Fix.Repairs<KeepOnePaddingFix>(
            """
            [Model, Input(8, 8, 1), Conv2D(2, 3, Padding = Padding.Same, PaddingSize = {|MDL0043:1|}), MeanSquaredError]
            public partial class First;

            [Model, Input(8, 8, 1), Conv2D(2, 3, PaddingSize = {|MDL0043:1|}, Padding = Padding.Same), MeanSquaredError]
            public partial class Second;
            """,
            """
            [Model, Input(8, 8, 1), Conv2D(2, 3, Padding = Padding.Same), MeanSquaredError]
            public partial class First;

            [Model, Input(8, 8, 1), Conv2D(2, 3, Padding = Padding.Same), MeanSquaredError]
            public partial class Second;
            """,
            choice: 0);

    [Fact]
    public Task Number_is_kept() =>
        Fix.Repairs<KeepOnePaddingFix>(
            """
            [Model, Input(8, 8, 1), Conv2D(2, 3, Padding = Padding.Same, PaddingSize = {|MDL0043:1|}), MeanSquaredError]
            public partial class Net;
            """,
            """
            [Model, Input(8, 8, 1), Conv2D(2, 3, PaddingSize = 1), MeanSquaredError]
            public partial class Net;
            """,
            choice: 1);
}
