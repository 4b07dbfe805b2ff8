namespace ModelDsl;

/// <summary>
/// States how many values a span or an array holds, so that the compiler can check what goes in and follow what comes out.
/// Generated methods carry it; put it on parameters, results, fields and properties of your own.
/// </summary>
/// <remarks>The compiler relies on it: nothing is checked at run time.</remarks>
/// <param name="dimensions">The extents, outermost first: <c>[Shape(28, 28)]</c> holds 784 values.</param>
/// <example>
/// <code>
/// static int Classify([Shape(28, 28)] ReadOnlySpan&lt;float&gt; image) { ... }
/// </code>
/// </example>
[AttributeUsage(
    AttributeTargets.Parameter | AttributeTargets.ReturnValue | AttributeTargets.Field | AttributeTargets.Property)]
public sealed class ShapeAttribute(params int[] dimensions) : Attribute
{
    /// <summary>The extents, outermost first.</summary>
    public IReadOnlyList<int> Dimensions { get; } = dimensions;

    /// <summary>Whether there may be several samples of this shape, one after the other. Default: false.</summary>
    public bool Batch { get; set; }
}
