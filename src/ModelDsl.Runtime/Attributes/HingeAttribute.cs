namespace ModelDsl;

/// <summary>
/// The margin loss. With one output: max(0, 1 - t·y) with t = ±1, given as the labels 0 and 1 or as values -1 and 1. With n
/// outputs: (1/n) Σ max(0, 1 - y[label] + y[j]) over j ≠ label (Weston and Watkins, 1999). Averaged over the batch.
/// </summary>
public sealed class HingeAttribute : LossAttribute;
