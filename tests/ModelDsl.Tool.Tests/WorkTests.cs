namespace ModelDsl.Tool.Tests;

public sealed class WorkTests
{
    [Fact]
    public void A_product_counts_two_operations_for_each_pair_and_one_for_each_function_of_an_element()
    {
        ModelExplanation model = Explanations.Of(
            "[Model, Input(4), Dense(16), Relu, Dense(3), SoftmaxCrossEntropy] public partial class Net;", batch: 10);

        ExplainedOperation first = model.Operations[0];
        Assert.Equal(["dense1", "relu1"], first.Layers);
        Assert.Equal(["[Dense(16)]", "[Relu]"], first.Sources);
        Assert.Equal((2 * 10 * 4 * 16) + (10 * 16) + (10 * 16), first.Flops);
        Assert.False(first.IsEstimate);

        // ∂weight and ∂bias of the first layer, at the end of the backward pass.
        Assert.Equal((2 * 10 * 4 * 16) + (10 * 16), model.Operations[^1].Flops);
    }

    [Fact]
    public void Bytes_are_those_of_each_value_that_is_read_or_written_once()
    {
        ModelExplanation model = Explanations.Of(
            "[Model, Input(4), Dense(16), Relu, Dense(3), SoftmaxCrossEntropy] public partial class Net;",
            batch: 10,
            ModelProgram.Inference);

        // Samples, weight, bias, and the output of the activation.
        Assert.Equal(sizeof(float) * ((10 * 4) + (16 * 4) + 16 + (10 * 16)), model.Operations[0].Bytes);
    }

    [Fact]
    public void An_expression_of_parameters_counts_once_whatever_the_batch()
    {
        const int Batch = 10;
        ModelExplanation model = Explanations.Of(
            """
            [Model, Input(4), MeanSquaredError]
            public partial class Net
            {
                private static Tensor Forward(Tensor x, [Parameter(4, 3)] Tensor a, [Parameter(3, 4)] Tensor b) =>
                    x.MatMul(a.MatMul(b)) * a.Sum(1);
            }
            """,
            Batch,
            ModelProgram.Inference);

        // A sum has no rule of its own: one for each element that it reads or writes.
        Assert.Equal(
            [2 * 4 * 3 * 4, (4 * 3) + 4, (Batch * 2 * 4 * 4) + (Batch * 4)],
            model.Operations.Select(operation => operation.Flops));
        Assert.Equal(sizeof(float) * ((4 * 3) + (3 * 4) + (4 * 4)), model.Operations[0].Bytes);
        Assert.Equal(
            sizeof(float) * KernelContract.FloatsInCacheLine,
            model.Arena.Values.Single(value => value.Name == "matMul1").Bytes);
    }

    [Theory]
    [InlineData("Conv2D(6, 3)", 1)]
    [InlineData("Conv2D(6, 3, Stride = 2, Padding = Padding.Same)", 1)]
    [InlineData("Conv2D(6, 3, Groups = 2)", 2)]
    public void A_convolution_counts_what_its_definition_multiplies_and_adds(string layer, int groups)
    {
        const int Batch = 2, Channels = 4, Filters = 6, Kernel = 3;
        ModelExplanation model = Explanations.Of(
            $"[Model, Input(8, 7, {Channels}), {layer}, Flatten, Dense(1), MeanSquaredError] public partial class Net;",
            Batch,
            ModelProgram.Inference);

        ExplainedValue output = model.Arena.Values.Single(value => value.Name == "conv2D1");
        int[] image = [.. output.Shape.Split('x').Select(int.Parse)];
        long expected = 0;
        for (int pixel = 0; pixel < Batch * image[0] * image[1]; pixel++)
        {
            for (int filter = 0; filter < Filters; filter++)
            {
                for (int weight = 0; weight < Kernel * Kernel * Channels / groups; weight++)
                {
                    expected += 2;
                }

                // The bias.
                expected++;
            }
        }

        Assert.Equal(expected, model.Operations[0].Flops);
    }

    [Fact]
    public void What_only_moves_elements_counts_no_operation()
    {
        ModelExplanation model = Explanations.Of(
            """
            [Model, Input(4, 6), MeanSquaredError]
            public partial class Net
            {
                private static Tensor Forward(Tensor x) => x.Transpose(1, 0).Reshape(24).Dense(2);
            }
            """,
            program: ModelProgram.Inference);

        Assert.Equal(0, model.Operations[0].Flops);
        Assert.Equal(sizeof(float) * 2 * 10 * 24, model.Operations[0].Bytes);
    }

