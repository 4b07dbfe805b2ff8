namespace ModelDsl.Architecture.Tests.Dependencies;

public sealed class DrawingTests
{
    [Fact]
    public void A_line_draws_an_arrow_to_each_folder_that_it_names()
    {
        var drawing = Drawing.Parse("A --> B & C.D\nE:::shared\nclassDef shared stroke-dasharray: 4");

        Assert.Equal([new("A", "B"), new("A", "C.D")], drawing.Arrows.OrderBy(arrow => arrow.To));
        Assert.Equal(["E"], drawing.Shared);
    }

    [Theory]
    [InlineData("A -> B")]
    [InlineData("A --> ")]
    [InlineData("A --> B C")]
    [InlineData("A --> B --> C")]
    [InlineData("A:::other")]
    public void A_line_that_draws_something_else_is_refused(string line) =>
        Assert.Throws<FormatException>(() => Drawing.Parse(line));

    [Fact]
    public void A_section_without_a_graph_is_refused() =>
        Assert.Throws<FormatException>(() => Drawing.Of("Adding a layer"));

    [Theory]
    [InlineData("A --> B & C\nB --> C", "")]
    [InlineData("A --> A", "A A")]
    [InlineData("Z --> A\nA --> B\nB --> C\nC --> A", "A B C A")]
    public void A_cycle_is_found_and_named(string lines, string cycle) =>
        Assert.Equal(cycle, string.Join(' ', Drawing.Cycle(Drawing.Parse(lines).Arrows)));

    [Fact]
    public void An_arrow_is_allowed_if_it_is_drawn_or_leads_to_what_all_share()
    {
        var drawing = Drawing.Parse("A --> B\nS:::shared");

        Assert.True(drawing.Allows(new("A", "B")));
        Assert.True(drawing.Allows(new("B", "S")));
        Assert.False(drawing.Allows(new("B", "A")));
        Assert.False(drawing.Allows(new("S", "A")));
    }
}
