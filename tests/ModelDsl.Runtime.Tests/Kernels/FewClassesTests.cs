namespace ModelDsl.Runtime.Tests.Kernels;

/// <summary>
/// The cross-entropy of few classes, with a row on each lane, in every width of vectors and between guard pages.
/// </summary>
public sealed unsafe class FewClassesTests
{
    private const int MostRows = 69;

    [Fact]
    public void Losses_and_gradients_match_double_precision_in_every_width()
    {
        Matches<SimdVector512>();
        Matches<SimdVector256>();
        Matches<SimdVector128>();
        Matches<SimdScalar>();
    }

    [Fact]
    public void A_row_has_the_same_bits_wherever_it_stands()
    {
        BitsStay<SimdVector512>();
        BitsStay<SimdVector256>();
        BitsStay<SimdVector128>();
        BitsStay<SimdScalar>();
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    [InlineData(float.MaxValue)]
    [InlineData(float.MinValue)]
    public void A_logit_that_is_no_number_or_huge_stays_within_its_row(float logit)
    {
        const int Rows = 21, Classes = 5, Bad = 17;
        using var memory = new KernelMemory();
        FloatSpan y = memory.Random(Rows * Classes, 3);
        int[] labels = Labels(Rows, Classes);
        var clean = Evaluate<SimdVector512>(memory, y, labels, Classes);
        y[(Bad * Classes) + 1] = logit;
        var spoilt = Evaluate<SimdVector512>(memory, y, labels, Classes);
        for (int row = 0; row < Rows; row++)
        {
            if (row != Bad)
            {
                Assert.Equal(clean.Losses[row], spoilt.Losses[row]);
                Assert.Equal(Row(clean.Gradient, row, Classes), Row(spoilt.Gradient, row, Classes));
            }
        }

        if (float.IsFinite(logit))
        {
            Assert.True(double.IsFinite(spoilt.Losses[Bad]));
            Assert.Equal(0, Row(spoilt.Gradient, Bad, Classes).Sum(), 1e-6);
        }
        else
        {
            Assert.False(logit != float.NegativeInfinity && double.IsFinite(spoilt.Losses[Bad]));
        }
    }

    [Fact]
    public void A_row_without_weight_adds_nothing_even_where_it_is_no_number()
    {
        const int Rows = 19, Classes = 3;
        using var memory = new KernelMemory();
        FloatSpan y = memory.Random(Rows * Classes, 3);
        y[Classes] = float.NaN;
        float[] weights = [.. Enumerable.Range(0, Rows).Select(row => row == 1 ? 0f : 1f + row)];
        var targets = new Targets(Labels(Rows, Classes)) { SampleWeights = weights };
        FloatSpan gradient = memory.Zeros(Rows * Classes);

        float loss = SoftmaxCrossEntropyLoss.EvaluateWithGradient(y, targets, gradient, Rows, Classes);

        double total = weights.Sum(weight => (double)weight), expected = 0;
        for (int row = 0; row < Rows; row++)
        {
            if (row == 1)
            {
                Assert.All(Row(gradient.AsSpan().ToArray(), row, Classes), value => Assert.Equal(0f, value));
                continue;
            }

            double[] share = Softmax(Row(y.AsSpan().ToArray(), row, Classes));
            int label = targets.Labels[row];
            expected -= weights[row] * Math.Log(share[label]) / total;
            for (int i = 0; i < Classes; i++)
            {
                double slope = weights[row] * (share[i] - (i == label ? 1 : 0)) / total;
                Assert.Equal(slope, gradient[(row * Classes) + i], 1e-7);
            }
        }

        Assert.Equal(expected, loss, 1e-6);
    }

    private static void Matches<TVector>()
        where TVector : struct, ISimdVector<TVector>
    {
        for (int classes = 1; classes <= FewClassesKernel.MostClasses; classes++)
        {
            for (int rows = 1; rows <= MostRows; rows += classes % 3 == 0 ? 1 : 7)
            {
                using var memory = new KernelMemory();
                FloatSpan y = memory.Random(rows * classes, rows, -20f, 20f);
                int[] labels = Labels(rows, classes);
                (double[] losses, float[] gradient) = Evaluate<TVector>(memory, y, labels, classes);
                for (int row = 0; row < rows; row++)
                {
                    double[] share = Softmax(Row(y.AsSpan().ToArray(), row, classes));
                    double loss = -Math.Log(share[labels[row]]);
                    Assert.Equal(loss, losses[row], 2e-6 * Math.Max(1, loss));
                    for (int i = 0; i < classes; i++)
                    {
                        double slope = (share[i] - (i == labels[row] ? 1 : 0)) / rows;
                        Assert.Equal(slope, gradient[(row * classes) + i], 1e-6);
                    }
                }
            }
        }
    }

    private static void BitsStay<TVector>()
        where TVector : struct, ISimdVector<TVector>
    {
        for (int classes = 1; classes <= FewClassesKernel.MostClasses; classes++)
        {
            using var memory = new KernelMemory();
            FloatSpan y = memory.Random(MostRows * classes, classes, -5f, 5f);
            int[] labels = Labels(MostRows, classes);
            (double[] losses, float[] gradient) = Evaluate<TVector>(memory, y, labels, classes);
            for (int first = 0; first < MostRows; first += 6)
            {
                int rows = Math.Min(6, MostRows - first);
                FloatSpan part = y.Slice(first * classes, rows * classes);
                (double[] own, float[] slopes) =
                    Evaluate<TVector>(memory, part, labels[first..(first + rows)], classes, MostRows);
                Assert.Equal(losses[first..(first + rows)], own);
                Assert.Equal(gradient[(first * classes)..((first + rows) * classes)], slopes);
            }
        }
    }

    private static (double[] Losses, float[] Gradient) Evaluate<TVector>(
        KernelMemory memory, FloatSpan y, int[] labels, int classes, int? total = null)
        where TVector : struct, ISimdVector<TVector>
    {
        int rows = labels.Length;
        FloatSpan gradient = memory.Zeros(rows * classes);
        double[] losses = new double[rows];
        double[] totals = [total ?? rows];
        var targets = new Targets(labels) { TotalWeights = totals };
        fixed (int* label = labels)
        fixed (double* loss = losses)
        {
            new FewClassesKernel(
                y.Pointer,
                label,
                new LossMean(targets, null, rows, 1),
                LossGradient.Of(gradient, rows, classes, 1f),
                loss,
                classes).Invoke<TVector>(0, rows);
        }

        return (losses, gradient.AsSpan().ToArray());
    }

    private static int[] Labels(int rows, int classes) => [.. Enumerable.Range(0, rows).Select(i => i * 7 % classes)];

    private static float[] Row(float[] matrix, int row, int classes) => matrix[(row * classes)..((row + 1) * classes)];

    private static double[] Softmax(float[] row)
    {
        double max = row.Max();
        double total = row.Sum(value => Math.Exp(value - max));
        return [.. row.Select(value => Math.Exp(value - max) / total)];
    }
}
