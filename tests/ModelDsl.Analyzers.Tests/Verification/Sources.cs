namespace ModelDsl.Analyzers.Tests.Verification;

/// <summary>Models that many tests need, and models of which only the layers matter.</summary>
internal static class Sources
{
    /// <summary>A model that breaks no rule.</summary>
    public const string Plain =
        """
        [Model, Input(3), Dense(2), MeanSquaredError]
        public partial class Regression;
        """;

    /// <summary>One with a block.</summary>
    public const string WithBlock =
        """
        [Block, Dense(4), Tanh]
        public partial class Think;

        [Model, Input(4), Residual<Think>, MeanSquaredError]
        public partial class Regression;
        """;

    /// <summary>A model with the mean squared error.</summary>
    public static string Regression(string layers) =>
        $"[Model, {layers}, MeanSquaredError]\npublic partial class Regression;";

    /// <summary>A model whose layers end in its loss.</summary>
    public static string Net(string layers) => $"[Model, {layers}]\npublic partial class Net;";
}
