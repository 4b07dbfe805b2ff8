namespace ModelDsl.Architecture.Tests.Dependencies;

/// <summary>
/// The drawings in docs/architecture.md are the order of the folders: the code has exactly the arrows that are drawn,
/// and none of them runs back.
/// </summary>
public abstract class DependencyTests
{
    private protected abstract string Section { get; }

    private protected abstract Folders Code { get; }

    /// <summary>Arrows of the code that still run back. They are not drawn; each is here until it is mended.</summary>
    private protected abstract IReadOnlyCollection<Arrow> KnownBackArrows { get; }

    private Drawing Drawn => Drawing.Of(Section);

    [Fact]
    public void Every_arrow_of_the_code_is_drawn()
    {
        var drawn = Drawn;
        Assert.Empty(Code.Arrows
            .Where(arrow => !drawn.Allows(arrow) && !KnownBackArrows.Contains(arrow))
            .Select(Code.Explain));
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
        Assert.Empty(Code.Arrows
            .Where(arrow => shared.Contains(arrow.From) && !shared.Contains(arrow.To))
            .Select(Code.Explain));
        Assert.Empty(Drawing.Cycle(Code.Arrows.Where(arrow => shared.Contains(arrow.From))));
    }

    [Fact]
    public void Every_known_arrow_back_is_still_there_and_still_runs_back()
    {
        var drawn = Drawn;
        var code = Code.Arrows.ToList();
        Assert.All(KnownBackArrows, arrow =>
        {
            Assert.Contains(arrow, code);
            Assert.NotEmpty(Drawing.Cycle(drawn.Arrows.Add(arrow)));
        });
    }
}
