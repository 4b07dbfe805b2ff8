namespace ModelDsl.Generator.Analysis.CallSites;

/// <summary>The kinds of values that are followed through the user's code.</summary>
internal enum KnownKind
{
    /// <summary>An int.</summary>
    Number,

    /// <summary>A bool.</summary>
    Truth,

    /// <summary>An array, a span or a memory.</summary>
    Memory,

    /// <summary>A <c>ModelDsl.Shape</c>.</summary>
    Shape,

    /// <summary>A <c>ModelDsl.Targets</c>.</summary>
    Targets,

    /// <summary>A <c>ModelDsl.Dataset</c>, or a pair of them that were one.</summary>
    Dataset,

    /// <summary>A model.</summary>
    Model,

    /// <summary>A <c>ModelDsl.Trainer</c>.</summary>
    Trainer,
}
