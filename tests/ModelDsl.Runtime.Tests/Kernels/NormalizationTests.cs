namespace ModelDsl.Runtime.Tests.Kernels;

/// <summary>Normalizations of every width around the vectors', between guard pages.</summary>
public sealed class NormalizationTests
{
    private const float Epsilon = 1e-3f;

    public static TheoryData<int> Columns => [.. Enumerable.Range(1, 70)];

    [Theory]
    [MemberData(nameof(Columns))]
    public void LayerNorm_matches_its_definition(int columns) => Check(columns, centered: true);

    [Theory]
    [MemberData(nameof(Columns))]
    public void RmsNorm_matches_its_definition(int columns) => Check(columns, centered: false);

    [Fact]
    public void Gradients_are_the_same_to_the_last_bit_for_every_thread_count()
    {
        const int Rows = 700, Columns = 100;
        AlignedMemory input = new(Rows * Columns), gradient = new(Rows * Columns), weight = new(Columns);
        Fill.Random(input.FloatSpan, 1);
        Fill.Random(gradient.FloatSpan, 2);
        Fill.Random(weight.FloatSpan, 3);
        int threads = WorkerPool.ThreadCount;
        try
        {
            float[] one = Run(1);
            for (int count = 2; count <= 5; count++)
            {
                Assert.Equal(one, Run(count));
            }
        }
        finally
        {
            WorkerPool.ThreadCount = threads;
        }

        float[] Run(int count)
        {
            WorkerPool.ThreadCount = count;
            AlignedMemory output = new(Rows * Columns), inputGradient = new(Rows * Columns), statistics = new(2 * Rows);
            AlignedMemory weightGradient = new(Columns), biasGradient = new(Columns), scratch = new(LayerNorm.ScratchRows * Columns);
            LayerNorm.Forward(
                input.FloatSpan, weight.FloatSpan, weight.FloatSpan, output.FloatSpan, statistics.FloatSpan,
                Rows, Columns, Epsilon, Epilogue.None);
            LayerNorm.Backward(
                input.FloatSpan, weight.FloatSpan, statistics.FloatSpan, gradient.FloatSpan, inputGradient.FloatSpan,
                weightGradient.FloatSpan, biasGradient.FloatSpan, scratch.FloatSpan,
                Rows, Columns, accumulate: false, Epilogue.None);
            return
            [
                .. output.Span, .. inputGradient.Span, .. weightGradient.Span, .. biasGradient.Span,
            ];
        }
    }

    private static void Check(int columns, bool centered)
    {
        const int Rows = 3;
        using GuardedMemory inputs = new(Rows * columns);
        using GuardedMemory weights = new(columns);
        using GuardedMemory biases = new(columns);
        using GuardedMemory outputs = new(Rows * columns);
        FloatSpan x = Fill.Random(inputs.AtEnd(Rows * columns), columns, -1f, 3f);
        FloatSpan weight = Fill.Random(weights.AtEnd(columns), 1);
        FloatSpan bias = Fill.Random(biases.AtEnd(columns), 2);
        FloatSpan y = outputs.AtEnd(Rows * columns);
        if (centered)
        {
            LayerNorm.Forward(x, weight, bias, y, default, Rows, columns, Epsilon, Epilogue.None);
        }
        else
        {
            RmsNorm.Forward(x, weight, y, default, Rows, columns, Epsilon, Epilogue.None);
        }

        for (int row = 0; row < Rows; row++)
        {
            double[] values = [.. x.Slice(row * columns, columns).AsSpan().ToArray().Select(value => (double)value)];
            double mean = centered ? values.Average() : 0;
            double scale = 1 / Math.Sqrt(values.Average(value => (value - mean) * (value - mean)) + Epsilon);
            for (int i = 0; i < columns; i++)
            {
                double expected = ((values[i] - mean) * scale * weight[i]) + (centered ? bias[i] : 0);
                Assert.Equal(expected, y[(row * columns) + i], 2e-5);
            }
        }
    }
}
