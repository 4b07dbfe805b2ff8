namespace ModelDsl.Generator.Layers.Primitives;

/// <summary>A <see cref="SimpleRnnAttribute"/> that takes an initial state and returns the last one.</summary>
/// <param name="units">The number of units.</param>
internal sealed class SimpleRnnWithStateAttribute(int units) : RecurrentAttribute(units)
{
    /// <summary>The function of the outputs.</summary>
    public RecurrentActivation Activation { get; set; }
}

/// <summary>
/// An <see cref="LstmAttribute"/> that takes an initial state and returns the last one, each of two parts.
/// </summary>
/// <param name="units">The number of units.</param>
internal sealed class LstmWithStateAttribute(int units) : RecurrentAttribute(units);

/// <summary>A <see cref="GruAttribute"/> that takes an initial state and returns the last one.</summary>
/// <param name="units">The number of units.</param>
internal sealed class GruWithStateAttribute(int units) : RecurrentAttribute(units);
