using ModelDsl.CompilerServices;

namespace ModelDsl.Tests.EndToEnd;

/// <summary>Each public member says so where a second caller comes while the first one is not done.</summary>
[Collection(SharedThreads.Name)]
public sealed class SecondCallerTests
{
    private const string OneCaller = "expected one caller of this ";

    public static TheoryData<string> Members => [.. Calls.Keys];

    private static readonly Dictionary<string, Action<TwoTowersTwoHeads>> Calls = new()
    {
        ["Predict"] = model => model.Predict(SamplesOf(model)),
        ["ComputeLoss"] = model => Each(model, batch => model.ComputeLoss(batch.Samples, batch.Targets)),
        ["ComputeGradients"] = model => Each(model, batch => model.ComputeGradients(batch.Samples, batch.Targets)),
        ["GetInputBuffer"] = model => model.GetInputBuffer(1),
        ["Outputs"] = model => _ = model.Outputs,
        ["HeadLosses"] = model => _ = model.HeadLosses,
        ["KindHeadOutputs"] = model => _ = model.KindHeadOutputs,
        ["ForInference"] = model => model.ForInference(),
        ["Save"] = model => InAFile(path => model.Save(path)),
        ["ModelFile.Save"] = model => InAFile(path => ModelFile.Save(path, model)),
        ["ModelFile.Load"] = model => InAFile(path =>
        {
            new TwoTowersTwoHeads(seed: 2).Save(path);
            ModelFile.Load(path, model);
        }),
        ["Evaluate"] = model => new Trainer<TwoTowersTwoHeads>(model, new Sgd()).Evaluate(DataOf(model)),
        ["Fit"] = model => new Trainer<TwoTowersTwoHeads>(model, new Sgd()).Fit(DataOf(model)),
    };

    [Theory]
    [MemberData(nameof(Members))]
    public void While_a_thread_trains_another_is_refused_and_its_own_observer_is_not(string member)
    {
        var model = new TwoTowersTwoHeads(seed: 1);
        Action<TwoTowersTwoHeads> call = Calls[member];
        Exception? ofAnother = null, ofItself = null;
        var observer = new BatchObserver(() =>
        {
            ofAnother = OnAnotherThread(() => call(model));
            ofItself = Record.Exception(() => call(model));
        });
        new Trainer<TwoTowersTwoHeads>(model, new Sgd()).Fit(DataOf(model), observer: observer);
        Assert.StartsWith(OneCaller + "TwoTowersTwoHeads", Assert.IsType<InvalidOperationException>(ofAnother).Message);
        Assert.Null(ofItself);
        Assert.Null(OnAnotherThread(() => call(model)));
    }

    [Theory]
    [InlineData("Predict", true)]
    [InlineData("ComputeLoss", true)]
    [InlineData("ComputeGradients", true)]
    [InlineData("GetInputBuffer", true)]
    [InlineData("Outputs", true)]
    [InlineData("HeadLosses", true)]
    [InlineData("KindHeadOutputs", true)]
    [InlineData("Fit", true)]
    [InlineData("Evaluate", true)]
    [InlineData("ModelFile.Load", true)]
    [InlineData("ForInference", false)]
    [InlineData("Save", false)]
    public void While_a_thread_only_computes_others_may_only_read_the_parameters(string member, bool isRefused)
    {
        var model = new TwoTowersTwoHeads(seed: 1);
        using (((IModel)model).Hold(ModelAccess.Compute))
        {
            Exception? exception = OnAnotherThread(() => Calls[member](model));
            Assert.Equal(isRefused, exception is InvalidOperationException);
            Assert.Equal(isRefused, exception is not null);
        }
    }

    [Theory]
    [InlineData("Predict", false)]
    [InlineData("ComputeLoss", false)]
    [InlineData("ComputeGradients", true)]
    [InlineData("Evaluate", false)]
    [InlineData("Fit", true)]
    [InlineData("ModelFile.Load", true)]
    [InlineData("ForInference", false)]
    [InlineData("Save", false)]
    public void While_parameters_are_read_nobody_changes_them(string member, bool isRefused)
    {
        var model = new TwoTowersTwoHeads(seed: 1);
        using (((IModel)model).Hold(ModelAccess.Read))
        {
            Exception? exception = OnAnotherThread(() => Calls[member](model));
            Assert.Equal(isRefused, exception is InvalidOperationException);
            Assert.Equal(isRefused, exception is not null);
        }

        Assert.Null(OnAnotherThread(() => Calls[member](model)));
    }

    [Fact]
    public void Generator_is_refused_while_another_thread_trains_its_model_and_not_on_the_thread_that_trains()
    {
        var model = new BigramModel(seed: 1);
        TokenGenerator generator = model.CreateGenerator();
        Batch batch = Batch.Draw(model.Description, 4, seed: 1).First();
        Exception? ofAnother = null, ofItself = null;
        var observer = new BatchObserver(() =>
        {
            ofAnother = OnAnotherThread(() => generator.Append(1));
            ofItself = Record.Exception(() => generator.Append(1).Length);
        });
        new Trainer<BigramModel>(model, new Sgd()).Fit(DatasetLossTests.DatasetOf(model, batch), observer: observer);
        Assert.StartsWith(OneCaller + "BigramModel", Assert.IsType<InvalidOperationException>(ofAnother).Message);
        Assert.Null(ofItself);
        Assert.Null(OnAnotherThread(() => generator.Append(1)));
    }

