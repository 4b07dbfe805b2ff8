namespace ModelDsl;

/// <summary>
/// Whether the compiler unrolls a recurrent layer: writes out the operations of each step. The results are the same to
/// the last bit.
/// </summary>
public enum Unrolling
{
    /// <summary>Up to 8 steps are unrolled; longer sequences run in a loop.</summary>
    Automatic,

    /// <summary>Every step is unrolled, up to 256.</summary>
    Always,

    /// <summary>The steps run in a loop.</summary>
    Never,
}
