using ModelDsl.Testing;

namespace ModelDsl.Runtime.Tests;

/// <summary>What the runtime says and writes is the same in a culture of another minus sign and other separators.</summary>
public sealed class ForeignCultureTests
{
    public static TheoryData<string> Names => [.. Mistakes.Keys];

    private static readonly Dictionary<string, Action> Mistakes = new()
    {
        ["learning rate"] = () => _ = new Adam { LearningRate = -1.5f },
        ["momentum"] = () => _ = new Sgd { Momentum = float.NegativeInfinity },
        ["temperature"] = () => _ = new TokenSampler { Temperature = -0.25f },
        ["top p"] = () => _ = new TokenSampler { TopP = -1.5f },
        ["validation split"] = () => Trainer().Fit(Labelled(), validationSplit: -0.5f),
        ["epochs"] = () => Trainer().Fit(Labelled(), epochs: -3),
        ["batch size"] = () => Trainer().Evaluate(Labelled(), batchSize: -3),
        ["split"] = () => Labelled().Split(1.5f, 1),
        ["label"] = () => Dataset.FromLabels(new Shape(1), [1f, 2f], [0, -7]),
        ["value"] = () => Dataset.FromValues(new Shape(1), [1f, float.NegativeInfinity], [1f, 2f]),
        ["class"] = () => _ = Trainer().Evaluate(Labelled()).Confusion![-1, 0],
        ["label of a loss"] = () => Compute(memory => SoftmaxCrossEntropyLoss.Evaluate(memory, (int[])[-5], 1, 3)),
        ["ignored label"] = () => Compute(
            memory => SoftmaxCrossEntropyLoss.Evaluate(memory, (int[])[5], 1, 3, ignoredLabel: -100)),
        ["probability"] = () => Compute(memory => BinaryCrossEntropyLoss.Evaluate(memory, (float[])[-1.5f], 1, 1)),
        ["class weight"] = () => Compute(memory => SoftmaxCrossEntropyLoss.Evaluate(memory, (int[])[0], 1, 1, [-2.5f])),
        ["sign"] = () => Compute(memory => HingeLoss.Evaluate(memory, (float[])[-1.5f], 1, 1)),
        ["size"] = () => Compute(memory => Softmax.Forward(memory, memory, -1, 3)),
        ["token"] = () => Compute(memory =>
        {
            memory[0] = -1.5f;
            Embedding.Forward(memory, memory, memory, 1, 2, 1, Epilogue.None);
        }),
        ["padding"] = () => Compute(memory => ImagePadding.Forward(memory, memory, 1, 1, 1, 1, -1, 0, 0, 0, 0f, Epilogue.None)),
        ["not finite"] = () => new Trainer<LinearModel>(Model(), new Sgd { LearningRate = 0.125f }).Fit(
            Dataset.FromLabels(new Shape(1), [float.MaxValue, float.MaxValue], [0, 1]), epochs: 5, batchSize: 1),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Message_is_that_of_every_culture(string name)
    {
        string expected = MessageOf(name);
        Assert.Equal(expected, ForeignCulture.Run(() => MessageOf(name)));
        Assert.DoesNotContain(ForeignCulture.Minus, expected);
    }

    [Fact]
    public void File_is_that_of_every_culture()
    {
        using var folder = new TemporaryFolder();
        string here = folder.Combine("here"), there = folder.Combine("there");
        ModelFile.Save(here, Model());
        ForeignCulture.Run(() =>
        {
            ModelFile.Save(there, Model());
            ModelFile.Load(there, Model());
            return 0;
        });
        Assert.Equal(File.ReadAllBytes(here), File.ReadAllBytes(there));
    }

    private static string MessageOf(string name)
    {
        Exception? exception = Record.Exception(Mistakes[name]);
        Assert.NotNull(exception);
        return exception.Message;
    }

    private static LinearModel Model() => new(new Shape(1), 2, LossKind.SoftmaxCrossEntropy, seed: 1);

    private static Trainer<LinearModel> Trainer() => new(Model(), new Sgd());

    private static Dataset Labelled() => Dataset.FromLabels(new Shape(1), [1f, 2f], [0, 1]);

    private static void Compute(Action<FloatSpan> kernel)
    {
        AlignedMemory memory = new(16);
        kernel(memory.FloatSpan);
        GC.KeepAlive(memory);
    }
}
