using System.Numerics.Tensors;

namespace ModelDsl.Runtime.Tests.Kernels;

/// <summary>Guarded memory for the operands of a product, and the product by a naive loop in double precision.</summary>
internal sealed class ProductOperands(int capacity) : IDisposable
{
    private readonly GuardedMemory _a = new(capacity);
    private readonly GuardedMemory _b = new(capacity);
    private readonly GuardedMemory _c = new(capacity);
    private readonly GuardedMemory _sums = new(capacity);
    private readonly float[] _before = new float[capacity];

    public void Check(
        MatrixMultiplicationTests.Form form, int m, int n, int k, bool end, bool accumulate, int seed)
    {
        FloatSpan a = Fill.Random(_a.At(m * k, end), seed);
        FloatSpan b = Fill.Random(_b.At(k * n, end), seed + 1);
        FloatSpan c = Fill.Random(_c.At(m * n, end), seed + 2);
        FloatSpan sums = Fill.Random(_sums.At(m, end), seed + 3);
        float[] sumsBefore = sums.AsSpan().ToArray();
        c.AsSpan().CopyTo(_before);
        bool aTransposed = form == MatrixMultiplicationTests.Form.TransposedTimes;
        bool bTransposed = form == MatrixMultiplicationTests.Form.TimesTransposed;
        switch (form)
        {
            case MatrixMultiplicationTests.Form.TimesTransposed:
                MatrixMultiplication.TimesTransposed(a, b, c, m, n, k, Epilogue.None, accumulate);
                break;
            case MatrixMultiplicationTests.Form.Times:
                MatrixMultiplication.Times(a, b, c, m, n, k, Epilogue.None, accumulate);
                break;
            default:
                MatrixMultiplication.TransposedTimes(a, b, c, sums, m, n, k, accumulate);
                break;
        }

        // A sum of k products of numbers in [-1, 1], each rounded: the bound is generous by a factor of about four.
        double tolerance = 1e-6 + (k * 1e-7);
        double[] rows = Vectors(a, m, k, transposed: aTransposed);
        double[] columns = Vectors(b, n, k, transposed: !bTransposed);
        for (int i = 0; i < m; i++)
        {
            ReadOnlySpan<double> row = rows.AsSpan(i * k, k);
            if (aTransposed)
            {
                double expected = (accumulate ? sumsBefore[i] : 0) + TensorPrimitives.Sum(row);
                Close(expected, sums[i], tolerance, $"row sum {i} of {m}x{n}x{k}");
            }

            for (int j = 0; j < n; j++)
            {
                double expected = (accumulate ? _before[(i * n) + j] : 0)
                    + TensorPrimitives.Dot(row, columns.AsSpan(j * k, k));
                Close(expected, c[(i * n) + j], tolerance, $"[{i}, {j}] of {m}x{n}x{k}");
            }
        }
    }

    /// <summary>The rows of a matrix, or the columns of one that is stored transposed, one after the other.</summary>
    private static double[] Vectors(ReadOnlySpan<float> matrix, int count, int length, bool transposed)
    {
        double[] vectors = new double[count * length];
        for (int i = 0; i < count; i++)
        {
            for (int p = 0; p < length; p++)
            {
                vectors[(i * length) + p] = matrix[transposed ? (p * count) + i : (i * length) + p];
            }
        }

        return vectors;
    }

    public void Dispose()
    {
        _a.Dispose();
        _b.Dispose();
        _c.Dispose();
        _sums.Dispose();
    }

    private static void Close(double expected, float actual, double tolerance, string what)
    {
        if (!(Math.Abs(expected - actual) <= tolerance))
        {
            Assert.Fail($"{what}: expected {expected}, got {actual}");
        }
    }
}
