namespace ModelDsl;

/// <summary>What kernels ask of the memory that the compiler plans for them, and the limits that both go by.</summary>
internal static class KernelContract
{
    /// <summary>
    /// The floats of a cache line, and of the widest vector. Tensors start at multiples of it, so that no vector at a
    /// tensor's start lies across two lines.
    /// </summary>
    public const int FloatsInCacheLine = 16;

    /// <summary>
    /// The rows of working memory that the gradients of LayerNorm and RmsNorm need: two for each part of the sums.
    /// </summary>
    public const int NormalizationScratchRows = 32;

    /// <summary>
    /// What the width of a packed recurrent weight is a multiple of: the widest panel, two vectors of 512 bits.
    /// </summary>
    public const int RecurrentGrain = 32;

    /// <summary>
    /// The outputs up to which a product takes dot products of the weight as it lies, whatever the width of the
    /// vectors. More are worth a packed copy of the weight.
    /// </summary>
    public const int MostOutputsOfDotProducts = 12;

    /// <summary>The stages that <c>Epilogue.Of</c> takes at once; a longer chain is a chain of chains.</summary>
    public const int MostStagesAtOnce = 6;
}
