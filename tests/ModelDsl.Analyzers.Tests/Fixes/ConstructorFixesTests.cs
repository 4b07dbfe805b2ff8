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

public sealed class PrimaryConstructorFixTests
{
    [Fact]
    public Task Parameters_become_fields_and_a_constructor() =>
        Fix.Repairs<PrimaryConstructorFix>(
            """
            [Model, Input(3), Dense(2), MeanSquaredError]
            public partial class Net{|MDL0026:(string name, int count)|}
            {
                public string Name => name + count++;
            }
            """,
            """
            [Model, Input(3), Dense(2), MeanSquaredError]
            public partial class Net
            {
                private readonly string name;
                private int count;

                public Net(string name, int count) : this()
                {
                    this.name = name;
                    this.count = count;
                }

                public string Name => name + count++;
            }
            """);

    [Fact]
    public Task Empty_parameters_are_removed() =>
        Fix.Repairs<PrimaryConstructorFix>(
            """
            [Model, Input(3), Dense(2), MeanSquaredError]
            public partial class Net{|MDL0026:()|};
            """,
            """
            [Model, Input(3), Dense(2), MeanSquaredError]
            public partial class Net;
            """);

    [Fact]
    public Task Nothing_is_offered_where_an_initializer_uses_a_parameter() =>
        Fix.OffersNothing<PrimaryConstructorFix>(
            """
            [Model, Input(3), Dense(2), MeanSquaredError]
            public partial class Net{|MDL0026:(string name)|}
            {
                public string Name { get; } = name;
            }
            """);
}
