namespace ModelDsl.Analyzers.Tests.Fixes;

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
