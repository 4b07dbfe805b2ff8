namespace ModelDsl;

/// <summary>What stands in the border that <c>Tensor.Pad</c> puts around a tensor.</summary>
public enum PadMode
{
    /// <summary>A number: PyTorch's and numpy's <c>constant</c>.</summary>
    Constant,

    /// <summary>
    /// The tensor mirrored at its first and last element, which stand once: c b | a b c | b a. PyTorch's and numpy's
    /// <c>reflect</c>.
    /// </summary>
    Reflect,

    /// <summary>
    /// The first and the last element: a a | a b c | c c. numpy's <c>edge</c>, PyTorch's <c>replicate</c>.
    /// </summary>
    Edge,
}
