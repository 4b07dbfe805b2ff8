namespace ModelDsl;

/// <inheritdoc cref="OutputsAttribute{TA, TB, TC, TD}"/>
public sealed class OutputsAttribute<TA, TB> : LayerAttribute;

/// <inheritdoc cref="OutputsAttribute{TA, TB, TC, TD}"/>
public sealed class OutputsAttribute<TA, TB, TC> : LayerAttribute;

/// <summary>
/// The end of a model that answers several questions: each head is a <c>[Block]</c> that ends with a loss, and all of
/// them get the same input. Training minimises the sum of the heads' losses, each times its
/// <see cref="LossAttribute.Weight"/>.
/// </summary>
/// <remarks>
/// <para>The outputs of a sample are those of the heads, one head after the other; the model also has a member for the
/// outputs of each head (<c>DigitHeadOutputs</c> for a block DigitHead). Targets are labels for the heads that take
/// class labels (softmax cross-entropy, hinge, contrastive) and values for the others: for each sample first those of
/// the first head, and so on.</para>
/// </remarks>
public sealed class OutputsAttribute<TA, TB, TC, TD> : LayerAttribute;
