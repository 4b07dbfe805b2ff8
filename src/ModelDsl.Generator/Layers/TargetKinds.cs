namespace ModelDsl.Generator.Layers;

/// <summary>What may be given to a loss as targets.</summary>
[Flags]
internal enum TargetKinds
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Class labels.</summary>
    Labels = 1,

    /// <summary>Values of the output's shape.</summary>
    Values = 2,
}
