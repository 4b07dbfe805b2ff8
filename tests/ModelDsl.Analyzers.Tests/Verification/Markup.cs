using System.Text;

namespace ModelDsl.Analyzers.Tests.Verification;

/// <summary>
/// A source text with the places that matter marked: <c>{|MDL0012:Dense(10)|}</c> where a diagnostic is expected, and
/// <c>{|from:Input(28, 28)|}</c> where it says that its shape came from. Marks may be nested.
/// </summary>
/// <param name="Source">The text without marks.</param>
/// <param name="Marks">The marks in the order in which they open.</param>
internal sealed record Markup(string Source, IReadOnlyList<(string Label, TextSpan Span)> Marks)
{
    private const string Open = "{|";
    private const string Close = "|}";

    public static Markup Parse(string text)
    {
        var source = new StringBuilder();
        var marks = new List<(string Label, TextSpan Span)>();
        var open = new Stack<int>();
        for (int i = 0; i < text.Length;)
        {
            if (text.AsSpan(i).StartsWith(Open))
            {
                int colon = text.IndexOf(':', i);
                open.Push(marks.Count);
                marks.Add((text[(i + Open.Length)..colon], new TextSpan(source.Length, 0)));
                i = colon + 1;
            }
            else if (text.AsSpan(i).StartsWith(Close))
            {
                int mark = open.Pop();
                marks[mark] = (marks[mark].Label, TextSpan.FromBounds(marks[mark].Span.Start, source.Length));
                i += Close.Length;
            }
            else
            {
                source.Append(text[i++]);
            }
        }

        Assert.Empty(open);
        return new Markup(source.ToString(), marks);
    }
}
