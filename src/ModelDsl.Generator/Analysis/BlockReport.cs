namespace ModelDsl.Generator.Analysis;

/// <summary>What is wrong with one block, and how the models of the compilation use it.</summary>
internal sealed class BlockReport
{
    private readonly HashSet<BlockFinding> _failures = [];
    private readonly HashSet<(ModelReport Model, LayerPlace Place)> _uses = [];
    private readonly Dictionary<BlockFinding, HashSet<(ModelReport Model, LayerPlace Place)>> _advised = [];

    public INamedTypeSymbol Type { get; }

    /// <summary>What is wrong with the block whatever flows into it.</summary>
    public ImmutableArray<ShapeIssue> Own { get; }

    public PlaceLocator Locator { get; }

    /// <summary>What is wrong with the forward method, other than its layers.</summary>
    public ImmutableArray<Diagnostic> MethodIssues { get; }

    public BlockReport(INamedTypeSymbol type, CancellationToken cancellation)
    {
        ParsedLayers layers = new LayerParser(cancellation).Parse(type);
        Type = type;
        Locator = new PlaceLocator(() => layers.Sites, CancellationToken.None);
        MethodIssues = layers.Issues;
        Own = [.. BlockInference.Check(type.Name, layers, cancellation)];
    }

    /// <summary>Whether the block fits somewhere.</summary>
    public bool Fits { get; set; }

    /// <summary>What is told of the block by the models that use it, in the order of the models.</summary>
    public List<(ModelReport Model, ImmutableArray<Finding> Findings, Finding Finding)> Told { get; } = [];

    public void AddUse(ModelReport model, LayerPlace place) => _uses.Add((model, Instance(place)));

    public void Add(ModelReport model, ImmutableArray<Finding> findings, Finding finding)
    {
        Told.Add((model, findings, finding));
        var key = BlockFinding.Of(finding);
        if (finding.IsError)
        {
            _failures.Add(key);
            return;
        }

        // That of a model with errors counts as well.
        AddUse(model, finding.Place!);
        if (!_advised.TryGetValue(key, out HashSet<(ModelReport Model, LayerPlace Place)>? uses))
        {
            _advised.Add(key, uses = []);
        }

        uses.Add((model, Instance(finding.Place!)));
    }

    /// <summary>
    /// Whether a finding holds for every use of the block: it is the block's own, or the block fits nowhere and for no
    /// other reason, or every use in a model without errors is advised the same.
    /// </summary>
    public bool HoldsForEveryUse(Finding finding)
    {
        var key = BlockFinding.Of(finding);
        if (!finding.CanStandInBlock)
        {
            return false;
        }

        return !finding.IsError
            ? _advised.TryGetValue(key, out HashSet<(ModelReport Model, LayerPlace Place)>? advised) && advised.Count == _uses.Count
            : IsOwn(key) || (!Fits && _failures.Count == 1);
    }

    /// <summary>Whether the block itself, rather than a block within it, breaks a rule whatever flows in.</summary>
    public bool IsOwn(BlockFinding finding) => Own.Any(issue => issue.Cause is null && BlockFinding.Of(issue) == finding);

    // Copies of a repeated block are one use of it.
    private static LayerPlace Instance(LayerPlace place) => place.Beside(0).InText();
}

/// <summary>A rule that a layer of a block breaks, the same for all uses of the block.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Layer">The number of the layer in the block.</param>
/// <param name="Argument">The argument.</param>
internal readonly record struct BlockFinding(string Rule, int Layer, string? Argument)
{
    public static BlockFinding Of(Finding finding) => new(finding.Rule.Id, finding.Place!.Number, finding.Argument);

    public static BlockFinding Of(ShapeIssue issue) => new(issue.Rule.Id, issue.Place!.Number, issue.Argument);
}
