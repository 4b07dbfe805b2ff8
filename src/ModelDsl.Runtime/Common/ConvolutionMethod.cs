namespace ModelDsl;

/// <summary>
/// How a model computes its convolutions, forward and backward. Both methods compute the same sums: they differ in
/// their rounding errors, in what becomes of NaN and infinity, and in time.
/// </summary>
public enum ConvolutionMethod
{
    /// <summary>
    /// The method that takes the least time for the layer's shape. For 3x3 filters of stride 1 between 8 or more
    /// channels, that is Winograd's: Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks" (2015). It
    /// computes tiles of 4x4 pixels, so that a result has rounding errors in proportion to the largest values that its
    /// tile reads, about twice those of <see cref="Exact"/>, and need not be exactly 0 where its products cancel. A
    /// pixel that is NaN or infinite makes all results NaN of the tiles that read it.
    /// </summary>
    Fastest,

    /// <summary>
    /// Each result is the sum of the products in its own window, taken in 32 bits. A pixel that is NaN reaches the
    /// results whose windows read it and no others, an infinity stays one, and the rounding errors are in proportion to
    /// the products that are added. Layers that <see cref="Fastest"/> computes by Winograd's method take longer: a
    /// training step of a ResNet by a quarter, a prediction by a half. Others are the same to the last bit.
    /// </summary>
    Exact,
}
