using System.Globalization;
using System.Text;

namespace System.Runtime.CompilerServices;

/// <summary>
/// What the C# compiler makes of every <c>$"..."</c> in this assembly. The one of newer frameworks formats numbers as the
/// current culture does, with a minus sign, digits and separators that C# does not read; this one has no culture.
/// </summary>
/// <param name="literalLength">The characters that are no holes.</param>
/// <param name="formattedCount">The number of holes.</param>
[InterpolatedStringHandler]
internal readonly ref struct DefaultInterpolatedStringHandler(int literalLength, int formattedCount)
{
    private const int GuessedLength = 8;

    private readonly StringBuilder _text = new(literalLength + (formattedCount * GuessedLength));

    public void AppendLiteral(string value) => _text.Append(value);

    public void AppendFormatted(string? value) => _text.Append(value);

    public void AppendFormatted<T>(T value) => AppendFormatted(value, null);

    public void AppendFormatted<T>(T value, string? format) => _text.Append(value is IFormattable formattable
        ? formattable.ToString(format, CultureInfo.InvariantCulture)
        : value?.ToString());

    public string ToStringAndClear() => _text.ToString();
}
