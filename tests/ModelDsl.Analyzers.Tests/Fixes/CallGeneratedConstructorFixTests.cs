namespace ModelDsl.Analyzers.Tests.Fixes;

public sealed class CallGeneratedConstructorFixTests
{
    [Fact]
    public Task Constructors_call_the_generated_one() =>
        Fix.Repairs<CallGeneratedConstructorFix>(
            """
            [Model, Input(3), Dense(2), MeanSquaredError]
            public partial class Net
            {
                public {|MDL0029:Net|}(string name) { }

                public {|MDL0029:Net|}(float x)
                {
                }

                public {|MDL0029:Net|}(char c)
                    : base()
                {
                }
            }
            """,
            """
            [Model, Input(3), Dense(2), MeanSquaredError]
            public partial class Net
            {
                public Net(string name) : this() { }

                public Net(float x) : this()
                {
                }

                public Net(char c)
                    : this()
                {
                }
            }
            """);
}
