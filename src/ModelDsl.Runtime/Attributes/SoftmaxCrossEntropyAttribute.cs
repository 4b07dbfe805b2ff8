namespace ModelDsl;

/// <summary>
/// The loss -Σ t·log softmax(y) over the last dimension, averaged over the batch. Targets are class labels or
/// distributions (one-hot or soft). The model's outputs are the logits y.
/// </summary>
public sealed class SoftmaxCrossEntropyAttribute : LayerAttribute;
