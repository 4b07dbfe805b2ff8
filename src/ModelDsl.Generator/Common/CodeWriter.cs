using System.Text;

namespace ModelDsl.Generator.Common;

/// <summary>Writes indented C# with line feeds, the same text on every platform.</summary>
/// <param name="cancellation">Looked at for each line, and so in every loop that writes.</param>
internal sealed class CodeWriter(CancellationToken cancellation)
{
    private readonly StringBuilder _text = new();
    private int _depth;

    public CancellationToken Cancellation => cancellation;

    /// <summary>An empty text, for what is written only to be looked at.</summary>
    public CodeWriter CreateDraft() => new(cancellation);

    /// <summary>Writes text, which may be of several lines, at the current indentation; empty text is a blank line.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Line(string text = "")
    {
        cancellation.Look();
        Append(text);
    }

    // What closes a scope is written while an exception leaves it, too.
    private void Append(string text)
    {
        foreach (string line in text.Split('\n'))
        {
            if (line.Length > 0)
            {
                _text.Append(' ', 4 * _depth).Append(line.TrimEnd('\r'));
            }

            _text.Append('\n');
        }
    }

    /// <summary>Writes a blank line unless the last line is blank or opens a block.</summary>
    public void Separate()
    {
        int length = _text.Length;
        bool open = length >= 2 && _text[length - 2] is '{' or '\n';
        if (length > 0 && !open)
        {
            _text.Append('\n');
        }
    }

    /// <summary>Opens a brace block under a header and closes it when disposed.</summary>
    public BlockScope Block(string header)
    {
        Line(header);
        Line("{");
        _depth++;
        return new BlockScope(this, "}");
    }

    /// <summary>Indents until disposed.</summary>
    public BlockScope Indent()
    {
        _depth++;
        return new BlockScope(this, null);
    }

    /// <summary>Opens a region and closes it when disposed.</summary>
    public RegionScope Region(string name)
    {
        Separate();
        Line($"#region {name}");
        Line();
        return new RegionScope(this);
    }

    public override string ToString() => _text.ToString();

    internal readonly struct BlockScope(CodeWriter writer, string? close) : IDisposable
    {
        public void Dispose()
        {
            writer._depth--;
            if (close is not null)
            {
                writer.Append(close);
            }
        }
    }

    internal readonly struct RegionScope(CodeWriter writer) : IDisposable
    {
        public void Dispose()
        {
            writer.Separate();
            writer.Append("#endregion");
        }
    }
}
