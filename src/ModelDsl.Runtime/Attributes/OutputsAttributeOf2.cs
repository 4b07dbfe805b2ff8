namespace ModelDsl;

/// <inheritdoc cref="OutputsAttribute{TA, TB, TC, TD}"/>
public sealed class OutputsAttribute<TA, TB> : LayerAttribute;
