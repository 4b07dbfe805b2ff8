namespace ModelDsl.Generator.Analysis.CallSites;

/// <summary>The kinds of values that are followed through the user's code.</summary>
internal enum KnownKind
{
    /// <summary>An int.</summary>
    Number,

    /// <summary>An array, a span or a memory.</summary>
    Memory,

    /// <summary>A <c>ModelDsl.Shape</c>.</summary>
    Shape,

    /// <summary>A <c>ModelDsl.Dataset</c>, or a pair of them that were one.</summary>
    Dataset,
}