    [Fact]
    public void A_table_is_read_only_as_far_as_rows_of_it_are_taken()
    {
        ModelExplanation model = Explanations.Of(
            """
            [Model, Input(5, Type = ElementType.Token), Embedding(100000, 8), Dense(2), SoftmaxCrossEntropy]
            public partial class Net;
            """,
            program: ModelProgram.Inference);

        // Tokens, and as much of the table as is written.
        Assert.Equal(sizeof(float) * ((10 * 5) + (2 * 10 * 5 * 8)), model.Operations[0].Bytes);
    }

    [Fact]
    public void Values_of_16_bits_take_half_the_bytes()
    {
        const string Layers = "Input(64), Dense(256), Relu, Dense(256), Relu, Dense(4), MeanSquaredError";
        ModelExplanation wide = Explanations.Of($"[Model, {Layers}] public partial class Net;", batch: 1000);
        ModelExplanation narrow = Explanations.Of(
            $"[Model(Precision = Precision.BFloat16), {Layers}] public partial class Net;", batch: 1000);

        Assert.Equal(wide.Operations.Count, narrow.Operations.Count);
        Assert.Equal(wide.Flops, narrow.Flops);

        // All but samples, weights, and what the loss reads and writes is halved.
        Assert.InRange(narrow.Bytes, 0.5 * wide.Bytes, 0.65 * wide.Bytes);
    }

    [Fact]
    public void A_causal_attention_counts_the_pairs_of_steps_that_see_each_other()
    {
        const string Rest = "Embedding(10, 8), SelfAttention(Heads = 2, Causal = true), Dense(10), SoftmaxCrossEntropy";
        ModelExplanation model = Explanations.Of(
            $"[Model, Input(6, Type = ElementType.Token), {Rest}] public partial class Net;",
            batch: 1,
            ModelProgram.Inference);

        ExplainedOperation attention =
            model.Operations.Single(operation => operation.Kernels.Contains("Attention.Forward"));
        const int Pairs = 6 * 7 / 2, Heads = 2, HeadSize = 4;
        Assert.Equal(Heads * Pairs * ((2 * 2 * HeadSize) + 4), attention.Flops);
        Assert.True(attention.IsEstimate);
    }

    [Fact]
    public void The_time_of_an_operation_is_that_of_what_bounds_it_and_the_model_takes_the_sum()
    {
        ModelExplanation model = Explanations.Of(
            "[Model, Input(512), Dense(512), Tanh, Dropout(0.5f), Dense(1), MeanSquaredError] partial class Net;",
            batch: 256,
            peak: 100,
            bandwidth: 10);

        foreach (ExplainedOperation operation in model.Operations)
        {
            double compute = operation.Flops / 100e9, memory = operation.Bytes / 10e9;
            Assert.Equal(Math.Max(compute, memory), operation.Seconds!.Value, 1e-15);
            Assert.Equal(compute > memory ? RooflineLimit.Compute : RooflineLimit.Memory, operation.Limit);
        }

        Assert.Equal(RooflineLimit.Compute, model.Operations[0].Limit);
        Assert.Contains(model.Operations, operation => operation.Limit == RooflineLimit.Memory);
        Assert.Equal(model.Operations.Sum(operation => operation.Seconds!.Value), model.Seconds!.Value, 1e-15);
    }

    [Fact]
    public void Every_operation_of_every_test_model_counts_its_work_and_its_bytes()
    {
        foreach (ModelProgram program in Enum.GetValues<ModelProgram>())
        {
            foreach (ModelExplanation model in Explanations.TestModels
                .Select(model => Explanations.Of(model, program)).OfType<ModelExplanation>())
            {
                Assert.All(model.Operations, operation => Assert.InRange(operation.Flops, 0, long.MaxValue));

                // All gradients at once are divided by the loss scale: that is no operation on values.
                Assert.All(
                    model.Operations.Where(
                        operation => !operation.Text.EndsWith("loss scale", StringComparison.Ordinal)),
                    operation => Assert.InRange(operation.Bytes, 1, long.MaxValue));
            }
        }
    }
}
