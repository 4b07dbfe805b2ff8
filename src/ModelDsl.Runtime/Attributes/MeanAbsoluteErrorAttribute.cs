namespace ModelDsl;

/// <summary>The loss mean(|y - t|) over all elements. Targets have the output's shape.</summary>
public sealed class MeanAbsoluteErrorAttribute : LossAttribute;
