namespace ModelDsl.Generator.Tests.Methods;

/// <summary>
/// Models of methods, compiled and run: their gradients, their memory, and beside the same model as attributes.
/// </summary>
public sealed class MethodModelTests
{
    private const int Batch = 3;

    private static readonly Dictionary<string, string> Sources = new(StringComparer.Ordinal)
    {
        ["Pyramid"] =
            """
            [Model, Input(6, 6, 2), MeanSquaredError]
            public partial class Net
            {
                private static Tensor Forward(Tensor image)
                {
                    Tensor fine = image.Conv2D(5, 3, padding: Padding.Same).Tanh();
                    Tensor coarse = fine.AvgPool2D(2).Block<Trunk>();
                    Tensor merged = fine + coarse.Upsample(2);
                    merged *= merged.GlobalAveragePool().Dense(3).Silu().Dense(5).Sigmoid().Reshape(1, 1, 5);
                    return (merged.GlobalAveragePool(), coarse.GlobalAveragePool()).Concat().Dense(3);
                }
            }

            [Block, Conv2D(5, 3, Padding = Padding.Same), Tanh]
            public partial class Trunk;
            """,
        ["Parameters"] =
            """
            [Model, Input(7), Residual<SwiGlu>, Repeat<LowRank>(3), Dense(3), MeanSquaredError]
            public partial class Net;

            [Block]
            public partial class LowRank
            {
                private static Tensor Forward(
                    Tensor x,
                    [Parameter(7, 2)] Tensor down,
                    [Parameter(2, 7)] Tensor up,
                    [Parameter(1, Initial = 1)] Tensor scale,
                    [Parameter(7, Initializer = Initializer.Normal, Deviation = 0.5)] Tensor shift)
                    => x + scale * x.MatMul(down).MatMul(up) - shift;
            }

            [Block]
            public partial class SwiGlu
            {
                private static Tensor Forward(Tensor x)
                {
                    (Tensor value, Tensor gate) = x.Dense(2 * 5).Split(2);
                    return (value * gate.Silu()).Dense(7);
                }
            }
            """,
        ["Normalised"] =
            """
            [Model, Input(5, 6, Sequence = true), MeanSquaredError]
            public partial class Net
            {
                private static Tensor Forward(Tensor x, [Parameter(6, Initial = 1)] Tensor gain)
                {
                    Tensor centred = x - x.Mean([-1], keepDimensions: true);
                    Tensor normal = centred / (x.Variance([-1], keepDimensions: true) + 1e-3).Sqrt() * gain;
                    Tensor attended = normal.Dense(6).Attention(normal.Dense(6), normal.Dense(6), heads: 2);
                    Tensor pooled = Tensor.Concat(
                        [attended[^1], attended[0], attended[1..3].Mean(0), attended.Transpose(1, 0).Sum(1)]);
                    Tensor chosen = Tensor.Where(pooled > 0, 0.5, pooled) - Tensor.Where(pooled < -0.2, pooled, 0.1).Maximum(-1);
                    return (pooled + chosen).Tanh().Dense(3) - 2 * pooled.LogSumExp().Exp().Log();
                }
            }
            """,
        ["Decoder"] =
            """
            [Model, Input(8, 4, Sequence = true), MeanSquaredError]
            public partial class Net
            {
                private static Tensor Forward(Tensor x)
                {
                    Tensor memory = x[..5].Dense(4).Tanh();
                    Tensor y = x[5..];
                    for (int layer = 0; layer < 3; layer++)
                    {
                        y += y.Block<Cross>(memory);
                    }

                    return y.Dense(3)[^1];
                }
            }

            [Block]
            public partial class Cross
            {
                private static Tensor Forward(Tensor x, Tensor memory) =>
                    x.LayerNorm().Dense(4).Attention(memory.Dense(4), memory.Dense(4), heads: 2).Dense(4);
            }
            """,
        ["Patches"] =
            """
            [Model, Input(8, 8, 1), MeanSquaredError]
            public partial class Net
            {
                private static Tensor Forward(Tensor image)
                {
                    Tensor steps = image.Conv2D(6, 4, stride: 4).ToSequence().PositionEmbedding();
                    steps = steps.Residual<Attend>().LayerNorm();
                    Tensor scores = steps.MatMul(steps, transposeRight: true).Softmax(-2);
                    return scores.MatMul(steps).Mean(0).Dense(3);
                }
            }

            [Block, LayerNorm, SelfAttention(Heads = 2)]
            public partial class Attend;
            """,
        ["Inputs"] =
            """
            [Model, Input(5, Type = ElementType.Token, Padding = 0), Input(4, 3, Sequence = true), Input(2)]
            [Input(5, Type = ElementType.Token, Padding = 2), MeanSquaredError]
            public partial class Net
            {
                private static Tensor Forward(Tensor words, Tensor signal, Tensor scale, Tensor others)
                {
                    Tensor read = words.Embedding(4, 6).SelfAttention(heads: 2);
                    Tensor more = others.Embedding(4, 6).SelfAttention(heads: 2);
                    Tensor heard = signal.Dense(6).SelfAttention(heads: 3);
                    Tensor both = heard.Attention(read, more, heads: 2) + heard;
                    return (both[^1], scale).Concat().Dense(3);
                }
            }
            """,
        ["Padded keys"] =
            """
            [Model, Input(5, Type = ElementType.Token, Padding = 0), Input(4, Type = ElementType.Token)]
            [MeanSquaredError]
            public partial class Net
            {
                private static Tensor Forward(
                    Tensor words,
                    Tensor others,
                    [Parameter(5)] Tensor mask,
                    [Parameter(4, 5)] Tensor maskOfQueries)
                {
                    Tensor memory = words.Embedding(4, 6).SelfAttention(heads: 2);
                    Tensor x = others.Embedding(4, 6);
                    x += x.Attention(memory, memory, mask, heads: 3);
                    x += x.Attention(memory, memory, maskOfQueries);
                    Tensor own = x.MatMul(memory, transposeRight: true);
                    return x.Attention(memory, memory, own, heads: 2).SelfAttention()[^1].Dense(3);
                }
            }
            """,
    };

