namespace ModelDsl.Tests.EndToEnd;

/// <summary>A copy for inference predicts what its model does, and nothing changes it.</summary>
[Collection(SharedThreads.Name)]
public class InferenceCopyTests
{
    public static TheoryData<string> Models => TestModelCatalog.Names;

    [Theory]
    [MemberData(nameof(Models))]
    public void Copy_predicts_what_its_model_does(string name)
    {
        IModel model = TestModelCatalog.Create(name, seed: 1);
        IModel copy = TestModelCatalog.ForInference(model);
        foreach (int batchSize in new[] { 1, 3, 17 })
        {
            Batch batch = Batch.Draw(model.Description, batchSize, seed: 2).First();
            float[] expected = model.Predict(batch.Samples).ToArray();
            float[] actual = copy.Predict(batch.Samples).ToArray();
            Assert.Equal(expected.Length, actual.Length);
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.Equal(expected[i], actual[i], 1e-4f * Math.Max(1f, Math.Abs(expected[i])));
            }
        }
    }

    [Fact]
    public void Copy_keeps_its_weights_while_the_model_learns()
    {
        var model = new MnistMlp(seed: 1);
        Batch batch = Batch.Draw(model.Description, 32, seed: 1).First();
        MnistMlp copy = model.ForInference();
        float[] before = copy.Predict(batch.Samples).ToArray();
        model.ComputeGradients(batch.Samples, batch.Targets);
        new Adam().Step(model.Parameters, model.Gradients);
        Assert.Equal(before, copy.Predict(batch.Samples).ToArray());
        Assert.Equal(before, copy.ForInference().Predict(batch.Samples).ToArray());
        Assert.NotEqual(before, model.ForInference().Predict(batch.Samples).ToArray());
    }

    [Fact]
    public void Copies_serve_threads_side_by_side()
    {
        var model = new MnistMlp(seed: 1);
        Batch batch = Batch.Draw(model.Description, 32, seed: 1).First();
        MnistMlp first = model.ForInference();
        float[] expected = first.Predict(batch.Samples).ToArray();
        MnistMlp[] copies = [.. Enumerable.Range(0, 4).Select(_ => first.ForInference())];
        Parallel.ForEach(copies, copy =>
        {
            for (int i = 0; i < 50; i++)
            {
                Assert.Equal(expected, copy.Predict(batch.Samples).ToArray());
            }
        });
    }

    [Fact]
    public void Copy_refuses_to_be_trained_or_changed()
    {
        SmallMlp copy = new SmallMlp(seed: 1).ForInference();
        Batch batch = Batch.Draw(copy.Description, 3, seed: 1).First();
        const string expected = "expected a SmallMlp that can be trained, got one from ForInference, which only predicts";
        Assert.Equal(expected, Assert.Throws<InvalidOperationException>(() => copy.ComputeGradients(batch.Samples, batch.Targets)).Message);
        Assert.Equal(expected, Assert.Throws<InvalidOperationException>(() => copy.Parameters.Length).Message);
        Assert.Equal(expected, Assert.Throws<InvalidOperationException>(() => copy.Gradients.Length).Message);
        Assert.Equal(expected, Assert.Throws<InvalidOperationException>(() => copy.Dense1Weight.Length).Message);
        Assert.Equal(expected, Assert.Throws<InvalidOperationException>(() => copy.Save("never written")).Message);
        Assert.False(File.Exists("never written"));
        Assert.True(copy.ComputeLoss(batch.Samples, batch.Targets) > 0f);
    }

    [Fact]
    public void Copy_allocates_nothing_after_its_first_prediction()
    {
        MnistMlp copy = new MnistMlp(seed: 1).ForInference();
        Batch batch = Batch.Draw(copy.Description, 8, seed: 1).First();
        copy.Predict(batch.Samples);
        long before = GC.GetAllocatedBytesForCurrentThread();
        copy.Predict(batch.Samples);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
