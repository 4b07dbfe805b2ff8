namespace ModelDsl.CompilerServices;

/// <summary>Convolutions of images of [batch, height, width, channels], and their gradients.</summary>
/// <remarks>
/// The weight is [outputs, kernelHeight, kernelWidth, channels / groups]. A kernel of one pixel is a plain product of
/// matrices, as many groups as channels are summed channel by channel, and all else is an <see cref="ImageProduct"/>.
/// Results are the same to the last bit for every thread count.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Convolution
{
    /// <summary>output[n, h, w, o] = epilogue(Σ patch[n, h, w, i, j, c] · weight[o, i, j, c]).</summary>
    /// <param name="input">[batch, window.Height, window.Width, channels].</param>
    /// <param name="weight">[outputs, window.KernelHeight, window.KernelWidth, channels / groups].</param>
    /// <param name="output">[batch, window.OutputHeight, window.OutputWidth, outputs]; must not overlap the operands.</param>
    /// <param name="batch">The number of images.</param>
    /// <param name="window">How the kernel slides over an image.</param>
    /// <param name="channels">The number of channels of an image.</param>
    /// <param name="outputs">The number of channels of the result.</param>
    /// <param name="groups">Into how many groups both are divided; an output sees the channels of its group.</param>
    /// <param name="epilogue">What is done to each finished pixel, a row of as many columns as outputs.</param>
    /// <typeparam name="TEpilogue">The type of the epilogue.</typeparam>
    /// <exception cref="ArgumentException">An operand is shorter than its shape, or the geometry is none.</exception>
    public static void Forward<TEpilogue>(
        FloatSpan input, FloatSpan weight, FloatSpan output, int batch,
        SlidingWindow window, int channels, int outputs, int groups, TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue =>
        Forward(input, weight, null, output, batch, window, channels, outputs, groups, epilogue);

    /// <summary>The same with filters that may have been packed before.</summary>
    /// <param name="input">[batch, window.Height, window.Width, channels].</param>
    /// <param name="weight">[outputs, window.KernelHeight, window.KernelWidth, channels / groups].</param>
    /// <param name="packed">The same weight packed, or null where it was not, or for another geometry.</param>
    /// <param name="output">
    /// [batch, window.OutputHeight, window.OutputWidth, outputs]; must not overlap the operands.
    /// </param>
    /// <param name="batch">The number of images.</param>
    /// <param name="window">How the kernel slides over an image.</param>
    /// <param name="channels">The number of channels of an image.</param>
    /// <param name="outputs">The number of channels of the result.</param>
    /// <param name="groups">Into how many groups both are divided; an output sees the channels of its group.</param>
    /// <param name="epilogue">What is done to each finished pixel, a row of as many columns as outputs.</param>
    /// <typeparam name="TEpilogue">The type of the epilogue.</typeparam>
    /// <exception cref="ArgumentException">An operand is shorter than its shape, or the geometry is none.</exception>
    public static void Forward<TEpilogue>(
        FloatSpan input, FloatSpan weight, PackedFilters? packed, FloatSpan output, int batch,
        SlidingWindow window, int channels, int outputs, int groups, TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue
    {
        var shape = new ConvolutionShape(window, channels, outputs, groups);
        Check(shape, input, weight, output, batch);
        packed = packed is not null && packed.AreOf(shape) ? packed : null;
        if (window.IsPixel && groups == 1)
        {
            MatrixMultiplication.TimesTransposed(
                input, weight, packed?.Matrix, output, batch * window.OutputPixels, outputs, channels, epilogue);
            return;
        }

        if (shape.IsDepthwise)
        {
            DepthwiseConvolution.Forward(input, weight, packed, output, batch, window, channels, epilogue);
        }
        else
        {
            ImageProduct product = ImageProduct.Forward(input, weight, output, batch, shape, ref epilogue);
            product.Packed = packed is null ? null : packed.Filters;
            product.Run();
        }

        GC.KeepAlive(packed);
    }

    /// <summary>
    /// inputGradient = epilogue(the gradients of all patches, added where patches overlap): the transposed convolution.
    /// </summary>
    /// <param name="outputGradient">[batch, window.OutputHeight, window.OutputWidth, outputs].</param>
    /// <param name="weight">[outputs, window.KernelHeight, window.KernelWidth, channels / groups].</param>
    /// <param name="inputGradient">[batch, window.Height, window.Width, channels]; must not overlap the operands.</param>
    /// <param name="batch">The number of images.</param>
    /// <param name="window">How the kernel slides over the image that the gradient is of.</param>
    /// <param name="channels">The number of channels of that image.</param>
    /// <param name="outputs">The number of channels of the convolution's result.</param>
    /// <param name="groups">Into how many groups both are divided.</param>
    /// <param name="epilogue">What is done to each finished pixel, a row of as many columns as channels.</param>
    /// <typeparam name="TEpilogue">The type of the epilogue.</typeparam>
    /// <exception cref="ArgumentException">An operand is shorter than its shape, or the geometry is none.</exception>
    public static void InputGradient<TEpilogue>(
        FloatSpan outputGradient, FloatSpan weight, FloatSpan inputGradient, int batch,
        SlidingWindow window, int channels, int outputs, int groups, TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue
    {
        var shape = new ConvolutionShape(window, channels, outputs, groups);
        Check(shape, inputGradient, weight, outputGradient, batch);
        if (window.IsPixel && groups == 1)
        {
            MatrixMultiplication.Times(
                outputGradient, weight, inputGradient, batch * window.Pixels, channels, outputs, epilogue);
            return;
        }

        if (shape.IsDepthwise)
        {
            DepthwiseConvolution.InputGradient(outputGradient, weight, inputGradient, batch, window, channels, epilogue);
            return;
        }

        ImageProduct.Transposed(outputGradient, weight, inputGradient, batch, shape, ref epilogue).Run();
    }

    /// <summary>weightGradient[o, i, j, c] = Σ outputGradient[n, h, w, o] · patch[n, h, w, i, j, c], and the bias's gradient.</summary>
    /// <param name="outputGradient">[batch, window.OutputHeight, window.OutputWidth, outputs].</param>
    /// <param name="input">[batch, window.Height, window.Width, channels].</param>
    /// <param name="weightGradient">[outputs, window.KernelHeight, window.KernelWidth, channels / groups].</param>
    /// <param name="biasGradient">[outputs], or empty where it is not wanted: the sums of the output's gradient.</param>
    /// <param name="batch">The number of images.</param>
    /// <param name="window">How the kernel slides over an image.</param>
    /// <param name="channels">The number of channels of an image.</param>
    /// <param name="outputs">The number of channels of the result.</param>
    /// <param name="groups">Into how many groups both are divided.</param>
    /// <param name="accumulate">Whether the gradients are added to what is there.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape, or the geometry is none.</exception>
    public static void WeightGradient(
        FloatSpan outputGradient, FloatSpan input, FloatSpan weightGradient, FloatSpan biasGradient, int batch,
        SlidingWindow window, int channels, int outputs, int groups, bool accumulate = false)
    {
        var shape = new ConvolutionShape(window, channels, outputs, groups);
        Check(shape, input, weightGradient, outputGradient, batch);
        int rows = batch * window.OutputPixels;
        if (window.IsPixel && groups == 1)
        {
            MatrixMultiplication.TransposedTimes(
                outputGradient, input, weightGradient, biasGradient, outputs, channels, rows, accumulate);
            return;
        }

        if (!biasGradient.IsEmpty)
        {
            Columns.Sum(outputGradient, biasGradient, rows, outputs, accumulate);
        }

        accumulate |= weightGradient.GoesOn;
        if (shape.IsDepthwise)
        {
            DepthwiseConvolution.WeightGradient(outputGradient, input, weightGradient, batch, window, channels, accumulate);
            return;
        }

        if (Winograd.Suits(shape))
        {
            new WinogradWeightProduct
            {
                Gradient = outputGradient.Pointer,
                Source = input.Pointer,
                Shape = shape,
                Batch = batch,
                Result = weightGradient.Pointer,
                Accumulate = accumulate,
            }.Run();
            return;
        }

        if (NarrowWeightProduct.Suits(shape))
        {
            var narrow = new NarrowWeightProduct
            {
                Gradient = outputGradient.Pointer,
                Source = input.Pointer,
                Shape = shape,
                Batch = batch,
                Filters = weightGradient.Pointer,
                Accumulate = accumulate,
            };
            VectorWidth.Run(ref narrow);
            return;
        }

        for (int group = 0; group < groups; group++)
        {
            var product = new ConvolutionWeightProduct
            {
                Gradient = outputGradient.Pointer,
                Source = input.Pointer,
                Shape = shape,
                Group = group,
                Batch = batch,
                Filters = shape.Filters(weightGradient, group).Pointer,
                Accumulate = accumulate,
            };
            VectorWidth.Run(ref product);
        }
    }

    private static void Check(ConvolutionShape shape, FloatSpan image, FloatSpan weight, FloatSpan result, int batch)
    {
        shape.Check();
        ArgumentOutOfRangeException.ThrowIfNegative(batch);
        Guard.Blocks(image, batch, shape.Window.Pixels, shape.Channels);
        Guard.Matrix(weight, shape.Outputs, shape.PatchLength);
        Guard.Blocks(result, batch, shape.Window.OutputPixels, shape.Outputs);
    }
}