    public static TheoryData<string> Names => [.. Sources.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_are_the_slopes_of_the_loss(string name)
    {
        IModel model = Create(Sources[name], "Planned");
        (float[] samples, float[] targets) = Draw(model);
        Loss(model, samples, targets, gradients: true);
        float[] gradients = model.Gradients.ToArray();
        float[] parameters = model.Parameters.ToArray();
        var random = new Random(5);
        for (int direction = 0; direction < 6; direction++)
        {
            double[] way = [.. parameters.Select(_ => (random.NextDouble() * 2) - 1)];
            double length = Math.Sqrt(way.Sum(x => x * x));
            const double Step = 2e-2;
            double slope = 0;
            foreach (double sign in (double[])[1, -1])
            {
                for (int i = 0; i < parameters.Length; i++)
                {
                    model.Parameters[i] = (float)(parameters[i] + (sign * Step * way[i] / length));
                }

                slope += sign * Loss(model, samples, targets, gradients: false) / (2 * Step);
            }

            double derivative = gradients.Zip(way, (gradient, x) => gradient * x).Sum() / length;
            double scale = Math.Sqrt(gradients.Sum(x => (double)x * x)) / Math.Sqrt(parameters.Length);
            Assert.InRange(slope, derivative - (0.03 * Math.Abs(derivative)) - (0.03 * scale), derivative + (0.03 * Math.Abs(derivative)) + (0.03 * scale));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Planned_memory_gives_the_bits_of_separate_memory(string name)
    {
        float[][] results =
        [
            .. ((string[])["Planned", "Separate", "Poisoned"]).Select(mode =>
            {
                IModel model = Create(Sources[name], mode);
                (float[] samples, float[] targets) = Draw(model);
                float loss = Loss(model, samples, targets, gradients: true);
                float[] gradients = model.Gradients.ToArray();
                return (float[])[loss, .. gradients, Loss(model, samples, targets, gradients: false)];
            }),
        ];
        Assert.Equal(results[1], results[0]);
        Assert.Equal(results[1], results[2]);
    }

    [Fact]
    public void Method_gives_the_bits_of_the_same_layers_as_attributes()
    {
        IModel method = Create(
            """
            [Model, Input(4), MeanSquaredError]
            public partial class Net
            {
                private static Tensor Forward(Tensor x) => x.Dense(8).Relu().Residual<Inner>().Dense(3, useBias: false);
            }

            [Block]
            public partial class Inner
            {
                private static Tensor Forward(Tensor x) => x.Dense(8, weightInitializer: Initializer.HeNormal).Gelu();
            }
            """,
            "Planned");
        IModel attributes = Create(
            """
            [Model, Input(4), Dense(8), Relu, Residual<Inner>, Dense(3, UseBias = false), MeanSquaredError]
            public partial class Net;

            [Block, Dense(8, WeightInitializer = Initializer.HeNormal), Gelu]
            public partial class Inner;
            """,
            "Planned");
        (float[] samples, float[] targets) = Draw(method);
        Assert.Equal(attributes.Parameters, method.Parameters);
        Assert.Equal(attributes.Description.Parameters.Select(parameter => parameter.Name), method.Description.Parameters.Select(parameter => parameter.Name));
        Assert.Equal(Loss(attributes, samples, targets, gradients: true), Loss(method, samples, targets, gradients: true));
        Assert.Equal(attributes.Gradients, method.Gradients);
    }

    [Fact]
    public void Inputs_of_a_method_are_taken_by_the_names_of_its_parameters()
    {
        IModel model = Create(Sources["Inputs"], "Planned");
        string[] names = ["words", "signal", "scale", "others"];
        Assert.Equal(names, model.Description.Inputs.Select(input => input.Name));
        Assert.Equal(
            names, model.GetType().GetMethod("JoinSamples")!.GetParameters().Select(parameter => parameter.Name));
    }

    [Fact]
    public void Padding_of_an_input_changes_its_own_steps_alone()
    {
        const string Source =
            """
            [Model, Input(4, Type = ElementType.Token, Padding = 0), Input(4, Type = ElementType.Token)]
            [MeanSquaredError]
            public partial class Net
            {
                private static Tensor Forward(Tensor left, Tensor right) => (Read(left), Read(right)).Concat();

                private static Tensor Read(Tensor tokens) => tokens.Embedding(3, 4).SelfAttention()[^1];
            }
            """;
        IModel model = Create(Source, "Planned");
        IModel without = Create(Source.Replace(", Padding = 0", "", StringComparison.Ordinal), "Planned");
        float[] sample = [0, 0, 1, 2, 0, 0, 1, 2];
        float[] padded = model.Predict(sample).ToArray();
        float[] whole = without.Predict(sample).ToArray();
        Assert.Equal(whole[4..], padded[4..]);
        Assert.NotEqual(whole[..4], padded[..4]);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData(", mask", ", [Parameter(4, Initial = 0.5)] Tensor mask")]
    [InlineData(", mask", ", [Parameter(3, 4, Initial = 0.5)] Tensor mask")]
    [InlineData(", x.MatMul(memory, transposeRight: true)", "")]
    public void Attention_does_not_see_keys_that_are_padding(string mask, string parameter)
    {
        IModel model = Create(
            $$"""
            [Model, Input(4, Type = ElementType.Token, Padding = 0), Input(3, Type = ElementType.Token)]
            [MeanSquaredError]
            public partial class Net
            {
                private static Tensor Forward(Tensor words, Tensor others{{parameter}})
                {
                    Tensor memory = words.Embedding(3, 4), x = others.Embedding(3, 4);
                    return x.Attention(memory, memory.Dense(4){{mask}}).Flatten();
                }
            }
            """,
            "Planned");
        float[] padded = [1, 0, 2, 0, 1, 2, 0], whole = [1, 1, 2, 1, 1, 2, 0];
        float[] before = model.Predict(padded).ToArray(), wholeBefore = model.Predict(whole).ToArray();
        Assert.NotEqual(before, wholeBefore);

        // The vector of the padding, which is the first one of the words' embedding.
        ParameterDescription embedding = model.Description.Parameters.Single(one => one.Name == "embedding1.weight");
        model.Parameters.Slice(embedding.Offset, 4).Fill(3f);
        Assert.Equal(before, model.Predict(padded).ToArray());
        Assert.Equal(wholeBefore, model.Predict(whole).ToArray());
    }

    [Theory]
    [InlineData("x.Attention(memory, memory)")]
    [InlineData("x.Block<Cross>(memory)")]
    [InlineData("(x + x.Block<Cross>(memory))")]
    public void Steps_that_ask_a_padded_sequence_have_no_padding_of_their_own(string asked)
    {
        string source =
            $$"""
            [Model, Input(4, Type = ElementType.Token, Padding = 0), Input(4, Type = ElementType.Token)]
            [MeanSquaredError]
            public partial class Net
            {
                private static Tensor Forward(Tensor words, Tensor others)
                {
                    Tensor memory = words.Embedding(3, 4), x = others.Embedding(3, 4);
                    return {{asked}}.SelfAttention()[0];
                }
            }

            [Block]
            public partial class Cross
            {
                private static Tensor Forward(Tensor x, Tensor memory) => x.Attention(memory, memory);
            }
            """;
        IModel model = Create(source, "Planned");
        float[] one = [1, 2, 0, 0, 1, 2, 0, 1], other = [1, 2, 0, 0, 1, 2, 0, 2];
        Assert.NotEqual(model.Predict(one).ToArray(), model.Predict(other).ToArray());
    }

    [Fact]
    public void Parameters_of_a_method_are_named_as_in_the_method() =>
        Assert.Equal(
            [
                "residual1.dense1.weight", "residual1.dense1.bias", "residual1.dense2.weight", "residual1.dense2.bias",
                "repeat1.0.down", "repeat1.0.up", "repeat1.0.scale", "repeat1.0.shift",
            ],
            Create(Sources["Parameters"], "Planned").Description.Parameters.Take(8).Select(parameter => parameter.Name));

    [Theory]
    [InlineData("int left = 3; while (left-- > 0) { x = x.Dense(2); }", 3)]
    [InlineData("int left = 3; while (--left > 0) { x = x.Dense(2); }", 2)]
    [InlineData("for (int i = 0; i++ < 4;) { x = x.Dense(i); }", 4)]
    [InlineData("int[] widths = [1, 2]; int next = 0; x = x.Dense(widths[next++]).Dense(widths[next]);", 2)]
    public void Counting_behind_a_variable_gives_what_was_there_before(string body, int layers) =>
        Assert.Equal(layers + 1, Layers(body).Count(layer => layer.StartsWith("dense", StringComparison.Ordinal)));

    // Without features the steps are elements of a vector, as other layers take it.
    [Fact]
    public void One_feature_of_all_steps_is_a_vector() =>
        Assert.Contains("layerNorm1", Layers("x = x.Reshape(2, 2).ToSequence().Select(0, 1).LayerNorm();"));

    private static IEnumerable<string> Layers(string body) => Create(
        $$"""
        [Model, Input(4), MeanSquaredError]
        public partial class Net
        {
            private static Tensor Forward(Tensor x)
            {
                {{body}}
                return x.Dense(3);
            }
        }
        """,
        "Planned").Description.Layers.Select(layer => layer.Name);

    private static IModel Create(string source, string mode) =>
        (IModel)Activator.CreateInstance(TestCompiler.Load("#pragma warning disable CS1591\n" + source, mode).GetType("Net")!, 7UL)!;

    private static (float[] Samples, float[] Targets) Draw(IModel model)
    {
        var random = new Random(3);
        bool[] areTokens =
        [
            .. model.Description.Inputs.SelectMany(
                input => Enumerable.Repeat($"{input.Type}" == "Token", input.Shape.Count)),
        ];
        return (
            [.. Enumerable.Range(0, Batch * model.Description.InputShape.Count).Select(Element)],
            [.. Enumerable.Range(0, Batch * 3).Select(_ => (float)random.NextDouble())]);

        float Element(int number) => areTokens.ElementAtOrDefault(number % Math.Max(1, areTokens.Length))
            ? random.Next(4)
            : (float)(random.NextDouble() - 0.5) * 2;
    }

    private static float Loss(IModel model, float[] samples, float[] targets, bool gradients) => gradients
        ? model.ComputeGradients(samples, targets)
        : model.ComputeLoss(samples, targets);
}
