namespace ModelDsl.Kernels;

/// <summary>
/// A convolution, or its transposed (the gradient of its input), as a product of the pixels of source images with a weight:
/// the operands of the kernels that compute it.
/// </summary>
internal unsafe struct ImageProduct
{
    public float* Source;
    public int SourceHeight;
    public int SourceWidth;
    public int SourceChannels;

    public float* Result;
    public int ResultHeight;
    public int ResultWidth;
    public int ResultChannels;

    /// <summary>[outputs, kernelHeight, kernelWidth, group's channels].</summary>
    public float* Weight;
    public ConvolutionShape Shape;
    public int Batch;

    /// <summary>Whether the source is the convolution's result.</summary>
    public bool IsTransposed;

    /// <summary>The weight in the order of the kernel that suits the shape, or null where it is not packed.</summary>
    public float* Packed;

    /// <summary>What is done to finished pixels.</summary>
    public EpilogueBlock Epilogue;

    /// <summary>By how many rows windows of stride 1 reach over the top of the source.</summary>
    public readonly int PaddingTop =>
        Padding(Shape.Window.PaddingTop, Shape.Window.KernelHeight, Shape.Window.DilationHeight);

    /// <summary>By how many columns windows of stride 1 reach over the left of the source.</summary>
    public readonly int PaddingLeft =>
        Padding(Shape.Window.PaddingLeft, Shape.Window.KernelWidth, Shape.Window.DilationWidth);

    private enum Kernel
    {
        Winograd,
        Plane,
        Row,
        Sliding,
    }

    /// <summary>The kernel that suits the shape, for what runs and for what packs.</summary>
    private readonly Kernel Suitable =>
        Winograd.Suits(Shape) ? Kernel.Winograd
        : PlaneProduct.Suits(this) ? Kernel.Plane
        : RowProduct.Suits(this) ? Kernel.Row
        : Kernel.Sliding;

    private ImageProduct(
        FloatSpan source, FloatSpan weight, FloatSpan result, int batch, ConvolutionShape shape, bool isTransposed)
    {
        (int, int, int) image = (shape.Window.Height, shape.Window.Width, shape.Channels);
        (int, int, int) filtered = (shape.Window.OutputHeight, shape.Window.OutputWidth, shape.Outputs);
        Source = source.Pointer;
        (SourceHeight, SourceWidth, SourceChannels) = isTransposed ? filtered : image;
        Result = result.Pointer;
        (ResultHeight, ResultWidth, ResultChannels) = isTransposed ? image : filtered;
        Weight = weight.Pointer;
        Shape = shape;
        Batch = batch;
        IsTransposed = isTransposed;
    }

    public static ImageProduct Forward<TEpilogue>(
        FloatSpan input, FloatSpan weight, FloatSpan output, int batch, ConvolutionShape shape, ref TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue =>
        new(input, weight, output, batch, shape, isTransposed: false) { Epilogue = EpilogueBlock.Of(ref epilogue) };

    public static ImageProduct Transposed<TEpilogue>(
        FloatSpan gradient, FloatSpan weight, FloatSpan result, int batch, ConvolutionShape shape, ref TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue =>
        new(gradient, weight, result, batch, shape, isTransposed: true) { Epilogue = EpilogueBlock.Of(ref epilogue) };

    /// <summary>
    /// The filters in the order of the kernel that suits the shape; null where it is better off with the weight.
    /// </summary>
    public static AlignedMemory? Pack(FloatSpan weight, ConvolutionShape shape)
    {
        var operands = new ImageProduct(default, weight, default, batch: 1, shape, isTransposed: false);
        return operands.Suitable switch
        {
            Kernel.Winograd when !WinogradProduct.PacksFilters(shape) => null,
            Kernel.Winograd => Pack(new WinogradProduct { Operands = operands }, VectorWidth.Count),
            Kernel.Plane => Pack(new PlaneProduct { Operands = operands }, VectorWidth.Count),
            Kernel.Row => Pack(new RowProduct { Operands = operands }, shape.Outputs),
            _ => Pack(new SlidingProduct { Operands = operands }, VectorWidth.Count),
        };
    }

    /// <summary>Computes the result by the kernel that suits the shape.</summary>
    public readonly void Run()
    {
        if (Batch == 0)
        {
            return;
        }

        switch (Suitable)
        {
            case Kernel.Winograd:
                var winograd = new WinogradProduct { Operands = this };
                VectorWidth.Run(ref winograd);
                break;
            case Kernel.Plane:
                var plane = new PlaneProduct { Operands = this };
                VectorWidth.Run(ref plane);
                break;
            case Kernel.Row:
                var row = new RowProduct { Operands = this };
                VectorWidth.RunAround(ResultChannels, ref row);
                break;
            default:
                var sliding = new SlidingProduct { Operands = this };
                VectorWidth.Run(ref sliding);
                break;
        }
    }

    /// <summary>Runs the epilogue over some rows of an image's result.</summary>
    public readonly void Finish(int image, int row, int rows) =>
        Finish(((image * ResultHeight) + row) * ResultWidth, rows * ResultWidth);

    /// <summary>Runs the epilogue over some pixels of the result, all their channels.</summary>
    /// <param name="first">The first pixel, counted through all images.</param>
    /// <param name="count">The number of pixels.</param>
    public readonly void Finish(int first, int count) =>
        Epilogue.Invoke(Result + ((nint)first * ResultChannels), ResultChannels, count, ResultChannels, first, 0);

    // The width of vectors depends on the length of a run, as where the kernel is run.
    private static AlignedMemory? Pack<TKernel>(TKernel kernel, int length)
        where TKernel : struct, IFilterOrder
    {
        var packing = new FilterPacking<TKernel>(kernel);
        VectorWidth.RunAround(length, ref packing);
        return packing.Packed;
    }

    private readonly int Padding(int padding, int kernel, int dilation) =>
        IsTransposed ? ((kernel - 1) * dilation) - padding : padding;
}
