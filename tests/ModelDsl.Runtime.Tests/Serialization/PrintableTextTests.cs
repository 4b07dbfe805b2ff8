using System.Globalization;

namespace ModelDsl.Runtime.Tests.Serialization;

public sealed class PrintableTextTests
{
    [Theory]
    [InlineData("dense1.weight", "dense1.weight")]
    [InlineData("größe 重み 😀", "größe 重み 😀")]
    [InlineData("\u001b[31mred", @"\u001B[31mred")]
    [InlineData("a\nb\r\tc\0", @"a\nb\r\tc\u0000")]
    [InlineData("\u007f\u0085\u009b31m", @"\u007F\u0085\u009B31m")]
    [InlineData("a\u202egnp.exe", @"a\u202Egnp.exe")]
    [InlineData("\u2066x\u2069\u200e\u200b\ufeff", @"\u2066x\u2069\u200E\u200B\uFEFF")]
    [InlineData("a\u2028b\u2029", @"a\u2028b\u2029")]
    [InlineData("\U000E0041", @"\uDB40\uDC41")]
    public void What_a_terminal_would_obey_is_shown_as_an_escape_sequence(string text, string shown)
    {
        Assert.Equal(shown, PrintableText.Escape(text));
        Assert.Equal(shown, PrintableText.Name(text));
    }

    [Fact]
    public void Halves_of_surrogate_pairs_are_shown_as_escape_sequences()
    {
        Assert.Equal(@"a\uD800", PrintableText.Escape("a\ud800"));
        Assert.Equal(@"\uDC00b", PrintableText.Escape("\udc00b"));
        Assert.Equal(@"\uDC00\uD800", PrintableText.Escape("\udc00\ud800"));
    }

    [Fact]
    public void Text_without_such_characters_is_the_same_object() =>
        Assert.Same(Names.Plain, PrintableText.Escape(Names.Plain));

    [Fact]
    public void A_long_name_is_cut_between_characters()
    {
        Assert.Equal(new string('x', 100) + "...", PrintableText.Name(new string('x', 1_000_000)));
        Assert.Equal(new string('x', 100), PrintableText.Name(new string('x', 100)));
        Assert.Equal(new string('x', 99) + "...", PrintableText.Name(new string('x', 99) + "😀😀"));
    }

    [Fact]
    public void Any_text_is_shown_without_a_hidden_character_and_in_bounds() =>
        Gen.Char.Array[0, 150].Select(characters => new string(characters)).Sample(text =>
        {
            string shown = PrintableText.Name(text);
            Assert.All(shown.EnumerateRunes(), rune => Assert.DoesNotContain(
                System.Text.Rune.GetUnicodeCategory(rune),
                new[]
                {
                    UnicodeCategory.Control, UnicodeCategory.Format, UnicodeCategory.Surrogate,
                    UnicodeCategory.LineSeparator,
                    UnicodeCategory.ParagraphSeparator,
                }));
            Assert.DoesNotContain(
                Enumerable.Range(0, shown.Length),
                i => char.IsSurrogate(shown[i]) && !char.IsSurrogatePair(shown, i) && (i == 0 || !char.IsSurrogatePair(shown, i - 1)));
            Assert.InRange(shown.Length, 0, (6 * 100) + 3);
        });

    private static class Names
    {
        public static readonly string Plain = string.Concat("dense1", ".weight 😀");
    }
}
