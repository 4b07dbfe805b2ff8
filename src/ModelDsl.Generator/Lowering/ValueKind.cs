namespace ModelDsl.Generator.Lowering;

/// <summary>Where a value lives and how long.</summary>
internal enum ValueKind
{
    /// <summary>The samples, in a buffer of their own that no operation writes.</summary>
    Input,

    /// <summary>One sample's worth for each sample of the batch, in the arena.</summary>
    Activation,

    /// <summary>The gradient of an activation, in the arena.</summary>
    Gradient,

    /// <summary>Working memory of the whole batch, of a size that does not depend on it, in the arena.</summary>
    Scratch,

    /// <summary>What lasts from one step of a sequence to the next, in the fixed part of the arena of its own.</summary>
    Kept,

    /// <summary>A trainable tensor, independent of the batch.</summary>
    Parameter,

    /// <summary>A tensor that no gradient changes: a frozen parameter, or a statistic that its layer keeps.</summary>
    State,

    /// <summary>The gradient of a trainable tensor.</summary>
    ParameterGradient,
}
