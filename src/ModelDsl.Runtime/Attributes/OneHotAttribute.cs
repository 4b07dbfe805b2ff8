namespace ModelDsl;

/// <summary>
/// A vector for each token that is 1 at the token's place and 0 elsewhere: [steps] becomes [steps, classes], and one
/// token a vector of [classes]. PyTorch's <c>one_hot</c>. An <see cref="EmbeddingAttribute"/> learns its vectors
/// instead.
/// </summary>
/// <param name="classes">The number of different tokens, at least 1: tokens run from 0 to classes - 1.</param>
public sealed class OneHotAttribute(int classes) : LayerAttribute
{
    /// <summary>The number of different tokens.</summary>
    public int Classes { get; } = classes;
}
