namespace ModelDsl.Analyzers.Tests.CallSites;

/// <summary>Puts statements into a method that has models, data and unknown values at hand.</summary>
internal static class CallSite
{
    private const string Models =
        """
        using System;
        using System.Collections.Generic;
        using System.Linq;

        [Model, Input(28, 28), Flatten, Dense(64), Relu, Dense(10), SoftmaxCrossEntropy]
        public partial class Mnist;

        [Model, Input(784), Dense(32), Tanh, MeanSquaredError]
        public partial class Encoder;

        [Model, Input(32), Dense(784), Sigmoid, MeanSquaredError]
        public partial class Decoder;

        [Model, Input(4, 16), Tanh, MeanSquaredError]
        public partial class Patches;

        [Model, Input(16), Dense(2), MeanSquaredError]
        public partial class Patch;

        [Model, Input(64), Dense(2), MeanSquaredError]
        public partial class Pair;

        public static class Images
        {
            public static int Classify([Shape(28, 28)] ReadOnlySpan<float> image) => image.Length;

            [return: Shape(28, 28)]
            public static float[] Load(string path) => new float[784];

            [Shape(28, 28)]
            public static float[] Template { get; set; } = new float[784];
        }
        """;

    /// <summary>The messages are reported at the marked places of the statements.</summary>
    public static Task Reports(string statements, params string[] messages) =>
        Diagnose.Reports(new Situation { Sources = [Models] }, Around(statements), messages);

    /// <summary>The statements are correct, and nothing is reported.</summary>
    public static Task IsSilent(string statements) =>
        Diagnose.Silent(new Situation { Sources = [Models] }, Around(statements));

    private static string Around(string statements) =>
        $$"""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;

        public static class Caller
        {
            public static void Run(
                Mnist mnist, Encoder encoder, Decoder decoder, Patches patches, Patch patch, Pair pair,
                float[] unknown, int count, bool condition)
            {
        {{statements}}
            }
        }
        """;
}
