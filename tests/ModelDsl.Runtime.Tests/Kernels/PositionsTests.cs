namespace ModelDsl.Runtime.Tests.Kernels;

/// <summary>Sines, cosines and turned pairs, between guard pages.</summary>
public sealed class PositionsTests
{
    public static TheoryData<int, int, int> Shapes
    {
        get
        {
            TheoryData<int, int, int> data = [];
            foreach (int half in (int[])[1, 3, 4, 7, 8, 16, 17])
            {
                data.Add(5, 2, 2 * half);
                data.Add(1, 1, 2 * half);
            }

            return data;
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(9, 5)]
    [InlineData(64, 128)]
    public void Sinusoidal_positions_are_those_of_Vaswani(int steps, int width)
    {
        ReadOnlySpan<float> waves = Positions.Sinusoidal(steps, width);
        Assert.Equal(steps * width, waves.Length);
        for (int i = 0; i < waves.Length; i++)
        {
            (int step, int feature) = (i / width, i % width);
            double angle = step / Math.Pow(10000, 2.0 * (feature / 2) / width);
            Assert.Equal(feature % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle), waves[i], 1e-6);
        }
    }

    [Fact]
    public void Tables_are_computed_once()
    {
        _ = Positions.Sinusoidal(6, 4);
        _ = Positions.Sinusoidal(6, 4);
        long before = GC.GetAllocatedBytesForCurrentThread();
        _ = Positions.Sinusoidal(6, 4);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Pairs_are_turned_by_the_angle_of_their_step(int steps, int heads, int size)
    {
        const int Samples = 2;
        int width = heads * size;
        using KernelMemory memory = new();
        FloatSpan source = memory.Random(Samples * steps * 3 * width, size);
        FloatSpan result = memory.Zeros(source.Length);
        RotaryPositions.Apply(source, result, Samples * steps, steps, position: 0, heads, size, rotaryBase: 100f);
        for (int row = 0; row < Samples * steps; row++)
        {
            for (int column = 0; column < 3 * width; column++)
            {
                int at = (row * 3 * width) + column;
                int i = column % size;
                bool isLeft = i < size / 2;
                double angle = row % steps * Math.Pow(100, -2.0 * (i % (size / 2)) / size);
                double other = source[isLeft ? at + (size / 2) : at - (size / 2)];
                double expected = column >= 2 * width
                    ? source[at]
                    : (source[at] * Math.Cos(angle)) + ((isLeft ? -1 : 1) * other * Math.Sin(angle));
                Assert.Equal(expected, result[at], 1e-5);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Turning_back_in_place_gives_what_was_turned(int steps, int heads, int size)
    {
        using KernelMemory memory = new();
        FloatSpan values = memory.Random(steps * 3 * heads * size, size);
        float[] before = values.AsSpan().ToArray();
        RotaryPositions.Apply(values, values, steps, steps, position: 0, heads, size, rotaryBase: 10000f);
        RotaryPositions.Apply(values, values, steps, steps, position: 0, heads, size, rotaryBase: 10000f, inverse: true);
        Assert.Equal(before, values.AsSpan().ToArray(), (left, right) => Math.Abs(left - right) < 1e-6f);
    }

    [Fact]
    public void A_row_at_a_position_is_that_row_of_the_sequence()
    {
        using KernelMemory memory = new();
        FloatSpan source = memory.Random(4 * 12, 1);
        FloatSpan all = memory.Zeros(4 * 12);
        FloatSpan one = memory.Zeros(12);
        RotaryPositions.Apply(source, all, rows: 4, steps: 4, position: 0, heads: 1, headSize: 4, rotaryBase: 10000f);
        RotaryPositions.Apply(source.Slice(24, 12), one, rows: 1, steps: 4, position: 2, heads: 1, headSize: 4, rotaryBase: 10000f);
        Assert.Equal(all.Slice(24, 12).AsSpan().ToArray(), one.AsSpan().ToArray());
    }

    [Fact]
    public void Results_are_the_same_to_the_last_bit_for_every_thread_count()
    {
        const int Rows = 600, Width = 96;
        using KernelMemory memory = new();
        FloatSpan source = memory.Random(Rows * 3 * Width, 1);
        int threads = WorkerPool.ThreadCount;
        try
        {
            float[] one = Run(1);
            Assert.Equal(one, Run(2));
            Assert.Equal(one, Run(3));
        }
        finally
        {
            WorkerPool.ThreadCount = threads;
        }

        float[] Run(int count)
        {
            WorkerPool.ThreadCount = count;
            FloatSpan result = memory.Zeros(source.Length);
            RotaryPositions.Apply(source, result, Rows, Rows, position: 0, heads: 4, headSize: 24, rotaryBase: 10000f);
            return result.AsSpan().ToArray();
        }
    }

    [Fact]
    public void Heads_of_an_odd_size_and_steps_beyond_the_last_are_refused()
    {
        using KernelMemory memory = new();
        FloatSpan values = memory.Zeros(12);
        Assert.Throws<ArgumentException>(() => RotaryPositions.Apply(values, values, 1, 2, 0, heads: 1, headSize: 3, 10000f));
        Assert.Throws<ArgumentOutOfRangeException>(() => RotaryPositions.Apply(values, values, 1, 2, 2, heads: 1, headSize: 4, 10000f));
        Assert.Throws<ArgumentException>(() => RotaryPositions.Apply(values, values, 2, 2, 0, heads: 1, headSize: 4, 10000f));
    }
}
