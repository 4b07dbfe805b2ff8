namespace ModelDsl.Generator.Layers;

/// <summary>A number, with the argument that gives it.</summary>
/// <param name="Argument">The attribute's property.</param>
/// <param name="Value">The number.</param>
internal readonly record struct GivenNumber(string Argument, int Value)
{
    /// <summary>That of one direction, or where it is 0 that of both.</summary>
    public static GivenNumber Of((string Argument, int Value) own, (string Argument, int Value) shared)
    {
        (string argument, int value) = own.Value != 0 ? own : shared;
        return new GivenNumber(argument, value);
    }

    /// <summary>This number, or where it is 0 another.</summary>
    public GivenNumber Or(GivenNumber shared) => Value != 0 ? this : shared;
}
