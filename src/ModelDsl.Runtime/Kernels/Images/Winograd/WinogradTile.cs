namespace ModelDsl.Kernels;

/// <summary>The transforms of <see cref="WinogradAxis"/> along both axes of a tile, for a vector of channels at a time.</summary>
/// <remarks>
/// The 36 values of a transformed tile go to 36 matrices, <c>pointStride</c> apart. The columns are transformed into a buffer
/// in the first-level cache, then its rows. Limited by stores: one a cycle.
/// </remarks>
internal static unsafe class WinogradTile
{
    /// <summary>The number of products that take the place of 16 · 9.</summary>
    public const int Products = WinogradAxis.Points * WinogradAxis.Points;

    /// <summary>The floats of the buffer that each transform works in.</summary>
    public static int BufferFloats<TVector>()
        where TVector : struct, ISimdVector<TVector> => Products * TVector.Count;

    /// <summary>The distance between two of the matrices that transforms write: no power of two, as it would be in the cache.</summary>
    public static int PointStride(int floats) => BlockSizes.RoundUp(floats, 16) + 16;

    /// <summary>The pixels under a window, with <paramref name="zeros"/> for those outside of the image.</summary>
    public static void Locate(
        float* image, int height, int width, int channels, int top, int left, int size, float* zeros, float** pixels)
    {
        int first = Math.Max(0, -left);
        int last = Math.Clamp(width - left, first, size);
        for (int i = 0; i < size; i++)
        {
            bool isInside = (uint)(top + i) < (uint)height;
            int start = isInside ? first : size;
            int end = isInside ? last : size;
            float* pixel = image + ((((nint)(top + i) * width) + left + start) * channels);
            for (int j = 0; j < start; j++)
            {
                pixels[j] = zeros;
            }

            for (int j = start; j < end; j++)
            {
                pixels[j] = pixel;
                pixel += channels;
            }

            for (int j = end; j < size; j++)
            {
                pixels[j] = zeros;
            }

            pixels += size;
        }
    }

