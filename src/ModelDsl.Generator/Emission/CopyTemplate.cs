using System.Text.RegularExpressions;
using ModelDsl.Generator.Lowering;

namespace ModelDsl.Generator.Emission;

/// <summary>
/// Makes the code of one copy of a repeated block that of all: numbers that differ from copy to copy become elements of a
/// table, and names lose the copy's number.
/// </summary>
/// <param name="block">The repeated block by its path as an identifier: <c>repeat1</c>.</param>
/// <param name="copy">The copy that the code is written from.</param>
internal sealed class CopyTemplate(string block, int copy)
{
    /// <summary>The parameter that holds the copy's part of the table.</summary>
    public const string Table = "at";

    private readonly List<int> _numbers = [];
    private readonly Dictionary<Value, string> _foreign = [];
    private readonly string _prefix = $"{block}_{copy}_";

    /// <summary>The copy's part of the table.</summary>
    public IReadOnlyList<int> Numbers => _numbers;

    /// <summary>The expression for a number of this copy.</summary>
    public string Number(int number)
    {
        _numbers.Add(number);
        return $"{Table}[{_numbers.Count - 1}]";
    }

    /// <summary>The name of a value: of the copy's own without its number, of others by their order.</summary>
    public string NameOf(Value value)
    {
        if (value.Name.StartsWith(_prefix, StringComparison.Ordinal))
        {
            return $"{block}_{value.Name.Substring(_prefix.Length)}";
        }

        if (!_foreign.TryGetValue(value, out string? name))
        {
            name = $"outer{_foreign.Count + 1}";
            _foreign.Add(value, name);
        }

        return name;
    }

    /// <summary>The text of a comment with the names that the code has.</summary>
    public string Rename(string text)
    {
        foreach (KeyValuePair<Value, string> foreign in _foreign)
        {
            text = Regex.Replace(text, $@"\b{Regex.Escape(foreign.Key.Name)}\b", foreign.Value);
        }

        return text.Replace(_prefix, block + "_");
    }
}
