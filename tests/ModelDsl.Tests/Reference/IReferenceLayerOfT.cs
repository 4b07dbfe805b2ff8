namespace ModelDsl.Tests.Reference;

/// <summary>
/// Says what an attribute means. <see cref="ReferenceParts"/> finds the class by this interface and hands its constructor
/// what it asks for: the attribute, the <see cref="ReferenceContext"/>, both or neither.
/// </summary>
internal interface IReferenceLayer<TAttribute> : IReferenceLayer
    where TAttribute : LayerAttribute;
