using ModelDsl;

namespace ShapeSegmentationSample;

/// <summary>
/// Says of each pixel what it belongs to: background, circle, square or triangle. Ronneberger et al., "U-Net" (2015).
/// The way down sees more and more of the image in less and less detail; on the way up, what was there before each step
/// down comes back beside what is known by then.
/// </summary>
[Model, Input(48, 48, 1), SoftmaxCrossEntropy]
public partial class UNet
{
    private static Tensor Forward(Tensor image)
    {
        Tensor fine = Convolve(image, 12);
        Tensor middle = Convolve(fine.MaxPool2D(2), 24);
        Tensor coarse = Convolve(middle.MaxPool2D(2), 48);
        middle = Convolve((coarse.ConvTranspose2D(24, 2, stride: 2), middle).Concat(), 24);
        fine = Convolve((middle.ConvTranspose2D(12, 2, stride: 2), fine).Concat(), 12);
        return fine.Conv2D(ShapeImages.Classes, 1);
    }

    private static Tensor Convolve(Tensor x, int filters)
    {
        for (int i = 0; i < 2; i++)
        {
            x = x.Conv2D(filters, 3, padding: Padding.Same, useBias: false).BatchNorm().Relu();
        }

        return x;
    }
}
