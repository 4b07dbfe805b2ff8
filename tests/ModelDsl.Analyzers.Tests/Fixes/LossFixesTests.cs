namespace ModelDsl.Analyzers.Tests.Fixes;

public sealed class AddLossFixTests
{
    [Fact]
    public Task Cross_entropy_is_added_on_a_line_of_its_own() =>
        Fix.Repairs<AddLossFix>(
            """
            [Model]
            [Input(3), Dense(2)]
            public partial class {|MDL0008:Net|};
            """,
            """
            [Model]
            [Input(3), Dense(2)]
            [SoftmaxCrossEntropy]
            public partial class Net;
            """,
            choice: 0);

    [Fact]
    public Task Squared_error_is_added_to_the_only_list() =>
        Fix.Repairs<AddLossFix>(
            """
            [Model, Input(3), Dense(2)] public partial class {|MDL0008:Net|};
            """,
            """
            [Model, Input(3), Dense(2), MeanSquaredError] public partial class Net;
            """,
            choice: 1);
}

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

public sealed class MoveLossLastFixTests
{
    [Fact]
    public Task Loss_in_the_same_list_moves_to_the_end() =>
        Fix.Repairs<MoveLossLastFix>(
            """
            [Model, Input(3), Dense(4), MeanSquaredError, {|MDL0009:Relu|}, {|MDL0009:Dense(2)|}]
            public partial class Net;
            """,
            """
            [Model, Input(3), Dense(4), Relu, Dense(2), MeanSquaredError]
            public partial class Net;
            """);

    [Fact]
    public Task Loss_on_a_line_of_its_own_moves_to_the_end() =>
        Fix.Repairs<MoveLossLastFix>(
            """
            public partial class Outer
            {
                // The net.
                [Model]
                [Input(3)]
                [MeanSquaredError]
                [{|MDL0009:Dense(4)|}, {|MDL0009:Relu|}]
                [{|MDL0009:Dense(2)|}]
                public partial class Net;
            }
            """,
            """
            public partial class Outer
            {
                // The net.
                [Model]
                [Input(3)]
                [Dense(4), Relu]
                [Dense(2)]
                [MeanSquaredError]
                public partial class Net;
            }
            """);
}

public sealed class UseBinaryCrossEntropyFixTests
{
    [Fact]
    public Task Loss_is_replaced() =>
        Fix.Repairs<UseBinaryCrossEntropyFix>(
            """
            [Model, Input(3), Dense(1), {|MDL0018:SoftmaxCrossEntropy|}]
            public partial class Net;
            """,
            """
            [Model, Input(3), Dense(1), BinaryCrossEntropy]
            public partial class Net;
            """);
}

public sealed class SayFromProbabilitiesFixTests
{
    [Fact]
    public Task Divergence_says_what_it_gets() =>
        Fix.Repairs<SayFromProbabilitiesFix>(
            """
            [Model, Input(3), Dense(4), Softmax, {|MDL0054:KullbackLeibler|}]
            public partial class First;

            [Model, Input(3), Dense(4), Softmax]
            [{|MDL0054:KullbackLeibler(Weight = 0.5f)|}]
            public partial class Second;

            [Model, Input(3), Dense(4), LogSoftmax, KullbackLeibler(FromProbabilities = {|MDL0054:true|})]
            public partial class Third;

            [Model, Input(3), Dense(4), LogSoftmax, KullbackLeibler(Weight = 2, FromProbabilities = {|MDL0054:true|})]
            public partial class Fourth;
            """,
            """
            [Model, Input(3), Dense(4), Softmax, KullbackLeibler(FromProbabilities = true)]
            public partial class First;

            [Model, Input(3), Dense(4), Softmax]
            [KullbackLeibler(Weight = 0.5f, FromProbabilities = true)]
            public partial class Second;

            [Model, Input(3), Dense(4), LogSoftmax, KullbackLeibler]
            public partial class Third;

            [Model, Input(3), Dense(4), LogSoftmax, KullbackLeibler(Weight = 2)]
            public partial class Fourth;
            """);
}
