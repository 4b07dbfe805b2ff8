namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class TokensHaveNoGradientTests
{
    [Fact]
    public Task Gradient_of_tokens_reports_MDL0118_at_the_argument() =>
        Diagnose.Reports(
            """
            [Model(InputGradient = {|MDL0118:true|})]
            [Input(5, Type = ElementType.Token), Embedding(9, 4), Flatten, Dense(2)]
            [SoftmaxCrossEntropy]
            public partial class Net;
            """,
            "'Net' asks for the gradient of its input, but all inputs are tokens, which have none: it gets Forward and "
                + "Backward, but no InputGradient");

    [Fact]
    public Task Gradient_of_tokens_only_in_several_inputs_reports_MDL0118() =>
        Diagnose.Reports(
            """
            [Block, Input(5, Type = ElementType.Token), Embedding(9, 4), GlobalAveragePool] public partial class Words;
            [Block, Input(3, Type = ElementType.Token), Embedding(7, 4), GlobalAveragePool] public partial class Tags;
            [Model(InputGradient = {|MDL0118:true|})]
            [Concat<Words, Tags>, Dense(2), SoftmaxCrossEntropy]
            public partial class Net;
            """,
            "'Net' asks for the gradient of its input, but all inputs are tokens, which have none: it gets Forward and "
                + "Backward, but no InputGradient");

    [Fact]
    public Task Gradient_of_numbers_or_of_numbers_beside_tokens_does_not_report_MDL0118() =>
        Diagnose.Silent(
            """
            [Model(InputGradient = true), Input(6), Dense(2), MeanSquaredError]
            public partial class Numbers;
            [Block, Input(5, Type = ElementType.Token), Embedding(9, 4), GlobalAveragePool] public partial class Words;
            [Block, Input(3), Dense(4)] public partial class Figures;
            [Model(InputGradient = true), Concat<Words, Figures>, Dense(2), SoftmaxCrossEntropy]
            public partial class Both;
            [Model(InputGradient = false), Input(5, Type = ElementType.Token), Embedding(9, 4), Flatten, Dense(2), MeanSquaredError]
            public partial class NotAsked;
            """);
}
