namespace ModelDsl;

/// <summary>
/// Makes a parameter of the method <c>Forward</c> of a loss the class labels that the outputs are compared with: one
/// for each sample, for each step of a sequence, or for each pixel of an image. In the method they are tokens:
/// <c>labels.OneHot(classes)</c> makes vectors of them.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class LabelsAttribute : LayerAttribute;

/// <summary>
/// Makes a parameter of the method <c>Forward</c> of a loss the values that the outputs are compared with, where these
/// have another shape than the outputs. A parameter without an attribute has the outputs' shape.
/// </summary>
/// <param name="dimensions">The extents of what belongs to one sample, outermost first; each at least 1.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class TargetAttribute(params int[] dimensions) : LayerAttribute
{
    /// <summary>The extents, outermost first.</summary>
    public IReadOnlyList<int> Dimensions { get; } = dimensions;
}
