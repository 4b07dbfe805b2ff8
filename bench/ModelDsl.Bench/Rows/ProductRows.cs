namespace Benchmarks.Bench.Rows;

/// <summary>
/// Matrix products c[m, n] with k products in each sum. libtorch writes in place into a result that exists
/// (<c>addmm_</c> with β = 0), as ours does; its transposed operands are views made beforehand.
/// </summary>
internal sealed class ProductRows : IRowGroup
{
    private const double Goal = 1.15;

    private static readonly (int M, int K, int N)[] Sizes =
        [(128, 784, 512), (128, 512, 512), (128, 512, 10), (512, 512, 512), (1024, 1024, 1024)];

    /// <summary>What the backward pass of the digit classifier adds at batch 128.</summary>
    private static readonly (ProductForm Form, int M, int K, int N)[] Backward =
    [
        (ProductForm.LeftTransposed, 512, 128, 784),
        (ProductForm.LeftTransposed, 512, 128, 512),
        (ProductForm.LeftTransposed, 10, 128, 512),
        (ProductForm.Plain, 128, 10, 512),
    ];

    public string Name => "gemm";

    public IEnumerable<Row> GetRows(int threads) =>
        from size in Enum.GetValues<ProductForm>()
            .SelectMany(form => Sizes.Select(size => (form, size.M, size.K, size.N)))
            .Concat(Backward)
        select Of(threads, size.Item1, size.M, size.K, size.N);

    private Row Of(int threads, ProductForm form, int m, int k, int n) => new()
    {
        Group = Name,
        Name = $"{Symbol(form)} {m}x{k}x{n}",
        Work = Work.Product(m, n, k),
        Goal = Goal,
        Ours = () => Ours(form, m, k, n),
        Torch = () => Torch(form, m, k, n),
        Limit = () => Limits.Fma(threads),
        LimitWork = Limits.FmaWork(threads),
    };

    private static string Symbol(ProductForm form) => form switch
    {
        ProductForm.RightTransposed => "A·Bᵀ",
        ProductForm.LeftTransposed => "Aᵀ·B",
        _ => "A·B",
    };

    private static Contender Ours(ProductForm form, int m, int k, int n)
    {
        AlignedMemory a = Numbers.Draw(m * k, 1), b = Numbers.Draw(k * n, 2), c = new(m * n);
        FloatSpan left = a.FloatSpan, right = b.FloatSpan, result = c.FloatSpan;
        Action run = form switch
        {
            ProductForm.RightTransposed =>
                () => MatrixMultiplication.TimesTransposed(left, right, result, m, n, k, Epilogue.None),
            ProductForm.LeftTransposed =>
                () => MatrixMultiplication.TransposedTimes(left, right, result, default, m, n, k),
            _ => () => MatrixMultiplication.Times(left, right, result, m, n, k, Epilogue.None),
        };
        return new Contender(run, dispose: () => GC.KeepAlive((a, b))) { Result = () => c.Span.ToArray() };
    }

    private static Contender Torch(ProductForm form, int m, int k, int n)
    {
        using IDisposable guard = no_grad();
        Tensor a = tensor(Numbers.Draw(m * k, 1).Span.ToArray());
        Tensor b = tensor(Numbers.Draw(k * n, 2).Span.ToArray());
        Tensor left = form == ProductForm.LeftTransposed ? a.reshape(k, m).t() : a.reshape(m, k);
        Tensor right = form == ProductForm.RightTransposed ? b.reshape(n, k).t() : b.reshape(k, n);
        Tensor c = zeros(m, n);
        return new Contender(
            () => c.addmm_(left, right, 0f, 1f),
            dispose: () => Tensors.DisposeAll(a, b, left, right, c))
        {
            Result = () => c.data<float>().ToArray(),
        };
    }
}
