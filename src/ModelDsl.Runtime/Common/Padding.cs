namespace ModelDsl;

/// <summary>How far a window may reach beyond the border of its input.</summary>
public enum Padding
{
    /// <summary>
    /// Not at all, except by <c>PaddingSize</c>, and by <c>PaddingHeight</c>, <c>PaddingTop</c> and the like.
    /// </summary>
    Valid,

    /// <summary>
    /// As far as needed for the output to have ⌈input / stride⌉ rows and columns. Where the border cannot be divided
    /// evenly, the bottom and the right get the larger part, as in Keras.
    /// </summary>
    Same,
}
