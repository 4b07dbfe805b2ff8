namespace ModelDsl.Kernels;

/// <summary>
/// Along one axis: which rows (or columns) of a kernel meet a result's row, and which rows of the source they look at. Tap t
/// is kernel row KernelStart + t · KernelStep and looks at source row u · Stride + SourceStart + t · SourceStep, where u
/// counts the result's rows of the same phase.
/// </summary>
internal readonly record struct AxisTaps(
    int Count, int KernelStart, int KernelStep, int Stride, int SourceStart, int SourceStep)
{
    /// <summary>The taps along the rows of a window; of a transposed convolution, at the rows of one phase.</summary>
    public static AxisTaps Rows(SlidingWindow window, bool isTransposed = false, int phase = 0) => isTransposed
        ? Transposed(window.KernelHeight, window.StrideHeight, window.DilationHeight, window.PaddingTop, phase)
        : Forward(window.KernelHeight, window.StrideHeight, window.DilationHeight, window.PaddingTop);

    /// <summary>The same along the columns of a window.</summary>
    public static AxisTaps Columns(SlidingWindow window, bool isTransposed = false, int phase = 0) => isTransposed
        ? Transposed(window.KernelWidth, window.StrideWidth, window.DilationWidth, window.PaddingLeft, phase)
        : Forward(window.KernelWidth, window.StrideWidth, window.DilationWidth, window.PaddingLeft);

    /// <summary>The taps of a convolution: all of the kernel, at every row.</summary>
    public static AxisTaps Forward(int kernel, int stride, int dilation, int padding) =>
        new(kernel, 0, 1, stride, -padding, dilation);

    /// <summary>
    /// The taps of a transposed convolution at the rows that leave <paramref name="phase"/> when divided by the stride: row
    /// phase + u · stride is met by the kernel rows i for which phase + padding - i · dilation is a multiple of the stride.
    /// </summary>
    public static AxisTaps Transposed(int kernel, int stride, int dilation, int padding, int phase)
    {
        int step = stride;
        for (int candidate = 1; candidate < stride; candidate++)
        {
            if (candidate * dilation % stride == 0)
            {
                step = candidate;
                break;
            }
        }

        int first = 0;
        while (first < step && (phase + padding - (first * dilation)) % stride != 0)
        {
            first++;
        }

        if (first == step || first >= kernel)
        {
            return default;
        }

        // From the last kernel row to the first, so that the source's rows ascend.
        int count = ((kernel - 1 - first) / step) + 1;
        int last = first + ((count - 1) * step);
        return new(count, last, -step, 1, (phase + padding - (last * dilation)) / stride, step * dilation / stride);
    }

    /// <summary>The kernel's row of a tap.</summary>
    public int Kernel(int tap) => KernelStart + (tap * KernelStep);

    /// <summary>How many source rows the windows of some result rows cover in all.</summary>
    public int Span(int results) => ((results - 1) * Stride) + ((Count - 1) * SourceStep) + 1;

    /// <summary>The taps, from the first to before the last, that look at rows within a source of some size.</summary>
    public (int First, int Last) Within(int result, int size)
    {
        if (Count == 0)
        {
            return (0, 0);
        }

        int start = (result * Stride) + SourceStart;
        if (SourceStep == 1)
        {
            // Without the quotients, which lines of a few pixels would feel.
            int before = Math.Max(0, -start);
            return (before, Math.Max(before, Math.Min(Count, size - start)));
        }

        int first = start < 0 ? (SourceStep - 1 - start) / SourceStep : 0;
        int last = start < size ? Math.Min(Count, ((size - 1 - start) / SourceStep) + 1) : 0;
        return (first, Math.Max(first, last));
    }

    /// <summary>The result's rows, from the first to before the last, of which all taps look at rows within the source.</summary>
    public (int First, int Last) Inner(int results, int size)
    {
        int first = Math.Min(results, SourceStart < 0 ? (Stride - 1 - SourceStart) / Stride : 0);
        int room = size - SourceStart - ((Count - 1) * SourceStep);
        return Count == 0 || room <= 0 ? (first, first) : (first, Math.Clamp(((room - 1) / Stride) + 1, first, results));
    }
}
