using ModelDsl;

namespace MnistSaliencySample;

/// <summary>Three ways to say which pixels a model's logit of a class comes from.</summary>
/// <param name="model">A model of single images with one logit for each class, without dropout.</param>
internal sealed class Explanations(IDifferentiableModel model)
{
    private readonly int _pixels = model.Description.InputShape.Count;
    private readonly int _classes = model.Description.OutputShape.Count;

    /// <summary>
    /// |∂logit/∂pixel|: where a small change would change the logit most. Simonyan et al., "Deep Inside Convolutional
    /// Networks" (2013).
    /// </summary>
    public float[] Saliency(ReadOnlySpan<float> image, int @class)
    {
        float[] gradient = Gradients(image, @class);
        for (int i = 0; i < gradient.Length; i++)
        {
            gradient[i] = Math.Abs(gradient[i]);
        }

        return gradient;
    }

    /// <summary>
    /// (pixel - baseline) · mean of ∂logit/∂pixel on the straight way from the baseline to the image. The sum over all
    /// pixels is the difference of the logits at both ends (completeness), up to the error of the mean, which is taken
    /// in
    /// the middle of each of <paramref name="steps"/> parts. Sundararajan et al., "Axiomatic Attribution for Deep
    /// Networks" (2017).
    /// </summary>
    /// <param name="image">The image.</param>
    /// <param name="baseline">An image that says nothing, such as a black one.</param>
    /// <param name="class">The class whose logit is explained.</param>
    /// <param name="steps">The number of parts, computed as one batch.</param>
    public float[] IntegratedGradients(
        ReadOnlySpan<float> image, ReadOnlySpan<float> baseline, int @class, int steps = 256)
    {
        float[] way = new float[steps * _pixels];
        for (int step = 0; step < steps; step++)
        {
            float share = (step + 0.5f) / steps;
            for (int i = 0; i < _pixels; i++)
            {
                way[(step * _pixels) + i] = baseline[i] + (share * (image[i] - baseline[i]));
            }
        }

        float[] gradients = Gradients(way, @class);
        float[] attribution = new float[_pixels];
        for (int i = 0; i < _pixels; i++)
        {
            double sum = 0;
            for (int step = 0; step < steps; step++)
            {
                sum += gradients[(step * _pixels) + i];
            }

            attribution[i] = (float)(sum / steps * (image[i] - baseline[i]));
        }

        return attribution;
    }

    /// <summary>
    /// How far the logit falls when a square around a pixel is black. Zeiler and Fergus, "Visualizing and Understanding
    /// Convolutional Networks" (2013).
    /// </summary>
    /// <param name="image">A square image.</param>
    /// <param name="class">The class whose logit is explained.</param>
    /// <param name="width">The width of the square, odd.</param>
    public float[] Occlusion(ReadOnlySpan<float> image, int @class, int width = 5)
    {
        int side = (int)Math.Sqrt(_pixels);
        float[] covered = new float[_pixels * _pixels];
        for (int pixel = 0; pixel < _pixels; pixel++)
        {
            Span<float> copy = covered.AsSpan(pixel * _pixels, _pixels);
            image.CopyTo(copy);
            (int row, int column) = Math.DivRem(pixel, side);
            int left = Math.Max(0, column - (width / 2));
            int right = Math.Min(side - 1, column + (width / 2));
            for (int y = Math.Max(0, row - (width / 2)); y <= Math.Min(side - 1, row + (width / 2)); y++)
            {
                copy[((y * side) + left)..((y * side) + right + 1)].Clear();
            }
        }

        float logit = Logit(image, @class);
        ReadOnlySpan<float> logits = model.Predict(covered);
        float[] falls = new float[_pixels];
        for (int pixel = 0; pixel < _pixels; pixel++)
        {
            falls[pixel] = logit - logits[(pixel * _classes) + @class];
        }

        return falls;
    }

    /// <summary>The logit of a class.</summary>
    public float Logit(ReadOnlySpan<float> image, int @class) => model.Predict(image)[@class];

    // ∂logit/∂pixel of each image of a batch: a one for the class, zeros for the others, go backward.
    private float[] Gradients(ReadOnlySpan<float> images, int @class)
    {
        float[] outputGradient = new float[model.Forward(images).Length];
        for (int i = @class; i < outputGradient.Length; i += _classes)
        {
            outputGradient[i] = 1f;
        }

        model.Backward(outputGradient);
        return model.InputGradient.ToArray();
    }
}
