namespace ModelDsl.Runtime.Tests.Kernels;

public sealed class DropoutTests
{
    [Fact]
    public void A_mask_is_the_documented_function_of_Philox_words()
    {
        const ulong Seed = 0x0123456789ABCDEF;
        const long Step = 70_000;
        const int Layer = 3;
        const int Row = 12;
        float[] values = Ones(300);
        new Dropout(0.3f, Seed, Step, Layer).Invoke(values, Row, 0);
        ulong stream = ((ulong)Step << 16) | Layer;
        for (int column = 0; column < values.Length; column++)
        {
            int inGroup = column % 128;
            uint counter = (uint)((column / 128 * 16) + (inGroup % 16));
            uint word = Philox.Block(Row, counter, (uint)stream, (uint)(stream >> 32), Seed)[inGroup / 32];
            uint half = inGroup % 32 < 16 ? word & 0xFFFF : word >> 16;
            float expected = half >= Math.Round(0.3f * 65536.0) ? (float)(65536 / (65536 - Math.Round(0.3f * 65536.0))) : 0f;
            Assert.Equal(expected, values[column]);
        }
    }

    [Fact]
    public void A_mask_does_not_depend_on_how_a_row_is_cut_into_runs() =>
        Gen.Select(Gen.ULong, Gen.Int[1, 500], Gen.Int[0, 499], Gen.Int[0, 100]).Sample((seed, length, cut, row) =>
        {
            cut = Math.Min(cut, length);
            var dropout = new Dropout(0.5f, seed, 9, 2);
            float[] whole = Ones(length);
            dropout.Invoke(whole, row, 0);
            float[] parts = Ones(length);
            dropout.Invoke(parts.AsSpan(0, cut), row, 0);
            dropout.Invoke(parts.AsSpan(cut), row, cut);
            return whole.AsSpan().SequenceEqual(parts);
        });

    [Fact]
    public void Rows_of_a_later_part_of_a_batch_have_the_masks_of_their_place_in_the_batch()
    {
        float[] whole = Ones(200), part = Ones(200), channels = Ones(200), ofPart = Ones(200);
        new Dropout(0.5f, 4, 9, 2).Invoke(whole, 70, 0);
        new Dropout(0.5f, 4, 9, 2, firstRow: 64).Invoke(part, 6, 0);
        Assert.Equal(whole, part);
        new SpatialDropout(0.5f, 4, 9, 2, rows: 8).Invoke(channels, 70, 0);
        new SpatialDropout(0.5f, 4, 9, 2, rows: 8, firstRow: 64).Invoke(ofPart, 6, 0);
        Assert.Equal(channels, ofPart);
    }

    [Theory]
    [InlineData(0.1f)]
    [InlineData(0.2f)]
    [InlineData(0.5f)]
    [InlineData(0.9f)]
    public void The_rate_is_the_share_of_zeros_and_the_mean_stays(float rate)
    {
        const int Count = 1 << 20;
        float[] values = Ones(Count);
        var dropout = new Dropout(rate, 1, 1, 1);
        for (int row = 0; row < 1024; row++)
        {
            dropout.Invoke(values.AsSpan(row * 1024, 1024), row, 0);
        }

        // Five standard deviations.
        double tolerance = 5 * Math.Sqrt(rate * (1 - rate) / Count);
        Assert.Equal(rate, values.Count(value => value == 0f) / (double)Count, tolerance);
        Assert.Equal(1.0, values.Average(value => (double)value), tolerance / (1 - rate));
    }

    [Theory]
    [InlineData(0.999f)]
    [InlineData(0.9999f)]
    [InlineData(0.99999f)]
    [InlineData(0.9999999f)]
    [InlineData(0.00001f)]
    public void The_mean_stays_at_rates_near_the_ends(float rate)
    {
        const int Rows = 128, Columns = 16384;
        var dropout = new Dropout(rate, 7, 1, 1);
        float[] values = new float[Columns];
        double sum = 0;
        for (int row = 0; row < Rows; row++)
        {
            values.AsSpan().Fill(1f);
            dropout.Invoke(values, row, 0);
            sum += values.Sum(value => (double)value);
        }

        double kept = 1 / (double)Dropout.ScaleOf(rate);
        double tolerance = 5 * Math.Sqrt((1 - kept) / kept / ((double)Rows * Columns));
        Assert.Equal(1.0, sum / ((double)Rows * Columns), tolerance + 1e-6);
    }

    [Fact]
    public void A_rate_of_one_gives_zeros_whatever_the_values_were()
    {
        float[] values = [.. Enumerable.Repeat(float.NaN, 300)];
        new Dropout(1f, 1, 1, 1).Invoke(values, 0, 0);
        new SpatialDropout(1f, 1, 1, 1, 2).Invoke(values, 0, 0);
        Assert.All(values, value => Assert.Equal(0f, value));
        Assert.Equal(0f, Dropout.ScaleOf(1f));
    }

    [Fact]
    public void Seeds_steps_layers_and_rows_draw_different_masks()
    {
        float[][] masks =
        [
            Mask(new Dropout(0.5f, 1, 1, 1), 1),
            Mask(new Dropout(0.5f, 2, 1, 1), 1),
            Mask(new Dropout(0.5f, 1, 2, 1), 1),
            Mask(new Dropout(0.5f, 1, 1, 2), 1),
            Mask(new Dropout(0.5f, 1, 1, 1), 2),
        ];
        for (int i = 0; i < masks.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                // Independent masks agree in half of 10,000 places, give or take 50.
                int agree = masks[i].Zip(masks[j]).Count(pair => pair.First == pair.Second);
                Assert.InRange(agree, 4700, 5300);
            }
        }

        static float[] Mask(Dropout dropout, int row)
        {
            float[] values = Ones(10_000);
            dropout.Invoke(values, row, 0);
            return values;
        }
    }

    [Fact]
    public void A_rate_of_zero_keeps_everything_and_dropped_values_are_zero_whatever_they_were()
    {
        float[] values = [.. Enumerable.Range(0, 100).Select(i => (float)i)];
        float[] same = [.. values];
        new Dropout(0f, 1, 1, 1).Invoke(same, 0, 0);
        Assert.Equal(values, same);
        float[] infinite = [.. Enumerable.Repeat(float.PositiveInfinity, 100)];
        new Dropout(0.5f, 1, 1, 1).Invoke(infinite, 0, 0);
        Assert.Contains(0f, infinite);
        Assert.All(infinite, value => Assert.True(value is 0f or float.PositiveInfinity));
    }

    [Fact]
    public void Arguments_outside_their_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Dropout(1.001f, 0, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Dropout(-0.1f, 0, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Dropout(float.NaN, 0, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Dropout(0.5f, 0, -1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Dropout(0.5f, 0, 0, 1 << 16));
    }

    private static float[] Ones(int length) => [.. Enumerable.Repeat(1f, length)];
}
