using System.Globalization;

namespace ModelDsl.Generator.Emission;

/// <summary>Numbers, texts and sizes as C#, the same in every culture.</summary>
internal static class Literal
{
    private const int NumbersInALine = 12;

    /// <summary>A float literal that reads back as the same float: <c>0.2f</c>.</summary>
    public static string Of(float value) => !float.IsInfinity(value) ? NumberText.Of(value) + "f"
        : value > 0 ? "float.PositiveInfinity" : "float.NegativeInfinity";

    /// <summary>A string literal.</summary>
    public static string Of(string text) =>
        Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(text, quote: true);

    /// <summary>An int, a float or a bool.</summary>
    public static string Of(object constant) => constant switch
    {
        float number => Of(number),
        bool truth => truth ? "true" : "false",
        _ => $"{constant}",
    };

    /// <summary>A size, from the variable for the number of samples: <c>64 + batch * 16</c>.</summary>
    public static string Of(Size size, string samples = "batch")
    {
        string growing = size.PerSample switch
        {
            0 => "",
            1 => samples,
            _ => $"{samples} * {size.PerSample}",
        };
        return growing.Length == 0 ? $"{size.Fixed}" : size.Fixed == 0 ? growing : $"{size.Fixed} + {growing}";
    }

    /// <summary>A list of numbers as a collection, over several lines where it is long.</summary>
    public static string Of(IReadOnlyList<float> numbers) => List([.. numbers.Select(Of)]);

    /// <inheritdoc cref="Of(IReadOnlyList{float})"/>
    public static string Of(IReadOnlyList<int> numbers) =>
        List([.. numbers.Select(number => number.ToString(CultureInfo.InvariantCulture))]);

    private static string List(string[] numbers)
    {
        IEnumerable<string> lines = Enumerable.Range(0, (numbers.Length + NumbersInALine - 1) / NumbersInALine)
            .Select(line => string.Join(", ", numbers.Skip(line * NumbersInALine).Take(NumbersInALine)));
        return $"[{string.Join(",\n    ", lines)}]";
    }
}
