namespace ModelDsl.CompilerServices;

/// <summary>What a caller does with a model for longer than one call. Generated code passes it on.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum ModelAccess
{
    /// <summary>It reads the parameters, as saving does: others may read them too, and compute, but not train or load.</summary>
    Read,

    /// <summary>It computes several times in a row and reads the outputs in between: nobody else may compute.</summary>
    Compute,

    /// <summary>It also changes the parameters, as training and loading do: nobody else may compute or read.</summary>
    Change,
}
