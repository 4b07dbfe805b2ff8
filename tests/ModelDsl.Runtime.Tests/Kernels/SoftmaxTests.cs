namespace ModelDsl.Runtime.Tests.Kernels;

public sealed class SoftmaxTests
{
    [Fact]
    public void Forward_and_backward_match_a_naive_loop_for_0_to_70_columns()
    {
        const int Rows = 3;
        for (int columns = 0; columns <= 70; columns++)
        {
            using var memory = new KernelMemory();
            FloatSpan x = memory.Random(Rows * columns, columns, -20f, 20f);
            FloatSpan gradient = memory.Random(Rows * columns, columns + 1);
            FloatSpan y = memory.Zeros(Rows * columns);
            FloatSpan result = memory.Zeros(Rows * columns);
            Softmax.Forward(x, y, Rows, columns);
            Softmax.Backward(y, gradient, result, Rows, columns);
            for (int row = 0; row < Rows; row++)
            {
                double[] e = [.. Enumerable.Range(0, columns).Select(c => Math.Exp(x[(row * columns) + c]))];
                double[] softmax = [.. e.Select(value => value / e.Sum())];
                double dot = softmax.Select((p, c) => p * gradient[(row * columns) + c]).Sum();
                for (int c = 0; c < columns; c++)
                {
                    Assert.Equal(softmax[c], y[(row * columns) + c], 1e-6);
                    Assert.Equal(softmax[c] * (gradient[(row * columns) + c] - dot), result[(row * columns) + c], 1e-6);
                }
            }
        }
    }

    [Fact]
    public void Huge_and_masked_logits_give_a_distribution()
    {
        using var memory = new KernelMemory();
        FloatSpan x = memory.Of([1e30f, 1e30f, float.NegativeInfinity, -1e30f]);
        Softmax.Forward(x, x, 1, 4);
        Assert.Equal([0.5f, 0.5f, 0f, 0f], x.AsSpan().ToArray());
    }
}
