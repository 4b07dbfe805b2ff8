namespace ModelDsl.Runtime.Tests.Kernels;

public sealed class EpilogueTests
{
    private const int Rows = 3;

    [Fact]
    public void Every_stage_does_what_it_says_on_runs_of_0_to_70_between_guard_pages()
    {
        for (int length = 0; length <= 70; length++)
        {
            using var memory = new KernelMemory();
            FloatSpan bias = memory.Random(length, 1);
            FloatSpan matrix = memory.Random(Rows * length, 2);
            FloatSpan stored = memory.Zeros(Rows * length);
            FloatSpan values = memory.Random(length, 3);
            float[] before = values.AsSpan().ToArray();
            int row = length % Rows;

            Check(new AddBias(bias), i => before[i] + bias[i]);
            Check(new Add(matrix, length), i => before[i] + matrix[(row * length) + i]);
            Check(new Multiply(matrix, length), i => before[i] * matrix[(row * length) + i]);
            Check(new Activate<Relu>(default), i => Math.Max(0f, before[i]));
            Check(
                new ActivationGradient<Relu>(matrix, length, default, 1.25f),
                i => before[i] * (matrix[(row * length) + i] > 0f ? 1.25f : 0f));
            Check(new Store(stored, length), i => before[i]);
            Bits.Equal(before, stored.Slice(row * length, length));

            void Check<TEpilogue>(TEpilogue stage, Func<int, float> expected)
                where TEpilogue : struct, IEpilogue
            {
                before.CopyTo(values);
                stage.Invoke(values, row, 0);
                Bits.Equal([.. Enumerable.Range(0, length).Select(expected)], values);
            }
        }
    }

    [Fact]
    public void Stages_read_their_operands_at_the_row_and_column_of_the_run()
    {
        using var memory = new KernelMemory();
        FloatSpan bias = memory.Random(40, 1);
        FloatSpan matrix = memory.Random(5 * 40, 2);
        float[] values = new float[20];
        Epilogue.Of(new AddBias(bias), new Add(matrix, 40)).Invoke(values, 4, 17);
        for (int i = 0; i < values.Length; i++)
        {
            Assert.Equal(bias[17 + i] + matrix[(4 * 40) + 17 + i], values[i]);
        }
    }

    [Fact]
    public void Stages_are_done_in_order_for_every_number_of_them()
    {
        using var memory = new KernelMemory();
        FloatSpan one = memory.Of([1f]);
        FloatSpan two = memory.Of([2f]);
        var add = new Add(one, 1);
        var twice = new Multiply(two, 1);
        Assert.Equal(4f, Apply(Epilogue.Of(add)));
        Assert.Equal(8f, Apply(Epilogue.Of(add, twice)));
        Assert.Equal(9f, Apply(Epilogue.Of(add, twice, add)));
        Assert.Equal(18f, Apply(Epilogue.Of(add, twice, add, twice)));
        Assert.Equal(19f, Apply(Epilogue.Of(add, twice, add, twice, add)));
        Assert.Equal(38f, Apply(Epilogue.Of(add, twice, add, twice, add, twice)));
        Assert.Equal(3f, Apply(Epilogue.None));

        static float Apply<TEpilogue>(TEpilogue epilogue)
            where TEpilogue : struct, IEpilogue
        {
            float[] values = [3f];
            epilogue.Invoke(values, 0, 0);
            return values[0];
        }
    }

    /// <summary>
    /// Blocks of rows of every width, with whole vectors and parts of one, give the bits of one row after the other.
    /// </summary>
    [Fact]
    public void Stages_of_a_block_do_what_they_do_row_by_row()
    {
        const int BlockRows = 7;
        for (int columns = 1; columns <= 40; columns++)
        {
            using var memory = new KernelMemory();
            FloatSpan mean = memory.Random(columns, 1);
            FloatSpan scale = memory.Random(columns, 2);
            FloatSpan bias = memory.Random(columns, 3);
            FloatSpan matrix = memory.Random(BlockRows * columns, 4);
            FloatSpan whole = memory.Random(BlockRows * columns, 5);
            FloatSpan single = memory.Of(whole.AsSpan().ToArray());
            var stages = Epilogue.Of(
                new Normalize(mean, scale, bias),
                new Prelu(scale),
                new Add(matrix, columns),
                new Activate<Tanh>(default));
            PixelRows.Finish(whole, first: 0, columns, stages);
            for (int row = 0; row < BlockRows; row++)
            {
                Span<float> values = single.Slice(row * columns, columns);
                new Normalize(mean, scale, bias).Invoke(values, row, 0);
                new Prelu(scale).Invoke(values, row, 0);
                new Add(matrix, columns).Invoke(values, row, 0);
                new Activate<Tanh>(default).Invoke(values, row, 0);
            }

            Bits.Equal(single, whole);
        }
    }

