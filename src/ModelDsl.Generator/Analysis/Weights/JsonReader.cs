using System.Globalization;
using System.Text;

namespace ModelDsl.Generator.Analysis.Weights;

/// <summary>
/// Reads JSON forwards, as much as a safetensors header needs. A compiler extension cannot bring a library for it
/// along, and the reader that netstandard2.0 has (<c>JsonReaderWriterFactory</c>) is none for files that are not
/// trusted: it takes <c>[1,]</c>, <c>1x</c> and text behind the end, leaves out members named <c>__type</c>, and throws
/// <see cref="IndexOutOfRangeException"/> at some damage.
/// </summary>
internal sealed class JsonReader(string text)
{
    private const int MostDepth = 32;

    private int _position;
    private int _depth;

    /// <summary>Reads an object; <paramref name="member"/> reads the value of each name.</summary>
    /// <exception cref="InvalidDataException">The text is something else.</exception>
    public void ReadObject(Action<string> member)
    {
        Expect('{');
        Enter();
        if (!TryTake('}'))
        {
            do
            {
                string name = ReadString();
                Expect(':');
                member(name);
            }
            while (TryTake(','));
            Expect('}');
        }

        _depth--;
    }

    /// <summary>Reads a list of integers that are not negative.</summary>
    /// <exception cref="InvalidDataException">The text is something else.</exception>
    public List<long> ReadNumbers()
    {
        var numbers = new List<long>();
        Expect('[');
        if (!TryTake(']'))
        {
            do
            {
                numbers.Add(ReadNumber());
            }
            while (TryTake(','));
            Expect(']');
        }

        return numbers;
    }

    /// <summary>Reads any value and forgets it.</summary>
    /// <exception cref="InvalidDataException">The text is no value.</exception>
    public void Skip()
    {
        switch (Peek())
        {
            case '{':
                ReadObject(_ => Skip());
                break;
            case '[':
                SkipList();
                break;
            case '"':
                ReadString();
                break;
            default:
                SkipWord();
                break;
        }
    }

    /// <summary>Expects that nothing but space follows.</summary>
    /// <exception cref="InvalidDataException">Something follows.</exception>
    public void ExpectEnd()
    {
        if (Peek() != '\0')
        {
            throw Unexpected("the end");
        }
    }

    private void SkipList()
    {
        Expect('[');
        Enter();
        if (!TryTake(']'))
        {
            do
            {
                Skip();
            }
            while (TryTake(','));
            Expect(']');
        }

        _depth--;
    }

    private void SkipWord()
    {
        int start = _position;
        while (_position < text.Length && (char.IsLetterOrDigit(text[_position]) || text[_position] is '-' or '+' or '.'))
        {
            _position++;
        }

        if (_position == start)
        {
            throw Unexpected("a value");
        }
    }

    private long ReadNumber()
    {
        Peek();
        int start = _position;
        while (_position < text.Length && text[_position] is >= '0' and <= '9')
        {
            _position++;
        }

        return long.TryParse(text.Substring(start, _position - start), NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw Unexpected("an integer of at least 0");
    }

    /// <summary>Reads a text.</summary>
    public string ReadString()
    {
        Expect('"');
        var value = new StringBuilder();
        while (_position < text.Length && text[_position] != '"')
        {
            char next = text[_position++];
            value.Append(next == '\\' ? ReadEscape() : next);
        }

        if (_position >= text.Length)
        {
            throw Unexpected("the end of a text");
        }

        _position++;
        return value.ToString();
    }

    private char ReadEscape()
    {
        if (_position >= text.Length)
        {
            throw Unexpected("an escaped character");
        }

        char escaped = text[_position++];
        if (escaped != 'u')
        {
            return escaped switch
            {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'b' => '\b',
                'f' => '\f',
                '"' or '\\' or '/' => escaped,
                _ => throw Unexpected("an escaped character"),
            };
        }

        if (_position + 4 > text.Length
            || !ushort.TryParse(text.Substring(_position, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code))
        {
            throw Unexpected("four hexadecimal digits");
        }

        _position += 4;
        return (char)code;
    }

    private char Peek()
    {
        while (_position < text.Length && text[_position] is ' ' or '\n' or '\r' or '\t')
        {
            _position++;
        }

        return _position < text.Length ? text[_position] : '\0';
    }

    private bool TryTake(char expected)
    {
        if (Peek() != expected)
        {
            return false;
        }

        _position++;
        return true;
    }

    private void Expect(char expected)
    {
        if (!TryTake(expected))
        {
            throw Unexpected($"'{expected}'");
        }
    }

    // A header nests two deep; a hostile one shall not exhaust the stack.
    private void Enter()
    {
        if (++_depth > MostDepth)
        {
            throw Unexpected("less nesting");
        }
    }

    private InvalidDataException Unexpected(string expected) =>
        new(FormattableString.Invariant($"its header is no JSON of the format: expected {expected} at character {_position}"));
}
