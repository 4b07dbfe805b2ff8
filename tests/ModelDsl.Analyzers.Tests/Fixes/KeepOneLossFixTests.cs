namespace ModelDsl.Analyzers.Tests.Fixes;

public sealed class KeepOneLossFixTests
{
    [Fact]
    public Task First_loss_is_kept() =>
        Fix.Repairs<KeepOneLossFix>(
            """
            [Model, Input(3), Dense(2), MeanSquaredError, {|MDL0010:Hinge|}]
            public partial class Net;
            """,
            """
            [Model, Input(3), Dense(2), MeanSquaredError]
            public partial class Net;
            """,
            choice: 0);

    [Fact]
    public Task Second_loss_is_kept() =>
        Fix.Repairs<KeepOneLossFix>(
            """
            [Model, Input(3), Dense(2)]
            [MeanSquaredError]
            [{|MDL0010:Hinge|}]
            public partial class Net;
            """,
            """
            [Model, Input(3), Dense(2)]
            [Hinge]
            public partial class Net;
            """,
            choice: 1);
}
