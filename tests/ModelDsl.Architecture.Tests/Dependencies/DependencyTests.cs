namespace ModelDsl.Architecture.Tests.Dependencies;

/// <summary>
/// The drawings in docs/architecture.md are the order of the folders: the code has exactly the arrows that are drawn,
/// and none of them runs back.
/// </summary>
public abstract class DependencyTests
{
    private protected abstract string Section { get; }

    private protected abstract Folders Code { get; }

    private Drawing Drawn => Drawing.Of(Section);

    [Fact]
    public void Every_arrow_of_the_code_is_drawn()
    {
        var drawn = Drawn;
        AssertNone(Code.Arrows.Where(arrow => !drawn.Allows(arrow)));
    }

    [Fact]
    public void Every_arrow_that_is_drawn_is_in_the_code() => Assert.Empty(Drawn.Arrows.Except(Code.Arrows));

    [Fact]
    public void Every_folder_is_drawn() =>
        Assert.Equal(
            Code.Names,
            Drawn.Arrows.SelectMany(arrow => new[] { arrow.From, arrow.To }).Concat(Drawn.Shared).Distinct().Order());

    [Fact]
    public void No_arrow_that_is_drawn_runs_back() => Assert.Empty(Drawing.Cycle(Drawn.Arrows));

    [Fact]
    public void What_all_share_uses_only_what_all_share()
    {
        var shared = Drawn.Shared;
        AssertNone(Code.Arrows.Where(arrow => shared.Contains(arrow.From) && !shared.Contains(arrow.To)));
        Assert.Empty(Drawing.Cycle(Code.Arrows.Where(arrow => shared.Contains(arrow.From))));
    }

    // With the types that make each arrow, and not shortened.
    private void AssertNone(IEnumerable<Arrow> arrows)
    {
        var lines = arrows.Select(Code.Explain).Order().ToList();
        Assert.True(lines.Count == 0, string.Join('\n', lines));
    }
}
