namespace ModelDsl.Runtime.Tests.Kernels;

/// <summary>Kernels that move elements or sum over places, beside loops over all places.</summary>
[Collection(nameof(ThreadSettings))]
public sealed class LayoutTests
{
    [Fact]
    public void Elements_go_where_their_strides_lead()
    {
        // Transposes, repeats, ranges with steps, and matrices large enough for several threads.
        Copy([7, 5], [1, 7], [5, 1], 35);
        Copy([3, 40, 17], [17, 51, 1], [680, 17, 1], 2040);
        Copy([4, 33, 18], [594, 1, 33], [594, 18, 1], 2376);
        Copy([6, 9], [0, 1], [9, 1], 9);
        Copy([6, 9], [1, 0], [9, 1], 6);
        Copy([2, 3, 5], [0, 0, 0], [15, 5, 1], 1);
        Copy([5, 3], [8, 2], [3, 1], 40);
        Copy([5, 3], [3, 1], [8, 2], 15);
        Copy([300, 200], [1, 300], [200, 1], 60000);
        Copy([2, 1000], [1, 2], [1000, 1], 2000);
        Copy([11], [3], [1], 31);
        Copy([], [], [], 1);
    }

    [Fact]
    public void Sums_are_those_of_all_places()
    {
        Sum([5], [1], [7], [5]);
        Sum([7], [5], [5], [1]);
        Sum([], [], [3, 40], [40, 1]);
        Sum([3, 5], [35, 1], [7], [5]);
        Sum([4], [3], [5, 3], [12, 1]);
        Sum([4, 17], [17, 1], [6, 2], [136, 68]);
        Sum([6], [2], [2, 70], [1, 12]);
        Sum([200], [100], [100], [1]);
        Sum([], [], [], []);
        Sum([3, 2], [1, 3], [4], [6]);
    }

    [Fact]
    public void Slices_are_taken_by_index_and_give_their_gradients_back()
    {
        int[] indices = [2, -1, 0, 2, 1, -1];
        foreach (int width in new[] { 1, 3, 17, 300 })
        {
            const int Rows = 40, Extent = 4;
            using var memory = new KernelMemory();
            FloatSpan source = memory.Random(Rows * Extent * width, 1);
            FloatSpan destination = memory.Random(Rows * indices.Length * width, 2);
            FloatSpan gradient = memory.Random(Rows * Extent * width, 3);
            WithThreads(() =>
            {
                Gather.Forward(source, destination, Rows, Extent, width, indices, 1.5f);
                for (int i = 0; i < destination.Length; i++)
                {
                    int index = indices[i / width % indices.Length], row = i / width / indices.Length;
                    float expected = index < 0 ? 1.5f : source[(((row * Extent) + index) * width) + (i % width)];
                    Assert.Equal(expected, destination[i]);
                }

                Gather.Backward(destination, gradient, Rows, Extent, width, indices);
                for (int i = 0; i < gradient.Length; i++)
                {
                    int index = i / width % Extent, row = i / width / Extent;
                    float expected = Enumerable.Range(0, indices.Length)
                        .Where(place => indices[place] == index)
                        .Sum(place => destination[(((row * indices.Length) + place) * width) + (i % width)]);
                    Assert.Equal(expected, gradient[i], 1e-6);
                }
            });
        }
    }

    [Fact]
    public void Gradient_of_a_slice_that_is_taken_very_often_keeps_its_digits()
    {
        const int Count = 300_000;
        using var memory = new KernelMemory();
        FloatSpan gradient = memory.Zeros(Count), sums = memory.Zeros(3);
        gradient.AsSpan().Fill(0.1f);
        int[] indices = [.. Enumerable.Range(0, Count).Select(i => i % 3 == 2 ? -1 : 1)];
        Gather.Backward(gradient, sums, 1, 3, 1, indices);
        Assert.Equal([0f, 0f], [sums[0], sums[2]]);
        Assert.Equal(20_000.0, sums[1], 0.05);
    }

    [Fact]
    public void Columns_are_copied_and_cleared_by_any_number_of_threads()
    {
        const int Rows = 3000, Width = 25, Count = 19;
        using var memory = new KernelMemory();
        FloatSpan source = memory.Random(Rows * Width, 1), destination = memory.Random(Rows * (Width + 3), 2);
        float[] before = destination.AsSpan().ToArray();
        WithThreads(() =>
        {
            before.CopyTo(destination.AsSpan());
            Columns.Copy(source, Width, 4, destination, Width + 3, 8, Rows, Count);
            Columns.Clear(destination, Width + 3, 1, Rows, 5);
            for (int i = 0; i < destination.Length; i++)
            {
                (int row, int column) = Math.DivRem(i, Width + 3);
                float expected = column is >= 8 and < 8 + Count ? source[(row * Width) + column - 4]
                    : column is >= 1 and < 6 ? 0f
                    : before[i];
                Assert.Equal(expected, destination[i]);
            }
        });
    }

    [Fact]
    public void NaN_is_moved_and_summed()
    {
        using var memory = new KernelMemory();
        FloatSpan source = memory.Zeros(6), moved = memory.Zeros(6), sums = memory.Zeros(3);
        source[4] = float.NaN;
        Strides.Copy(source, 6, 0, moved, 6, 0, 1, [3, 2], [1, 3], [2, 1]);
        Assert.True(float.IsNaN(moved[3]));
        Strides.Sum(source, 6, sums, 1, [3], [1], [2], [3]);
        Assert.True(float.IsNaN(sums[1]));
        Assert.Equal(0f, sums[0]);
    }

