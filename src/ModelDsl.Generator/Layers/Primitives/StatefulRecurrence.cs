namespace ModelDsl.Generator.Layers.Primitives;

/// <summary>A <see cref="GruAttribute"/> that takes an initial state and returns the last one.</summary>
/// <param name="units">The number of units.</param>
internal sealed class GruWithStateAttribute(int units) : RecurrentAttribute(units);
