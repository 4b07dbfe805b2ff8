namespace ModelDsl.Generator.Planning;

/// <summary>How the arena is laid out. All but the first exist to prove the first.</summary>
internal enum MemoryMode
{
    /// <summary>Values share memory where their lifetimes allow.</summary>
    Planned,

    /// <summary>Every value has memory of its own.</summary>
    Separate,

    /// <summary>As planned, and memory is filled with NaN as soon as nothing reads it any more.</summary>
    Poisoned,
}
