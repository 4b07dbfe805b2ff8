namespace ModelDsl.Runtime.Tests.Kernels;

/// <summary>No size and no index that comes from outside leads a kernel out of its memory.</summary>
public sealed unsafe class ForeignIndexTests
{
    [Fact]
    public void Labels_are_copied_before_they_are_checked_so_that_nobody_changes_them_afterwards()
    {
        int[] labels = [2, 0, 1];
        int* own = TargetGuard.Labels(labels, batch: 3, classes: 3, "a loss", out double* partials);
        labels[1] = int.MaxValue;
        partials[2] = 1;
        Assert.Equal([2, 0, 1], new ReadOnlySpan<int>(own, 3));
    }

    [Fact]
    public void Labels_that_change_all_the_time_give_a_loss_or_an_exception()
    {
        const int Batch = 4096;
        AlignedMemory outputs = new(Batch * 3), gradient = new(Batch * 3);
        int[] labels = new int[Batch];
        bool isOver = false;
        var changing = new Thread(() =>
        {
            for (int i = 0; !Volatile.Read(ref isOver); i++)
            {
                labels[i % Batch] = int.MaxValue - i;
                labels[i % Batch] = i % 3;
            }
        });
        changing.Start();
        int losses = 0, refusals = 0;
        for (int round = 0; round < 2000; round++)
        {
            try
            {
                float loss = round % 2 == 0
                    ? SoftmaxCrossEntropyLoss.EvaluateWithGradient(outputs.FloatSpan, labels, gradient.FloatSpan, Batch, 3)
                    : SoftmaxCrossEntropyLoss.EvaluateWithGradient(
                        outputs.FloatSpan, labels, gradient.FloatSpan, Batch, 3, labelSmoothing: 0.1f);
                Assert.Equal(MathF.Log(3), loss, 1e-5f);
                losses++;
            }
            catch (ArgumentException exception)
            {
                Assert.StartsWith("expected labels from 0 to 2, got ", exception.Message);
                refusals++;
            }
        }

        Volatile.Write(ref isOver, true);
        changing.Join();
        Assert.Equal(2000, losses + refusals);
        GC.KeepAlive(outputs);
        GC.KeepAlive(gradient);
    }

    [Fact]
    public void Tokens_that_change_all_the_time_give_vectors_or_an_exception()
    {
        const int Rows = 4096;
        AlignedMemory tokens = new(Rows), weight = new(8), output = new(Rows * 2), weightGradient = new(8);
        bool isOver = false;
        var changing = new Thread(() =>
        {
            for (int i = 0; !Volatile.Read(ref isOver); i++)
            {
                tokens.Span[i % Rows] = 1e9f;
                tokens.Span[i % Rows] = i % 4;
            }
        });
        changing.Start();
        for (int round = 0; round < 1000; round++)
        {
            try
            {
                Embedding.Forward(tokens.FloatSpan, weight.FloatSpan, output.FloatSpan, Rows, 4, 2, Epilogue.None);
                Embedding.Backward(tokens.FloatSpan, output.FloatSpan, weightGradient.FloatSpan, Rows, 4, 2);
            }
            catch (ArgumentException exception)
            {
                Assert.StartsWith("expected whole tokens from 0 to 3, got ", exception.Message);
            }
        }

        Volatile.Write(ref isOver, true);
        changing.Join();
        Assert.Equal(new float[8], weight.Span);
        GC.KeepAlive(output);
        GC.KeepAlive(weightGradient);
    }

    [Fact]
    public void Sizes_whose_product_is_no_int_are_refused()
    {
        // 3 · 65536 · 65536 is 0 in 32 bits, and 65536 · 65536 too.
        const int Large = 1 << 16;
        AlignedMemory memory = new(64);
        FloatSpan some = memory.FloatSpan;
        Assert.Throws<ArgumentException>(() => Attention.Forward(some, some, default, 1, 1, Large, Large, causal: true));
        Assert.Throws<ArgumentException>(() => Attention.Forward(some, some, default, Large, Large, 1, 1, causal: true));
        Assert.Throws<ArgumentException>(
            () => Attention.Backward(some, some, some, some, some, 1, 1, Large, Large, causal: true));
        Assert.Throws<ArgumentException>(() => Attention.Step(some, some, some, some, 0, 1, Large, Large));
        Assert.Throws<ArgumentException>(() => RotaryPositions.Apply(some, some, 1, 1, 0, Large, Large, 10_000f));
        Assert.Throws<ArgumentException>(() => Lstm.Forward(
            some, some, default, some, default, some, 1, new RecurrentShape(1, 1 << 30), 0, 1));
        GC.KeepAlive(memory);
    }

    [Fact]
    public void Working_memory_that_no_array_holds_is_refused()
    {
        // The lower 32 bits are a small number.
        Assert.Throws<InsufficientMemoryException>(() => Scratch.Get((1L << 32) + 64) == null);
    }
}
