namespace ModelDsl;

/// <summary>
/// The loss -(t·log σ(y) + (1 - t)·log(1 - σ(y))) with σ the sigmoid, averaged over all elements of the batch. The
/// model's outputs are the logits y; targets lie in [0, 1].
/// </summary>
public sealed class BinaryCrossEntropyAttribute : LayerAttribute;
