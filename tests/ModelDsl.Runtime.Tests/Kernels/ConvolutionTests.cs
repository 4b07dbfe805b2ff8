using CsCheck;
using ModelDsl.Kernels;
using ModelDsl.Threading;

namespace ModelDsl.Runtime.Tests.Kernels;

public sealed class ConvolutionTests
{
    private static readonly Gen<ConvolutionCase> Cases =
        from height in Gen.Int[1, 9]
        from width in Gen.Int[1, 9]
        from kernel in Gen.Select(Gen.Int[1, 4], Gen.Int[1, 4])
        from stride in Gen.Select(Gen.Int[1, 3], Gen.Int[1, 3])
        from dilation in Gen.Select(Gen.Int[1, 2], Gen.Int[1, 2])
        from padding in Gen.Select(Gen.Int[0, 3], Gen.Int[0, 3], Gen.Int[0, 3], Gen.Int[0, 3])
        from groups in Gen.Int[1, 3]
        from channels in Gen.Int[1, 6]
        from outputs in Gen.Int[1, 18]
        from batch in Gen.Int[1, 4]
        let window = new SlidingWindow(height, width, kernel.Item1, kernel.Item2)
        {
            StrideHeight = stride.Item1,
            StrideWidth = stride.Item2,
            DilationHeight = dilation.Item1,
            DilationWidth = dilation.Item2,
            PaddingTop = padding.Item1,
            PaddingBottom = padding.Item2,
            PaddingLeft = padding.Item3,
            PaddingRight = padding.Item4,
        }
        where window.OutputHeight > 0 && window.OutputWidth > 0
        select new ConvolutionCase(window, channels * groups, outputs * groups, groups, batch);

    [Fact]
    public void Forward_pass_of_any_geometry_matches_a_naive_loop() =>
        Cases.Sample(sample => new ConvolutionOperands(sample).CheckForward(), iter: 120);

    [Fact]
    public void Input_gradient_of_any_geometry_matches_a_naive_loop() =>
        Cases.Sample(sample => new ConvolutionOperands(sample).CheckInputGradient(), iter: 120);

    [Fact]
    public void Weight_gradient_of_any_geometry_matches_a_naive_loop() =>
        Cases.Sample(sample => new ConvolutionOperands(sample).CheckWeightGradient(accumulate: false), iter: 120);

    [Fact]
    public void Weight_gradient_can_be_added_to_another() =>
        Cases.Sample(sample => new ConvolutionOperands(sample).CheckWeightGradient(accumulate: true), iter: 40);

    [Fact]
    public void Convolutions_larger_than_one_chunk_of_work_match_a_naive_loop()
    {
        var window = new SlidingWindow(29, 31, 3, 3) { PaddingTop = 1, PaddingBottom = 1, PaddingLeft = 1, PaddingRight = 1 };
        foreach (int groups in (int[])[1, 2, 12])
        {
            var operands = new ConvolutionOperands(new ConvolutionCase(window, 12, 12, groups, Batch: 3));
            operands.CheckForward();
            operands.CheckInputGradient();
            operands.CheckWeightGradient(accumulate: false);
        }
    }

    [Fact]
    public void Results_are_the_same_to_the_last_bit_for_every_number_of_threads()
    {
        int before = WorkerPool.ThreadCount;
        try
        {
            foreach (int groups in (int[])[1, 2, 24])
            {
                foreach (int stride in (int[])[1, 2])
                {
                    var window = new SlidingWindow(23, 21, 3, 3) { StrideHeight = stride, StrideWidth = stride, PaddingTop = 1 };
                    var operands = new ConvolutionOperands(new ConvolutionCase(window, 24, 24, groups, Batch: 4));
                    WorkerPool.ThreadCount = 1;
                    float[] expected = operands.ComputeAll();
                    foreach (int threads in (int[])[2, 3, 7])
                    {
                        WorkerPool.ThreadCount = threads;
                        Assert.Equal(expected, operands.ComputeAll());
                    }
                }
            }
        }
        finally
        {
            WorkerPool.ThreadCount = before;
        }
    }

    [Fact]
    public void Window_that_does_not_fit_is_refused()
    {
        FloatSpan memory = new AlignedMemory(100).FloatSpan;
        ArgumentException error = Assert.Throws<ArgumentException>(() => Convolution.Forward(
            memory, memory, memory, 1, new SlidingWindow(3, 3, 4, 4), channels: 1, outputs: 1, groups: 1, Epilogue.None));
        Assert.StartsWith("expected a window that fits its image, got SlidingWindow { Height = 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Operand_that_is_too_short_is_refused()
    {
        FloatSpan memory = new AlignedMemory(100).FloatSpan;
        ArgumentException error = Assert.Throws<ArgumentException>(() => Convolution.Forward(
            memory, memory, memory.Slice(0, 15), 1, new SlidingWindow(4, 4, 1, 1), channels: 2, outputs: 1, groups: 1, Epilogue.None));
        Assert.StartsWith("expected at least 1x16x1 values, got 15", error.Message, StringComparison.Ordinal);
    }
}
