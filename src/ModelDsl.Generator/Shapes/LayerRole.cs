namespace ModelDsl.Generator.Shapes;

/// <summary>Where in a model a layer may stand.</summary>
internal enum LayerRole
{
    /// <summary>First, exactly once.</summary>
    Input,

    /// <summary>Between input and loss, any number of times.</summary>
    Hidden,

    /// <summary>Last, exactly once.</summary>
    Loss,
}
