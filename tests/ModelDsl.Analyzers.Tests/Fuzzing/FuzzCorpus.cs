namespace ModelDsl.Analyzers.Tests.Fuzzing;

/// <summary>Correct programs that use every layer, blocks, and models in all kinds of places.</summary>
internal static class FuzzCorpus
{
    public static readonly string[] Programs =
    [
        """
        [Model]
        [Input(4, 3), Flatten]
        [Dense(8), Relu, Dropout(0.2f)]
        [Dense(8, UseBias = false, Name = "middle"), LeakyRelu(0.1f), Dropout(0.2f)]
        [Dense(3)]
        [SoftmaxCrossEntropy]
        public partial class Classifier;
        """,
        """
        namespace Models
        {
            public partial class Outer<T>
            {
                /// <summary>A regression.</summary>
                [Model(MaxParameters = 100), Input(3), Dense(1, WeightInitializer = Initializer.Zeros), MeanSquaredError]
                internal sealed partial class Regression
                {
                    public Regression(string name) : this(42UL) => Name = name;
                    public string Name { get; }
                    public float Ask(float[] x) => Predict(x)[0];
                }
            }
        }
        """,
        """
        [Block, Dense(4), Tanh] public partial class Think;
        [Block, Residual<Think>, Sigmoid] public partial class Layer;
        [Model, Input(4), Repeat<Layer>(2), Sum<Think, Layer>, Concat<Think, Think>, Dense(4)]
        [Multiply<Layer, Think>]
        [Dense(2), Gelu(Approximate = true), Silu, Hinge]
        public partial class Composed;
        """,
        """
        [Model, Input(12), Reshape(3, -1), Softmax, Flatten, Dense(1), BinaryCrossEntropy]
        public partial class Shaped;
        [Model, Input(6, 2, Sequence = true), Dense(3), Tanh, MeanSquaredError]
        public partial class Steps;
        public static class Caller
        {
            public static float Use(Shaped shaped, [Shape(12)] float[] x)
            {
                System.Span<float> y = stackalloc float[12];
                for (int i = 0; i < 12; i++) { y[i] = x[i]; }
                var data = Dataset.FromValues(new Shape(12), x, x);
                new Trainer<Shaped>(shaped, new Adam { LearningRate = 0.1f }).Fit(data, epochs: 1);
                System.Func<float[], float> f = z => shaped.Predict(z[..12])[0];
                return shaped.Predict(y)[0] + f([.. x, 1f]);
            }
        }
        """,
    ];
}
