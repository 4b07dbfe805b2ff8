using System.Globalization;
using System.Text;

namespace ModelDsl.Generator.Parsing.Records;

/// <summary>Writes a list of fields as text, each after its length, so that no character needs an escape.</summary>
internal sealed class FieldWriter
{
    private readonly StringBuilder _text = new();

    /// <summary>The fields written.</summary>
    public override string ToString() => _text.ToString();

    public void Write(string text) =>
        _text.Append(text.Length.ToString(CultureInfo.InvariantCulture)).Append(':').Append(text);

    public void Write(int number) => Write(number.ToString(CultureInfo.InvariantCulture));

    public void Write(bool value) => Write(value ? 1 : 0);

    /// <summary>Writes a text that may be missing.</summary>
    public void WriteOptional(string? text)
    {
        Write(text is not null);
        if (text is not null)
        {
            Write(text);
        }
    }

    /// <summary>Writes the number of some items, and each of them.</summary>
    public void Write<T>(IReadOnlyCollection<T> items, Action<T> write)
    {
        Write(items.Count);
        foreach (T item in items)
        {
            write(item);
        }
    }

    /// <summary>Writes the value of an argument with its type.</summary>
    /// <exception cref="NotSupportedException">No argument has such a type.</exception>
    public void WriteScalar(object? value)
    {
        (string type, string text) = value switch
        {
            null => ("none", ""),
            string own => ("string", own),
            bool own => ("bool", own ? "1" : "0"),
            int own => ("int", own.ToString(CultureInfo.InvariantCulture)),
            float own => ("float", own.ToString("R", CultureInfo.InvariantCulture)),
            double own => ("double", own.ToString("R", CultureInfo.InvariantCulture)),
            _ => throw new NotSupportedException($"No argument of a layer is a {value.GetType()}."),
        };
        Write(type);
        Write(text);
    }
}
