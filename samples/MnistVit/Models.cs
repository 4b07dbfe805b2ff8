using ModelDsl;

namespace MnistVitSample;

/// <summary>Each patch asks all patches, in several ways at once.</summary>
[Block]
public partial class Attend
{
    private static Tensor Forward(Tensor patches)
    {
        (Tensor queries, Tensor keys, Tensor values) = patches.LayerNorm().Dense(3 * VisionTransformer.Width).Split(3);
        return queries.Attention(keys, values, heads: 4).Dense(VisionTransformer.Width);
    }
}

/// <summary>Works on each patch by itself, in twice the width.</summary>
[Block, LayerNorm, Dense(2 * VisionTransformer.Width), Gelu, Dense(VisionTransformer.Width)]
public partial class Think;

/// <summary>
/// A transformer that reads an image as a sequence of patches. Dosovitskiy et al., "An Image is Worth 16x16 Words"
/// (2020), in the size of MNIST.
/// </summary>
[Model, Input(28, 28), SoftmaxCrossEntropy]
public partial class VisionTransformer
{
    internal const int Width = 64;

    private const int Layers = 3;

    private static Tensor Forward(Tensor image)
    {
        Tensor patches = image.Reshape(28, 28, 1).Conv2D(Width, 7, stride: 4, padding: Padding.Same).ToSequence();
        Tensor x = patches.PositionEmbedding();
        for (int layer = 0; layer < Layers; layer++)
        {
            x += x.Block<Attend>();
            x += x.Block<Think>();
        }

        return x.LayerNorm().Mean(0).Dense(10);
    }
}
