namespace ModelDsl;

/// <summary>Whether the compiler writes each step of a recurrent layer down as an operation of its own. The results are the same to the last bit.</summary>
public enum Unrolling
{
    /// <summary>Up to 8 steps are written down; longer sequences are passed over by a loop.</summary>
    Automatic,

    /// <summary>Every step is written down, up to 256.</summary>
    Always,

    /// <summary>A loop passes over the steps.</summary>
    Never,
}
