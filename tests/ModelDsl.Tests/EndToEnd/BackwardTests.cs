using System.Runtime.InteropServices;
using ModelDsl.Compositions;

namespace ModelDsl.Tests.EndToEnd;

/// <summary>Forward and backward passes that are called one by one.</summary>
[Collection(SharedThreads.Name)]
public sealed class BackwardTests
{
    [Fact]
    public void Backward_without_Forward_is_refused()
    {
        IDifferentiableModel model = DifferentiableModels.Create("SmallMlp", seed: 1);
        var exception = Assert.Throws<InvalidOperationException>(() => model.Backward(new float[4]));
        Assert.Contains("expected Forward of SmallMlp before each Backward", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Second_Backward_of_one_Forward_is_refused()
    {
        IDifferentiableModel model = DifferentiableModels.Create("SmallMlp", seed: 1);
        float[] gradient = new float[model.Forward(Samples(model, 3)).Length];
        model.Backward(gradient);
        Assert.Throws<InvalidOperationException>(() => model.Backward(gradient));
    }

    [Fact]
    public void Another_batch_between_Forward_and_Backward_is_refused()
    {
        IDifferentiableModel model = DifferentiableModels.Create("SmallMlp", seed: 1);
        float[] samples = Samples(model, 3);
        Batch batch = Batch.Draw(model.Description, 3, seed: 1).First();
        Action[] others =
        [
            () => model.Predict(samples), () => model.ComputeLoss(batch.Samples, batch.Targets), () => model.GetInputBuffer(3),
        ];
        foreach (Action other in others)
        {
            float[] gradient = new float[model.Forward(samples).Length];
            other();
            var exception = Assert.Throws<InvalidOperationException>(() => model.Backward(gradient));
            Assert.Contains("another batch was loaded in between", exception.Message, StringComparison.Ordinal);
        }

        float[] once = new float[model.Forward(samples).Length];
        model.ComputeGradients(batch.Samples, batch.Targets);
        Assert.Throws<InvalidOperationException>(() => model.Backward(once));
    }

    [Fact]
    public void Gradient_of_another_length_is_refused_and_the_call_can_be_repeated()
    {
        IDifferentiableModel model = DifferentiableModels.Create("SmallMlp", seed: 1);
        int length = model.Forward(Samples(model, 3)).Length;
        foreach (int wrong in (int[])[0, length - 1, length + 1, length / 3])
        {
            var exception = Assert.Throws<ArgumentException>(() => model.Backward(new float[wrong]));
            Assert.Contains($"expected a gradient of {length} values", exception.Message, StringComparison.Ordinal);
            Assert.Contains($"got {wrong}", exception.Message, StringComparison.Ordinal);
        }

        model.Backward(new float[length]);
    }

    [Fact]
    public void Call_that_is_refused_leaves_the_pass_open()
    {
        IDifferentiableModel model = DifferentiableModels.Create("SmallMlp", seed: 1);
        float[] gradient = new float[model.Forward(Samples(model, 3)).Length];
        Assert.Throws<ArgumentException>(() => model.Predict(new float[1]));
        model.Backward(gradient);
    }

    [Fact]
    public void Input_gradient_without_a_backward_pass_is_refused()
    {
        IDifferentiableModel model = DifferentiableModels.Create("SmallMlp", seed: 1);
        AssertNone();
        float[] samples = Samples(model, 2);
        float[] gradient = new float[model.Forward(samples).Length];
        AssertNone();
        model.Backward(gradient);
        Assert.Equal(samples.Length, model.InputGradient.Length);
        model.Predict(samples);
        AssertNone();

        void AssertNone() => Assert.Contains(
            "the last batch had no backward pass",
            Assert.Throws<InvalidOperationException>(() => model.InputGradient.Length).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Copy_for_inference_has_no_passes_of_training()
    {
        var copy = (IDifferentiableModel)TestModelCatalog.ForInference(DifferentiableModels.Create("SmallMlp", seed: 1));
        Assert.Throws<InvalidOperationException>(() => copy.Forward(Samples(copy, 1)).Length);
        Assert.Throws<InvalidOperationException>(() => copy.Backward([]));
        Assert.Throws<InvalidOperationException>(() => copy.InputGradient.Length);
    }

    [Fact]
    public void Tokens_have_no_gradient_but_the_model_has_both_passes()
    {
        IDifferentiableModel model = DifferentiableModels.Create("EmbeddingFlattened", seed: 1);
        Batch batch = Batch.Draw(model.Description, 3, seed: 1).First();
        float[] gradient = [.. Enumerable.Range(1, model.Forward(batch.Samples).Length).Select(i => (float)i)];
        model.Backward(gradient);
        Assert.Contains(model.Gradients.ToArray(), value => value != 0);
        var exception = Assert.Throws<InvalidOperationException>(() => model.InputGradient.Length);
        Assert.Contains("tokens, which have no gradient", exception.Message, StringComparison.Ordinal);
        Assert.Null(model.GetType().GetProperty("InputGradient"));
    }

    [Theory]
    [InlineData("SmallMlp")]
    [InlineData("SmallLeNet")]
    [InlineData("LstmUnrolled")]
    public void Gradients_add_up_over_calls_when_asked(string name)
    {
        IDifferentiableModel model = DifferentiableModels.Create(name, seed: 1);
        float[][] gradients = [.. new[] { 3, 5 }.Select(Alone)];
        Pass(3, accumulate: false);
        Pass(5, accumulate: true);
        Assert.Equal(gradients[0].Zip(gradients[1], (one, other) => one + other), model.Gradients.ToArray());
        Pass(5, accumulate: false);
        Assert.Equal(gradients[1], model.Gradients.ToArray());

        float[] Alone(int size)
        {
            Pass(size, accumulate: false);
            return model.Gradients.ToArray();
        }

        void Pass(int size, bool accumulate)
        {
            model.TrainingStep = size;
            int length = model.Forward(Samples(model, size)).Length;
            model.Backward([.. Enumerable.Range(0, length).Select(i => (float)Math.Sin(i))], accumulate);
        }
    }

    [Fact]
    public void Each_Forward_draws_new_masks_and_Backward_draws_the_same_again()
    {
        IDifferentiableModel model = DifferentiableModels.Create("DropoutFirst", seed: 1);
        CompiledCompositions.Draw(model, 2);
        float[] samples = Samples(model, 4);
        float[] first = model.Forward(samples).ToArray();
        Assert.Equal(1, model.TrainingStep);
        Assert.NotEqual(first, model.Forward(samples).ToArray());
        Assert.Equal(2, model.TrainingStep);

        // Another number of steps meanwhile is of no account for the masks of this pass.
        float[] gradient = [.. first.Select(_ => 1f)];
        model.TrainingStep = 7;
        model.Backward(gradient);
        float[] input = model.InputGradient.ToArray();
        model.TrainingStep = 1;
        model.Forward(samples);
        model.Backward(gradient);
        Assert.Equal(input, model.InputGradient.ToArray());
        Assert.Contains(0f, input);
    }

    [Theory]
    [InlineData("SmallLeNet")]
    [InlineData("AttentionLong")]
    [InlineData("GruLooped")]
    [InlineData("TwoTowersTwoHeads")]
    public void Every_number_of_threads_gives_the_same_bits(string name)
    {
        int before = WorkerPool.ThreadCount;
        try
        {
            uint[][] bits = [.. new[] { 1, 2, 3 }.Select(threads =>
            {
                WorkerPool.ThreadCount = threads;
                return Bits(name);
            })];
            Assert.Equal(bits[0], bits[1]);
            Assert.Equal(bits[0], bits[2]);
        }
        finally
        {
            WorkerPool.ThreadCount = before;
        }
    }

    [Fact]
    public void Passes_allocate_nothing_after_the_first()
    {
        IDifferentiableModel model = DifferentiableModels.Create("SmallLeNet", seed: 1);
        float[] samples = Samples(model, 5);
        float[] gradient = new float[model.Forward(samples).Length];
        Work();
        long least = long.MaxValue;
        for (int i = 0; i < 5; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Work();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);

        void Work()
        {
            for (int i = 0; i < 2; i++)
            {
                model.Forward(samples).CopyTo(gradient);
                model.Backward(gradient, accumulate: i > 0);
                _ = model.InputGradient[0] + model.Gradients[0];
            }
        }
    }

    private static uint[] Bits(string name)
    {
        IDifferentiableModel model = DifferentiableModels.Create(name, seed: 1);
        float[] samples = Batch.Draw(model.Description, 9, seed: 2).First().Samples;
        float[] gradient = [.. Enumerable.Range(0, model.Forward(samples).Length).Select(i => (float)Math.Cos(i))];
        model.Backward(gradient);
        return
        [
            .. MemoryMarshal.Cast<float, uint>(model.Gradients), .. MemoryMarshal.Cast<float, uint>(model.InputGradient),
        ];
    }

    private static float[] Samples(IModel model, int size) => Batch.Draw(model.Description, size, seed: 1).First().Samples;
}
