using System.Text;
using ModelDsl;

namespace CharGptSample.Text;

/// <summary>
/// The characters that a model knows, each a token. Token 0 stands for all others; the rest are the most frequent ones of
/// the text that the model learned from, so that any alphabet fits.
/// </summary>
internal sealed class Alphabet
{
    private const int Other = 0;

    private readonly Rune[] _characters;
    private readonly Dictionary<Rune, int> _tokens;

    private Alphabet(Rune[] characters)
    {
        _characters = characters;
        _tokens = characters.Select((character, index) => (character, index)).ToDictionary(pair => pair.character, pair => pair.index);
    }

    /// <summary>The number of characters, that for all others included.</summary>
    public int Count => _characters.Length;

    /// <summary>The alphabet of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">The largest number of tokens.</param>
    public static Alphabet Of(string text, int most) => new(
    [
        Rune.ReplacementChar,
        .. text.EnumerateRunes()
            .Where(character => character != Rune.ReplacementChar)
            .CountBy(character => character)
            .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key)
            .Take(most - 1)
            .Select(pair => pair.Key)
            .Order(),
    ]);

    /// <summary>Reads an alphabet that <see cref="ToString"/> has written.</summary>
    /// <exception cref="InvalidDataException">It is none of up to <paramref name="most"/> characters.</exception>
    public static Alphabet Parse(string text, int most)
    {
        Rune[] characters = [.. text.EnumerateRunes()];
        return characters.Length >= 2 && characters.Length <= most && characters[Other] == Rune.ReplacementChar
            && characters.Distinct().Count() == characters.Length
            ? new Alphabet(characters)
            : throw new InvalidDataException(
                $"expected an alphabet of 2 to {most} different characters after '{Rune.ReplacementChar}', got {characters.Length} characters");
    }

    /// <summary>The tokens of a text.</summary>
    public int[] Encode(string text) => [.. text.EnumerateRunes().Select(character => _tokens.GetValueOrDefault(character, Other))];

    /// <summary>The character of a token; that for all others where the model has more tokens than the text had characters.</summary>
    public Rune Decode(int token) => token < _characters.Length ? _characters[token] : Rune.ReplacementChar;

    /// <summary>A text as a terminal may show it: an alphabet may hold control characters. Lines and tabs stay.</summary>
    public static string Show(string text) => string.Concat(text.EnumerateRunes().Select(
        character => character.Value is '\n' or '\t' ? character.ToString() : PrintableText.Escape(character.ToString())));

    /// <summary>All characters in the order of their tokens.</summary>
    public override string ToString() => string.Concat(_characters.Select(character => character.ToString()));
}
