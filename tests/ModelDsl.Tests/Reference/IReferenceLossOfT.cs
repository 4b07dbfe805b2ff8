namespace ModelDsl.Tests.Reference;

/// <summary>Says what a loss attribute means; found like an <see cref="IReferenceLayer{TAttribute}"/>.</summary>
internal interface IReferenceLoss<TAttribute> : IReferenceLoss
    where TAttribute : LayerAttribute;
