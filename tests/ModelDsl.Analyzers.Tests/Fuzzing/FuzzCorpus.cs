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
                var data = Dataset.FromValues(new Shape(12), x, new float[1]);
                new Trainer<Shaped>(shaped, new Adam { LearningRate = 0.1f }).Fit(data, epochs: 1);
                System.Func<float[], float> f = z => shaped.Predict(z[..12])[0];
                return shaped.Predict(y)[0] + f([.. x, 1f]);
            }
        }
        """,
        """
        [Model]
        [Input(8, 8, 3), Conv2D(4, 3, Padding = Padding.Same, UseBias = false), BatchNorm, Relu, MaxPool2D(2)]
        [DepthwiseConv2D(3, Padding = Padding.Same), Conv2D(6, 1), GroupNorm(2), Mish, SpatialDropout(0.1f)]
        [ConvTranspose2D(4, 2, Stride = 2), HardSwish, AvgPool2D(2), Pad(1), Upsample(2, Interpolation = Interpolation.Bilinear)]
        [GlobalAveragePool, Dense(3), SoftmaxCrossEntropy]
        public partial class Convnet;
        """,
        """
        [Block, LayerNorm, SelfAttention(Heads = 2, Causal = true)] public partial class Attend;
        [Block, RmsNorm, Dense(12), Gelu, Dense(6, Frozen = true)] public partial class Feed;
        [Block, Residual<Attend>, Residual<Feed>] public partial class Decoder;
        [Model, Input(5, Type = ElementType.Token), Embedding(9, 6), PositionEmbedding(Deviation = 0.1f), Dropout(0.1f)]
        [Repeat<Decoder>(2), LayerNorm(Epsilon = 1e-3f), Dense(9), SoftmaxCrossEntropy]
        public partial class Transformer;
        """,
        """
        [Block(Shared = true), RmsNorm, SelfAttention(Heads = 2, Causal = true, Rotary = true, RotaryBase = 500f)] public partial class Attend;
        [Block, Residual<Attend>] public partial class Decoder;
        [Model, Input(5, Type = ElementType.Token, Padding = 0), Embedding(9, 8), SinusoidalPosition]
        [Repeat<Decoder>(4, Shared = true), Dense(9, UseBias = false, TiedTo = "embedding1"), SoftmaxCrossEntropy]
        public partial class Albert;
        public static class Storyteller
        {
            public static int Tell(Albert model)
            {
                TokenGenerator generator = model.CreateGenerator();
                generator.Append([1, 2]);
                return generator.Next(new TokenSampler(seed: 1) { TopK = 3 });
            }
        }
        """,
        """
        [Model, Input(8, 2, Sequence = true), Conv1D(4, 3, Causal = true), Elu(0.5f), Selu, Conv1D(4, 2, Stride = 2)]
        [Softplus, LogSoftmax, Activation<Squash>, MeanAbsoluteError]
        public partial class Signal;
        public readonly struct Squash : ModelDsl.Extensibility.IActivation
        {
            public static bool DerivativeUsesOutput => true;
            public TVector Forward<TVector>(TVector x)
                where TVector : struct, ModelDsl.Extensibility.ISimdVector<TVector> => x * x;
            public TVector Derivative<TVector>(TVector y)
                where TVector : struct, ModelDsl.Extensibility.ISimdVector<TVector> => y + y;
        }
        """,
        """
        [Model, Input(2, 3, Sequence = true), Dense(4), Contrastive(2f)] public partial class Pairs;
        [Model, Input(3), Dense(4), LogSoftmax, KullbackLeibler(Weight = 0.5f)] public partial class Divergence;
        [Model, Input(3), Dense(2, WeightL2 = 1e-3f), Prelu(PerChannel = true), ActivityRegularization(L1 = 0.1f), Huber(0.1f)] public partial class Robust;
        [Model, Input(3), Dense(2), SoftmaxCrossEntropy(ClassWeights = [1, 2f], LabelSmoothing = 0.1f, IgnoredLabel = -1)]
        public partial class Weighted;
        [Model, Input(3), Dense(2), BinaryCrossEntropy(PositiveWeights = new[] { 3f })] public partial class Rare;
        """,
        """
        [Block, Gru(3)] public partial class Forwards;
        [Block, Gru(3, GoBackwards = true, UseBias = false)] public partial class Backwards;
        [Model, Input(9, 4, Sequence = true), Concat<Forwards, Backwards>, Lstm(5, Unroll = Unrolling.Always)]
        [SimpleRnn(4, Activation = RecurrentActivation.Relu, ReturnSequences = false), Dense(2), SoftmaxCrossEntropy]
        public partial class Recurrent;
        """,
        """
        [Block, Input(2, 2), Flatten, Dense(3), Relu] public partial class PictureTower;
        [Block, Input(3, Type = ElementType.Token), Embedding(5, 2), Flatten] public partial class WordsTower;
        [Block, Dense(4), SoftmaxCrossEntropy(Weight = 0.3f)] public partial class KindHead;
        [Block, Dense(2), MeanSquaredError] public partial class PlaceHead;
        [Model, Concat<PictureTower, WordsTower>, Dense(2), Outputs<KindHead, PlaceHead>] public partial class Both;
        public static class Asker
        {
            public static float Ask(Both both, float[] picture, int[] words) => both.Predict(picture, words)[0] + both.Outputs[0];
        }
        """,
        """
        [Block, Dense(4 // wide
        ), Tanh /* a
        line */] public partial class Inner;
        [Model, Input(4), Dense(
        #if DEBUG
        7
        #else
        4
        #endif
        ), Residual<
        #region inner
        Inner
        #endregion
        >, Dense(3, Name = @"String"), Dense(3, Name = $"{nameof(Inner)}"), SoftmaxCrossEntropy(IgnoredLabel = -100)] public partial class Commented;
        """,
        """
        [Block, Dense(4), Tanh] public partial class Again;
        [Model, Input(4), Residual<Again>, Dense(4, Name = "residual1_dense2"), Dense(4, Name = "Dense2Weight"), Dense(4), MeanSquaredError]
        public partial class Meeting
        {
            public Meeting(string name) : this(1UL) => Name = name;
            public string Name { get; }
            public float HeadLosses => 1f;
            public float Infer_Repeat1 => 2f;
        }
        """,
        """
        namespace @event.@in
        {
            [Block, Input(2), Dense(3)] public partial class Tower;
            [Block, Input(2), Dense(3, Name = "Int")] public partial class Tower1;
            [Model, Concat<Tower, Tower1, Tower>, Dense(1), MeanSquaredError] public partial class Towers
            {
                public float @class => 1f;
                public float JoinInputs(float @params) => @params;
            }
        }
        """,
        """
        [Model, Input(8, 8, 3), SoftmaxCrossEntropy]
        public partial class Crossed
        {
            private static readonly int[] Widths = [4, 6];
            private static Tensor Forward(Tensor image)
            {
                Tensor fine = image.Conv2D(4, 3, padding: Padding.Same).Relu(), coarse = fine.MaxPool2D(2).Block<Trunk>();
                foreach (int width in Widths)
                {
                    coarse = Widened(coarse, width, "w");
                }

                for (int i = 0; i < 2; i++)
                {
                    if (i % 2 == 0 && Widths.Length > 1) { fine = fine.Residual<Trunk>(); continue; }
                    fine = fine.Conv2D(6, 3, padding: Padding.Same, useBias: i > 3);
                }

                (Tensor, Tensor) both = (fine.GlobalAveragePool(), coarse.GlobalAveragePool());
                (Tensor a, Tensor b) = both;
                return Last(a.Sum<Left, Right>().Tanh().Block<Join>(b));
                static Tensor Last(Tensor x) => x.Dense(units: (int)System.Math.Max(2.0, 3.0), name: $"last{1}");
            }

            private static Tensor Widened(Tensor x, int filters, string name, bool isDeep = true) =>
                isDeep ? x.Conv2D(filters, 1, name: name + filters).Elu(0.5) : x;
        }
        [Block, Conv2D(4, 3, Padding = Padding.Same), BatchNorm, Relu] public partial class Trunk;
        [Block] public partial class Left { private static Tensor Forward(Tensor x) => x.Block<Right>().Block<Right>(); }
        [Block, Dense(6), Silu] public partial class Right;
        [Block] public partial class Join { static Tensor Forward(Tensor x, Tensor y) { Tensor unused = x; return y.Dense(3); } }
        """,
    ];
}