    [Theory]
    [InlineData("Append")]
    [InlineData("AppendAll")]
    [InlineData("Next")]
    [InlineData("Generate")]
    [InlineData("Clear")]
    [InlineData("Logits")]
    public void Generator_refuses_a_second_caller_and_takes_the_next(string member)
    {
        TokenGenerator generator = null!;
        Exception? ofAnother = null, ofItself = null;
        Action? during = null;
        FloatSpan Step(FloatSpan token, FloatSpan arena, int position)
        {
            during?.Invoke();
            return arena.Slice(0, 3);
        }

        void Call()
        {
            _ = member switch
            {
                "Append" => generator.Append(1).Length,
                "AppendAll" => generator.Append([1, 2]).Length,
                "Next" => generator.Next(new TokenSampler()),
                "Generate" => generator.Generate([1], 1, new TokenSampler()).Count(),
                "Logits" => generator.Logits.Length,
                _ => Clear(),
            };
        }

        int Clear()
        {
            generator.Clear();
            return 0;
        }

        generator = new TokenGenerator(Step, vocabulary: 3, contextLength: 9, keptFloats: 0, arenaFloats: 16);
        generator.Append(0);
        during = () =>
        {
            during = null;
            ofAnother = OnAnotherThread(Call);
            ofItself = Record.Exception(Call);
        };
        generator.Append(0);
        Assert.StartsWith(OneCaller + "generator", Assert.IsType<InvalidOperationException>(ofAnother).Message);
        Assert.StartsWith(OneCaller + "generator", Assert.IsType<InvalidOperationException>(ofItself).Message);
        Assert.Null(OnAnotherThread(Call));
    }

    [Fact]
    public void Sampler_refuses_a_second_caller_and_takes_the_next()
    {
        var sampler = new TokenSampler();
        float[] logits = new float[50_000];
        string refused = OneCallerTests.UntilRefused(() => sampler.Sample(logits));
        Assert.StartsWith(OneCaller + "sampler", refused);
        Assert.InRange(sampler.Sample(logits), 0, logits.Length - 1);
    }

    [Fact]
    public void Copies_for_inference_are_made_by_several_threads_at_once_and_each_predicts_for_one()
    {
        var model = new MnistMlp(seed: 1);
        float[] samples = Batch.Draw(model.Description, 3, seed: 1).First().Samples;
        float[] expected = model.ForInference().Predict(samples).ToArray();
        float[][] results = new float[4][];
        Thread[] threads =
        [
            .. Enumerable.Range(0, results.Length).Select(i => new Thread(() =>
            {
                for (int round = 0; round < 20; round++)
                {
                    results[i] = model.ForInference().ForInference().Predict(samples).ToArray();
                }
            })),
        ];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.All(results, result => Assert.Equal(expected, result));
    }

    [Fact]
    public void The_next_call_of_the_same_model_overwrites_a_result_and_that_of_another_model_does_not()
    {
        var model = new SmallMlp(seed: 1);
        SmallMlp copy = model.ForInference();
        float[] samples = Batch.Draw(model.Description, 2, seed: 1).First().Samples;
        int half = samples.Length / 2;
        ReadOnlySpan<float> result = model.Predict(samples.AsSpan(0, half));
        float[] kept = result.ToArray();
        Assert.Null(OnAnotherThread(() => copy.Predict(samples.AsSpan(half))));
        Assert.Equal(kept, result);
        Assert.Null(OnAnotherThread(() => model.Predict(samples.AsSpan(half))));
        Assert.NotEqual(kept, result.ToArray());
        Assert.Equal(model.Outputs, result);
    }

    internal static Exception? OnAnotherThread(Action call)
    {
        Exception? exception = null;
        var thread = new Thread(() => exception = Record.Exception(call));
        thread.Start();
        thread.Join();
        return exception;
    }

    private static float[] SamplesOf(IModel model) => new float[model.Description.InputShape.Count];

    private static void Each(IModel model, Action<Batch> call)
    {
        foreach (Batch batch in Batch.Draw(model.Description, 1, seed: 1))
        {
            call(batch);
        }
    }

    private static Dataset DataOf(IModel model) => DatasetLossTests.DatasetOf(model, Batch.Draw(model.Description, 2, seed: 1).First());

    private static void InAFile(Action<string> use)
    {
        string path = Path.Join(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            use(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private sealed class BatchObserver(Action onFirstBatch) : ITrainingObserver
    {
        private bool _isCalled;

        public void OnBatchCompleted(in BatchResult result)
        {
            if (!_isCalled)
            {
                _isCalled = true;
                onFirstBatch();
            }
        }
    }
}
