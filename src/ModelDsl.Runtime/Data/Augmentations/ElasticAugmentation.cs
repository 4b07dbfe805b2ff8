using System.Numerics.Tensors;

namespace ModelDsl;

/// <summary>Draws smooth fields of displacements.</summary>
internal sealed class ElasticAugmentation : Augmentation
{
    // Beyond three standard deviations a Gaussian is next to nothing.
    private const int DeviationsInKernel = 3;

    private readonly float[] _kernel;

    public ElasticAugmentation(float strength, float smoothness)
    {
        Strength = strength;
        Radius = (int)Math.Ceiling(DeviationsInKernel * smoothness);
        double[] kernel = [.. Enumerable.Range(-Radius, (2 * Radius) + 1).Select(x => Math.Exp(-0.5 * x * x / ((double)smoothness * smoothness)))];
        double sum = kernel.Sum();
        _kernel = [.. kernel.Select(weight => (float)(weight / sum))];
    }

    public float Strength { get; }

    /// <summary>How far from a pixel the field is averaged.</summary>
    public int Radius { get; }

    /// <summary>Draws the displacements of all pixels in one direction.</summary>
    /// <param name="random">What to draw from.</param>
    /// <param name="size">The image's extents.</param>
    /// <param name="field">The displacements, one for each pixel.</param>
    /// <param name="buffers">The memory to work in.</param>
    public void Draw(Philox random, ImageSize size, Span<float> field, FieldBuffers buffers)
    {
        random.FillUniform(field, -Strength, Strength);
        Average(field, size.Height, size.Width, buffers, stride: size.Width);
        Average(field, size.Height, size.Width, buffers, stride: 1);
    }

    /// <summary>
    /// The average along one axis, with 0 outside: the whole field is shifted and added once for each weight. For that it
    /// lies between rows of zeros, and its rows between zeros.
    /// </summary>
    private void Average(Span<float> field, int height, int width, FieldBuffers buffers, int stride)
    {
        bool isAlongRows = stride == 1;
        int pitch = isAlongRows ? width + Radius : width;
        int margin = isAlongRows ? Radius : Radius * width;
        Span<float> padded = buffers.Padded.AsSpan(0, (2 * margin) + (height * pitch));
        Span<float> sum = buffers.Sum.AsSpan(0, height * pitch);
        padded.Clear();
        sum.Clear();
        for (int y = 0; y < height; y++)
        {
            field.Slice(y * width, width).CopyTo(padded[(margin + (y * pitch))..]);
        }

        for (int tap = 0; tap < _kernel.Length; tap++)
        {
            TensorPrimitives.MultiplyAdd(padded.Slice(tap * stride, sum.Length), _kernel[tap], sum, sum);
        }

        for (int y = 0; y < height; y++)
        {
            sum.Slice(y * pitch, width).CopyTo(field[(y * width)..]);
        }
    }
}

/// <summary>What a field is smoothed in.</summary>
internal sealed class FieldBuffers(ImageSize size, int radius)
{
    /// <summary>The field between zeros.</summary>
    public float[] Padded { get; } = new float[Math.Max(
        (size.Height + (2 * radius)) * size.Width, (size.Height * (size.Width + radius)) + (2 * radius))];

    /// <summary>The weighted sum.</summary>
    public float[] Sum { get; } = new float[size.Height * (size.Width + radius)];
}