    /// <summary>Bᵀ·d·B.</summary>
    /// <param name="pixels">The 6 x 6 pixels of the tile.</param>
    /// <param name="channels">The number of channels.</param>
    /// <param name="block">The channels of one block; a multiple of 16.</param>
    /// <param name="blockStride">The distance between two blocks.</param>
    /// <param name="destination">Where the first channel of the first point goes; whole vectors are written.</param>
    /// <param name="pointStride">The distance between two points.</param>
    /// <param name="buffer">Memory to work in.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void TransformInputs<TVector>(
        float** pixels, int channels, int block, nint blockStride, float* destination, nint pointStride, float* buffer)
        where TVector : struct, ISimdVector<TVector>
    {
        int size = WinogradAxis.Points;
        int within = 0;
        for (int channel = 0; channel < channels; channel += TVector.Count)
        {
            int count = Math.Min(TVector.Count, channels - channel);
            for (int j = 0; j < size; j++)
            {
                WinogradAxis.Inputs(
                    Operand.Load<TVector>(pixels[j] + channel, count),
                    Operand.Load<TVector>(pixels[j + size] + channel, count),
                    Operand.Load<TVector>(pixels[j + (2 * size)] + channel, count),
                    Operand.Load<TVector>(pixels[j + (3 * size)] + channel, count),
                    Operand.Load<TVector>(pixels[j + (4 * size)] + channel, count),
                    Operand.Load<TVector>(pixels[j + (5 * size)] + channel, count),
                    out TVector t0, out TVector t1, out TVector t2, out TVector t3, out TVector t4, out TVector t5);
                Store(t0, t1, t2, t3, t4, t5, buffer + (j * TVector.Count), size * TVector.Count);
            }

            float* from = buffer;
            float* to = destination + within;
            for (int i = 0; i < size; i++)
            {
                WinogradAxis.Inputs(
                    TVector.Load(from),
                    TVector.Load(from + TVector.Count),
                    TVector.Load(from + (2 * TVector.Count)),
                    TVector.Load(from + (3 * TVector.Count)),
                    TVector.Load(from + (4 * TVector.Count)),
                    TVector.Load(from + (5 * TVector.Count)),
                    out TVector t0, out TVector t1, out TVector t2, out TVector t3, out TVector t4, out TVector t5);
                Store(t0, t1, t2, t3, t4, t5, to, pointStride);
                from += size * TVector.Count;
                to += size * pointStride;
            }

            within += TVector.Count;
            if (within == block)
            {
                within = 0;
                destination += blockStride;
            }
        }
    }

    /// <summary>G·g·Gᵀ for vectors of lanes, which are outputs or channels, at some steps of the depth.</summary>
    /// <param name="filters">The first tap at the first lane and step.</param>
    /// <param name="tapStride">The distance between two taps.</param>
    /// <param name="depthStride">The distance between two steps.</param>
    /// <param name="depth">The number of steps.</param>
    /// <param name="lanes">The number of lanes.</param>
    /// <param name="destination">[points, depth, width].</param>
    /// <param name="width">The lanes in whole vectors; the last ones are zero.</param>
    /// <param name="pointStride">The distance between two points.</param>
    /// <param name="buffer">Memory to work in.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void TransformFilters<TVector>(
        float* filters, nint tapStride, nint depthStride, int depth, int lanes,
        float* destination, int width, nint pointStride, float* buffer)
        where TVector : struct, ISimdVector<TVector>
    {
        int size = WinogradAxis.Points;
        nint rowStride = WinogradAxis.Taps * tapStride;
        for (int step = 0; step < depth; step++)
        {
            for (int lane = 0; lane < width; lane += TVector.Count)
            {
                int count = Math.Min(TVector.Count, lanes - lane);
                float* tap = filters + lane;
                for (int j = 0; j < WinogradAxis.Taps; j++)
                {
                    WinogradAxis.Filters(
                        Operand.Load<TVector>(tap, count),
                        Operand.Load<TVector>(tap + rowStride, count),
                        Operand.Load<TVector>(tap + (2 * rowStride), count),
                        out TVector t0, out TVector t1, out TVector t2, out TVector t3, out TVector t4, out TVector t5);
                    Store(t0, t1, t2, t3, t4, t5, buffer + (j * TVector.Count), WinogradAxis.Taps * TVector.Count);
                    tap += tapStride;
                }

                float* from = buffer;
                float* to = destination + lane;
                for (int i = 0; i < size; i++)
                {
                    WinogradAxis.Filters(
                        TVector.Load(from),
                        TVector.Load(from + TVector.Count),
                        TVector.Load(from + (2 * TVector.Count)),
                        out TVector t0, out TVector t1, out TVector t2, out TVector t3, out TVector t4, out TVector t5);
                    Store(t0, t1, t2, t3, t4, t5, to, pointStride);
                    from += WinogradAxis.Taps * TVector.Count;
                    to += size * pointStride;
                }
            }

            filters += depthStride;
            destination += width;
        }
    }

    /// <summary>Aᵀ·m·A, and stores the pixels that lie within the image.</summary>
    /// <param name="products">The first point's first lane.</param>
    /// <param name="pointStride">The distance between two points.</param>
    /// <param name="lanes">The number of lanes.</param>
    /// <param name="destination">The tile's first pixel.</param>
    /// <param name="rowStride">The distance between two rows of the image.</param>
    /// <param name="columnStride">The distance between two pixels.</param>
    /// <param name="rows">The tile's rows within the image.</param>
    /// <param name="columns">The tile's columns within the image.</param>
    /// <param name="buffer">Memory to work in.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void TransformResults<TVector>(
        float* products, nint pointStride, int lanes,
        float* destination, nint rowStride, nint columnStride, int rows, int columns, float* buffer)
        where TVector : struct, ISimdVector<TVector>
    {
        int size = WinogradAxis.Points;
        for (int lane = 0; lane < lanes; lane += TVector.Count)
        {
            int count = Math.Min(TVector.Count, lanes - lane);
            for (int j = 0; j < size; j++)
            {
                Load(products + lane + (j * pointStride), size * pointStride,
                    out TVector m0, out TVector m1, out TVector m2, out TVector m3, out TVector m4, out TVector m5);
                WinogradAxis.Results(
                    m0, m1, m2, m3, m4, m5, out TVector y0, out TVector y1, out TVector y2, out TVector y3);
                float* column = buffer + (j * TVector.Count);
                y0.Store(column);
                y1.Store(column + (size * TVector.Count));
                y2.Store(column + (2 * size * TVector.Count));
                y3.Store(column + (3 * size * TVector.Count));
            }

            float* from = buffer;
            float* to = destination + lane;
            for (int i = 0; i < rows; i++)
            {
                Load(from, TVector.Count,
                    out TVector m0, out TVector m1, out TVector m2, out TVector m3, out TVector m4, out TVector m5);
                WinogradAxis.Results(
                    m0, m1, m2, m3, m4, m5, out TVector y0, out TVector y1, out TVector y2, out TVector y3);
                Operand.Store(y0, to, count);
                if (columns > 1)
                {
                    Operand.Store(y1, to + columnStride, count);
                }

                if (columns > 2)
                {
                    Operand.Store(y2, to + (2 * columnStride), count);
                }

                if (columns > 3)
                {
                    Operand.Store(y3, to + (3 * columnStride), count);
                }

                from += size * TVector.Count;
                to += rowStride;
            }
        }
    }

    /// <summary>A·y·Aᵀ.</summary>
    /// <param name="pixels">The 4 x 4 pixels of the tile.</param>
    /// <param name="channels">The number of channels.</param>
    /// <param name="block">The channels of one block; a multiple of 16.</param>
    /// <param name="blockStride">The distance between two blocks.</param>
    /// <param name="destination">Where the first channel of the first point goes; whole vectors are written.</param>
    /// <param name="pointStride">The distance between two points.</param>
    /// <param name="buffer">Memory to work in.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void TransformGradients<TVector>(
        float** pixels, int channels, int block, nint blockStride, float* destination, nint pointStride, float* buffer)
        where TVector : struct, ISimdVector<TVector>
    {
        int size = WinogradAxis.Points;
        int outputs = WinogradAxis.Outputs;
        int within = 0;
        for (int channel = 0; channel < channels; channel += TVector.Count)
        {
            int count = Math.Min(TVector.Count, channels - channel);
            for (int j = 0; j < outputs; j++)
            {
                WinogradAxis.Gradients(
                    Operand.Load<TVector>(pixels[j] + channel, count),
                    Operand.Load<TVector>(pixels[j + outputs] + channel, count),
                    Operand.Load<TVector>(pixels[j + (2 * outputs)] + channel, count),
                    Operand.Load<TVector>(pixels[j + (3 * outputs)] + channel, count),
                    out TVector t0, out TVector t1, out TVector t2, out TVector t3, out TVector t4, out TVector t5);
                Store(t0, t1, t2, t3, t4, t5, buffer + (j * TVector.Count), outputs * TVector.Count);
            }

            float* from = buffer;
            float* to = destination + within;
            for (int i = 0; i < size; i++)
            {
                WinogradAxis.Gradients(
                    TVector.Load(from),
                    TVector.Load(from + TVector.Count),
                    TVector.Load(from + (2 * TVector.Count)),
                    TVector.Load(from + (3 * TVector.Count)),
                    out TVector t0, out TVector t1, out TVector t2, out TVector t3, out TVector t4, out TVector t5);
                Store(t0, t1, t2, t3, t4, t5, to, pointStride);
                from += outputs * TVector.Count;
                to += size * pointStride;
            }

            within += TVector.Count;
            if (within == block)
            {
                within = 0;
                destination += blockStride;
            }
        }
    }

    /// <summary>Gᵀ·s·G, stored or added to the gradient of the filters.</summary>
    /// <param name="sums">The first point's first lane.</param>
    /// <param name="pointStride">The distance between two points.</param>
    /// <param name="lanes">The number of lanes, which are channels.</param>
    /// <param name="destination">The first tap's first lane.</param>
    /// <param name="tapStride">The distance between two taps.</param>
    /// <param name="accumulate">Whether the gradient is added to what is there.</param>
    /// <param name="buffer">Memory to work in.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void TransformFilterGradients<TVector>(
        float* sums, nint pointStride, int lanes, float* destination, nint tapStride, bool accumulate, float* buffer)
        where TVector : struct, ISimdVector<TVector>
    {
        int size = WinogradAxis.Points;
        for (int lane = 0; lane < lanes; lane += TVector.Count)
        {
            int count = Math.Min(TVector.Count, lanes - lane);
            for (int j = 0; j < size; j++)
            {
                Load(sums + lane + (j * pointStride), size * pointStride,
                    out TVector s0, out TVector s1, out TVector s2, out TVector s3, out TVector s4, out TVector s5);
                WinogradAxis.FilterGradients(s0, s1, s2, s3, s4, s5, out TVector g0, out TVector g1, out TVector g2);
                float* column = buffer + (j * TVector.Count);
                g0.Store(column);
                g1.Store(column + (size * TVector.Count));
                g2.Store(column + (2 * size * TVector.Count));
            }

            float* from = buffer;
            float* to = destination + lane;
            for (int i = 0; i < WinogradAxis.Taps; i++)
            {
                Load(from, TVector.Count,
                    out TVector s0, out TVector s1, out TVector s2, out TVector s3, out TVector s4, out TVector s5);
                WinogradAxis.FilterGradients(s0, s1, s2, s3, s4, s5, out TVector g0, out TVector g1, out TVector g2);
                Put(g0, to, count, accumulate);
                Put(g1, to + tapStride, count, accumulate);
                Put(g2, to + (2 * tapStride), count, accumulate);
                from += size * TVector.Count;
                to += WinogradAxis.Taps * tapStride;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<TVector>(TVector value, float* destination, int count, bool accumulate)
        where TVector : struct, ISimdVector<TVector>
    {
        if (accumulate)
        {
            value += Operand.Load<TVector>(destination, count);
        }

        Operand.Store(value, destination, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load<TVector>(
        float* source, nint stride,
        out TVector v0, out TVector v1, out TVector v2, out TVector v3, out TVector v4, out TVector v5)
        where TVector : struct, ISimdVector<TVector>
    {
        v0 = TVector.Load(source);
        v1 = TVector.Load(source + stride);
        v2 = TVector.Load(source + (2 * stride));
        v3 = TVector.Load(source + (3 * stride));
        v4 = TVector.Load(source + (4 * stride));
        v5 = TVector.Load(source + (5 * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TVector>(
        TVector v0, TVector v1, TVector v2, TVector v3, TVector v4, TVector v5, float* destination, nint stride)
        where TVector : struct, ISimdVector<TVector>
    {
        v0.Store(destination);
        v1.Store(destination + stride);
        v2.Store(destination + (2 * stride));
        v3.Store(destination + (3 * stride));
        v4.Store(destination + (4 * stride));
        v5.Store(destination + (5 * stride));
    }
}