    [Fact]
    public void One_source_serves_all_samples()
    {
        using var memory = new KernelMemory();
        FloatSpan source = memory.Random(3, 1), destination = memory.Zeros(12);
        Strides.Copy(source, 0, 0, destination, 6, 0, 2, [2, 3], [0, 1], [3, 1]);
        Assert.All(Enumerable.Range(0, 12), i => Assert.Equal(source[i % 3], destination[i]));
    }

    [Fact]
    public void Long_sums_keep_their_digits()
    {
        using var memory = new KernelMemory();
        FloatSpan source = memory.Zeros(1 << 20), sum = memory.Zeros(1);
        source.AsSpan().Fill(0.1f);
        Strides.Sum(source, 1 << 20, sum, 1, [], [], [1 << 20], [1]);
        Assert.Equal(0.1f * (double)(1 << 20), sum[0], 0.1);
        Strides.Sum(source, 1 << 20, sum, 1, [], [], [1 << 10, 1 << 10], [1, 1 << 10]);
        Assert.Equal(0.1f * (double)(1 << 20), sum[0], 0.1);
    }

    [Fact]
    public void Places_outside_an_operand_and_lists_that_do_not_fit_are_refused()
    {
        using var memory = new KernelMemory();
        FloatSpan source = memory.Zeros(6), other = memory.Zeros(6);
        Assert.Throws<ArgumentException>(() => Strides.Copy(source, 6, 1, other, 6, 0, 1, [6], [1], [1]));
        Assert.Throws<ArgumentException>(() => Strides.Copy(source, 3, 0, other, 6, 0, 2, [6], [1], [1]));
        Assert.Throws<ArgumentException>(() => Strides.Copy(source, 6, 0, other, 6, 0, 1, [6], [1], [2]));
        Assert.Throws<ArgumentException>(() => Strides.Copy(source, 6, 0, other, 6, 0, 1, [6], [1, 1], [1]));
        Assert.Throws<ArgumentException>(() => Strides.Copy(source, 6, 0, other, 6, 0, 1, [0], [1], [1]));
        Assert.Throws<ArgumentException>(() => Strides.Copy(source, 6, 0, other, 6, 0, 1, [2], [-1], [1]));
        Assert.Throws<ArgumentException>(() => Strides.Sum(source, 6, other, 1, [4], [1], [2], [3]));
        Assert.Throws<ArgumentException>(() => Strides.Sum(source, 3, other, 2, [4], [0], [1], [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Gather.Forward(source, other, 1, 6, 1, [6]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Gather.Backward(source, other, 1, 6, 1, [-2]));
        Assert.Throws<ArgumentException>(() => Gather.Forward(source, other, 2, 3, 1, [0, 1, 2, 0]));
    }

    private static void Copy(int[] extents, int[] from, int[] to, int floats)
    {
        const int Samples = 3;
        using var memory = new KernelMemory();
        int written = Places(extents, to).Max() + 1;
        FloatSpan source = memory.Random((Samples * floats) + 2, 1);
        FloatSpan destination = memory.Random((Samples * written) + 1, 2);
        float[] expected = destination.AsSpan().ToArray();
        for (int sample = 0; sample < Samples; sample++)
        {
            foreach ((int read, int write) in Places(extents, from).Zip(Places(extents, to)))
            {
                expected[1 + (sample * written) + write] = source[2 + (sample * floats) + read];
            }
        }

        WithThreads(() =>
        {
            Strides.Copy(source, floats, 2, destination, written, 1, Samples, extents, from, to);
            Bits.Equal(expected, destination);
        });
    }

    private static void Sum(int[] outer, int[] apart, int[] inner, int[] steps)
    {
        const int Samples = 3;
        using var memory = new KernelMemory();
        int[] starts = Places(outer, apart), terms = Places(inner, steps);
        int floats = starts.Max() + terms.Max() + 1;
        FloatSpan source = memory.Random(Samples * floats, 1);
        FloatSpan sums = memory.Random(Samples * starts.Length, 2);
        float[]? first = null;
        WithThreads(() =>
        {
            Strides.Sum(source, floats, sums, Samples, outer, apart, inner, steps);
            for (int i = 0; i < sums.Length; i++)
            {
                int start = (i / starts.Length * floats) + starts[i % starts.Length];
                Assert.Equal(terms.Sum(term => (double)source[start + term]), sums[i], 1e-5);
            }

            first ??= sums.AsSpan().ToArray();
            Bits.Equal(first, sums);
        });
    }

    // In the order of the last dimension first.
    private static int[] Places(int[] extents, int[] strides) => extents.Zip(strides).Aggregate(
        new[] { 0 },
        (places, step) => [.. places.SelectMany(place => Enumerable.Range(0, step.First).Select(i => place + (i * step.Second)))]);

    private static void WithThreads(Action action)
    {
        int before = WorkerPool.ThreadCount;
        try
        {
            foreach (int threads in new[] { 1, 2, 3 })
            {
                WorkerPool.ThreadCount = threads;
                action();
            }
        }
        finally
        {
            WorkerPool.ThreadCount = before;
        }
    }
}
