namespace ModelDsl;

/// <summary>The loss (1/n) Σ (y - t)² over all elements of the batch.</summary>
public sealed class MeanSquaredErrorAttribute : LossAttribute;