    /// <summary>
    /// Stages that know only places take rows without gaps for one, and leave the operands of other rows alone.
    /// </summary>
    [Fact]
    public void Stages_of_places_do_what_they_do_row_by_row()
    {
        const int BlockRows = 7, First = 3;
        for (int columns = 1; columns <= 40; columns++)
        {
            using var memory = new KernelMemory();
            FloatSpan saved = memory.Random((First + BlockRows) * columns, 1);
            FloatSpan wide = memory.Random((First + BlockRows) * (columns + 1), 2);
            FloatSpan start = memory.Random(BlockRows * columns, 3);
            FloatSpan kept = memory.Zeros((First + BlockRows) * columns);
            Check(Epilogue.Of(
                new Add(saved, columns), new Multiply(saved, columns), new Activate<Tanh>(default),
                new Store(kept, columns), new ActivationGradient<Relu>(saved, columns, default)));
            Check(Epilogue.Of(new Activate<Relu>(default), new Add(wide, columns + 1)));
            Check(new ActivationGradient<Gelu>(wide, columns + 1, default));
            Assert.All(kept.AsSpan()[..(First * columns)].ToArray(), static value => Assert.Equal(0f, value));

            void Check<TEpilogue>(TEpilogue stages)
                where TEpilogue : struct, IEpilogue
            {
                FloatSpan whole = memory.Of(start.AsSpan().ToArray());
                FloatSpan single = memory.Of(start.AsSpan().ToArray());
                PixelRows.Finish(whole, First, columns, stages);
                for (int row = 0; row < BlockRows; row++)
                {
                    stages.Invoke(single.Slice(row * columns, columns), First + row, 0);
                }

                Bits.Equal(single, whole);
            }
        }
    }

    /// <summary>Samples of three rows, so that a block of seven begins and ends within one.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Stages_of_samples_find_the_sample_of_each_row_of_a_block(int first)
    {
        const int BlockRows = 7;
        const int Columns = 19;
        using var memory = new KernelMemory();
        FloatSpan mean = memory.Random(3 * Columns, 1);
        FloatSpan scale = memory.Random(3 * Columns, 2);
        FloatSpan table = memory.Random(3 * Columns, 3);
        FloatSpan whole = memory.Random(BlockRows * Columns, 4);
        FloatSpan single = memory.Of(whole.AsSpan().ToArray());
        FloatSpan input = memory.Random(9 * Columns, 5);
        var stages = Epilogue.Of(
            new NormalizeSamples(mean, scale, table, rows: 3, Columns),
            new AddRepeated(table, rows: 3, Columns),
            new ScaleSamples(mean, rows: 3),
            new NormalizeSamplesGradient(input, Columns, mean, scale, table, mean, rows: 3));
        PixelRows.Finish(whole, first, Columns, stages);
        for (int row = 0; row < BlockRows; row++)
        {
            int sample = (first + row) / 3;
            for (int column = 0; column < Columns; column++)
            {
                int place = (sample * Columns) + column;
                float value = float.FusedMultiplyAdd(
                    single[(row * Columns) + column] - mean[place], scale[place], table[column]);
                value = (value + table[((first + row) % 3 * Columns) + column]) * mean[sample];
                float distance = mean[place] - input[((first + row) * Columns) + column];
                value = float.FusedMultiplyAdd(distance, mean[place], value * scale[place]) - table[place];
                Assert.Equal(value, whole[(row * Columns) + column]);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(19)]
    public void Rows_of_padding_are_cleared_whatever_stands_there(int columns)
    {
        const int Rows = 7;
        using var memory = new KernelMemory();
        FloatSpan mask = memory.Zeros(Rows);
        FloatSpan values = memory.Random(Rows * columns, 1);
        foreach (int row in (int[])[1, 4, 6])
        {
            mask[row] = float.NegativeInfinity;
            values.Slice(row * columns, columns).AsSpan().Fill(float.NaN);
        }

        float[] before = values.AsSpan().ToArray();
        PixelRows.Finish(values, first: 0, columns, new CombineRows<Rejection>(mask, rows: 1));
        for (int i = 0; i < values.Length; i++)
        {
            Assert.Equal(mask[i / columns] == 0f ? before[i] : 0f, values[i]);
        }

        Assert.Throws<ArgumentOutOfRangeException>(
            () => PixelRows.Finish(values, first: 1, columns, new CombineRows<Rejection>(mask, rows: 1)));
    }

    [Fact]
    public void A_block_that_reaches_beyond_an_operand_is_refused_before_anything_is_read()
    {
        using var memory = new KernelMemory();
        FloatSpan values = memory.Zeros(3 * 8);
        Assert.Throws<ArgumentOutOfRangeException>(
            () => PixelRows.Finish(values, first: 0, 8, new Add(memory.Zeros((3 * 8) - 1), 8)));
        var stages = Epilogue.Of(new Activate<Relu>(default), new AddBias(memory.Zeros(7)));
        Assert.Throws<ArgumentOutOfRangeException>(() => PixelRows.Finish(values, first: 0, 8, stages));
    }

    [Fact]
    public void A_run_that_reaches_beyond_an_operand_is_refused()
    {
        using var memory = new KernelMemory();
        var stage = new AddBias(memory.Zeros(10));
        Assert.Throws<ArgumentOutOfRangeException>(() => stage.Invoke(new float[4], 0, 7));
        Assert.Throws<ArgumentOutOfRangeException>(() => stage.Invoke(new float[4], 0, -1));
    }
}
