using System.Globalization;

namespace ModelDsl.Generator.Parsing.Records;

/// <summary>Reads what a <see cref="FieldWriter"/> has written.</summary>
/// <param name="text">The fields.</param>
internal sealed class FieldReader(string text)
{
    private int _place;

    /// <summary>Whether all fields have been read.</summary>
    public bool IsAtEnd => _place == text.Length;

    /// <exception cref="FormatException">The text is not what a writer writes.</exception>
    public string Text()
    {
        int colon = text.IndexOf(':', _place);
        if (colon < 0)
        {
            throw new FormatException("A field has no length.");
        }

        int length = Number(text.Substring(_place, colon - _place));
        if (length < 0 || length > text.Length - colon - 1)
        {
            throw new FormatException("A field is cut off.");
        }

        _place = colon + 1 + length;
        return text.Substring(colon + 1, length);
    }

    /// <inheritdoc cref="Text"/>
    public int Number() => Number(Text());

    /// <inheritdoc cref="Text"/>
    public bool Flag() => Number() == 1;

    /// <summary>A text that may be missing.</summary>
    /// <inheritdoc cref="Text"/>
    public string? Optional() => Flag() ? Text() : null;

    /// <summary>Items after their number.</summary>
    /// <inheritdoc cref="Text"/>
    public EquatableArray<T> List<T>(Func<T> read)
        where T : IEquatable<T>
    {
        int count = Number();
        if (count < 0 || count > text.Length)
        {
            throw new FormatException("A list has a wrong length.");
        }

        var items = ImmutableArray.CreateBuilder<T>(count);
        for (int i = 0; i < count; i++)
        {
            items.Add(read());
        }

        return new EquatableArray<T>(items.MoveToImmutable());
    }

    /// <summary>The value of an argument.</summary>
    /// <inheritdoc cref="Text"/>
    public object? Scalar()
    {
        string type = Text();
        string value = Text();
        return type switch
        {
            "none" => null,
            "string" => value,
            "bool" => value == "1",
            "int" => Number(value),
            "float" => float.Parse(value, CultureInfo.InvariantCulture),
            "double" => double.Parse(value, CultureInfo.InvariantCulture),
            _ => throw new FormatException("A value has an unknown type."),
        };
    }

    private static int Number(string digits) =>
        int.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new FormatException("A number is none.");
}
