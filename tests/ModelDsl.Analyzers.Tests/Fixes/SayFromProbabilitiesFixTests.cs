namespace ModelDsl.Analyzers.Tests.Fixes;

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
