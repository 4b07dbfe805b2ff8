namespace ModelDsl.Compositions;

/// <summary>An attribute as text, and what flows out of it.</summary>
/// <param name="Text">The attribute: <c>Dense(3)</c>.</param>
/// <param name="Output">What flows out.</param>
public sealed record DrawnLayer(string Text, SampleShape Output);
