using System.Runtime.CompilerServices;

namespace ModelDsl.Kernels;

/// <summary>Products of row-major matrices of floats, in the three forms that forward and backward passes take.</summary>
/// <remarks>
/// A result is finished by one thread, block by block, and its epilogue runs while the block is in the cache. How the
/// work is divided depends on the shape alone, so results are the same to the last bit for every thread count.
/// </remarks>
public static unsafe class MatrixMultiplication
{
    /// <summary>c[m, n] = epilogue(a[m, k]·b[n, k]ᵀ), the forward pass of a layer with the weight b.</summary>
    /// <param name="a">[m, k].</param>
    /// <param name="b">[n, k].</param>
    /// <param name="c">[m, n]; must not overlap the operands.</param>
    /// <param name="m">The number of rows of the result.</param>
    /// <param name="n">The number of columns of the result.</param>
    /// <param name="k">The number of products that each element sums; with 0 the sum is 0.</param>
    /// <param name="epilogue">What is done to each finished value, from <see cref="Epilogue.Of{T}(T)"/>.</param>
    /// <param name="accumulate">Whether the product is added to what c holds before the epilogue.</param>
    /// <typeparam name="TEpilogue">The type of the epilogue.</typeparam>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    public static void TimesTransposed<TEpilogue>(
        FloatSpan a, FloatSpan b, FloatSpan c, int m, int n, int k, TEpilogue epilogue, bool accumulate = false)
        where TEpilogue : struct, IEpilogue
    {
        Guard.Matrix(a, m, k);
        Guard.Matrix(b, n, k);
        Guard.Matrix(c, m, n);

        if (Math.Min(m, n) <= DotProducts.FewRows)
        {
            DotProducts.Run(new DotProducts
            {
                A = a.Pointer,
                B = b.Pointer,
                C = c.Pointer,
                Rows = m,
                Columns = n,
                Depth = k,
                Accumulate = accumulate,
                Finish = EpilogueBlock.For<TEpilogue>(),
                Epilogue = Unsafe.AsPointer(ref epilogue),
            });
            return;
        }

        // The weight is best read where it lies. What is copied, and turned, is the smaller operand.
        bool turned = ((long)m * k) + ((long)m * n) < (long)n * k;
        var product = new Product
        {
            A = turned ? b.Pointer : a.Pointer,
            ARow = k,
            ADepth = 1,
            B = turned ? a.Pointer : b.Pointer,
            BLane = k,
            BDepth = 1,
            C = c.Pointer,
            CRow = n,
            Rows = turned ? n : m,
            Lanes = turned ? m : n,
            Depth = k,
            Turned = turned,
            Accumulate = accumulate,
            Finish = EpilogueBlock.For<TEpilogue>(),
            Epilogue = Unsafe.AsPointer(ref epilogue),
        };
        ParallelProduct.Run(product);
    }

    /// <summary>c[m, n] = epilogue(a[m, k]·b[k, n]), the gradient of a layer's input where b is its weight.</summary>
    /// <param name="a">[m, k].</param>
    /// <param name="b">[k, n].</param>
    /// <param name="c">[m, n]; must not overlap the operands.</param>
    /// <param name="m">The number of rows of the result.</param>
    /// <param name="n">The number of columns of the result.</param>
    /// <param name="k">The number of products that each element sums; with 0 the sum is 0.</param>
    /// <param name="epilogue">What is done to each finished value, from <see cref="Epilogue.Of{T}(T)"/>.</param>
    /// <param name="accumulate">Whether the product is added to what c holds before the epilogue.</param>
    /// <typeparam name="TEpilogue">The type of the epilogue.</typeparam>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    public static void Times<TEpilogue>(
        FloatSpan a, FloatSpan b, FloatSpan c, int m, int n, int k, TEpilogue epilogue, bool accumulate = false)
        where TEpilogue : struct, IEpilogue
    {
        Guard.Matrix(a, m, k);
        Guard.Matrix(b, k, n);
        Guard.Matrix(c, m, n);
        var product = new Product
        {
            A = a.Pointer,
            ARow = k,
            ADepth = 1,
            B = b.Pointer,
            BLane = 1,
            BDepth = n,
            C = c.Pointer,
            CRow = n,
            Rows = m,
            Lanes = n,
            Depth = k,
            Accumulate = accumulate,
            Finish = EpilogueBlock.For<TEpilogue>(),
            Epilogue = Unsafe.AsPointer(ref epilogue),
        };
        ParallelProduct.Run(product);
    }

    /// <summary>
    /// c[m, n] = a[k, m]ᵀ·b[k, n] and rowSums[m] = Σ a[·, m], the gradients of a layer's weight and bias where a is the
    /// gradient of its output and b its input.
    /// </summary>
    /// <param name="a">[k, m].</param>
    /// <param name="b">[k, n].</param>
    /// <param name="c">[m, n]; must not overlap the operands.</param>
    /// <param name="rowSums">[m], or empty where the sums are not wanted.</param>
    /// <param name="m">The number of rows of the result.</param>
    /// <param name="n">The number of columns of the result.</param>
    /// <param name="k">The number of products that each element sums; with 0 the sum is 0.</param>
    /// <param name="accumulate">Whether the results are added to what c and rowSums hold.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    public static void TransposedTimes(
        FloatSpan a, FloatSpan b, FloatSpan c, FloatSpan rowSums, int m, int n, int k, bool accumulate = false)
    {
        Guard.Matrix(a, k, m);
        Guard.Matrix(b, k, n);
        Guard.Matrix(c, m, n);
        if (!rowSums.IsEmpty)
        {
            Guard.Vector(rowSums, m);
        }

        if (n == 0)
        {
            // There is nothing to multiply, but the sums are still wanted.
            SumColumns(a, rowSums, m, k, accumulate);
            return;
        }

        var product = new Product
        {
            A = a.Pointer,
            ARow = 1,
            ADepth = m,
            B = b.Pointer,
            BLane = 1,
            BDepth = n,
            C = c.Pointer,
            CRow = n,
            Rows = m,
            Lanes = n,
            Depth = k,
            Accumulate = accumulate,
            RowSums = rowSums.IsEmpty ? null : rowSums.Pointer,
        };
        ParallelProduct.Run(product);
    }

    private static void SumColumns(FloatSpan matrix, FloatSpan sums, int columns, int rows, bool accumulate)
    {
        for (int column = 0; column < columns && !sums.IsEmpty; column++)
        {
            float sum = 0f;
            for (int row = 0; row < rows; row++)
            {
                sum += matrix[(row * columns) + column];
            }

            sums[column] = accumulate ? sums[column] + sum : sum;
        }
    }
}
