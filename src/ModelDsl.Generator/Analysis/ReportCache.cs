using System.Collections.Concurrent;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ModelDsl.Generator.Analysis;

/// <summary>
/// The reports of one compilation. What is wrong with a block is told by the analysis of the block, since an editor shows
/// and repairs only what the analysis of the file in front of it reports, and since several models that use the block must not
/// tell it twice. For what depends on the uses, the models of the compilation are looked at, once, when a block first asks.
/// </summary>
internal sealed class ReportCache(Compilation compilation, INamedTypeSymbol modelAttribute, AnalyzerConfigOptionsProvider options)
{
    private static readonly string[] GeneratedEndings = [".g", ".g.i", ".designer", ".generated"];

    private readonly ConcurrentDictionary<INamedTypeSymbol, ModelReport> _models = new(SymbolEqualityComparer.Default);
    private readonly Lazy<ReadModels> _read = new(() => ReadModels.Of(compilation, CancellationToken.None));
    private readonly object _lock = new();
    private Dictionary<INamedTypeSymbol, BlockReport>? _blocks;

    /// <summary>The report of a model.</summary>
    public ModelReport Of(INamedTypeSymbol model, AttributeData mark, CancellationToken cancellation) =>
        _models.TryGetValue(model, out ModelReport? known)
            ? known
            : _models.GetOrAdd(
                model, ModelReport.Create(model, mark, _read.Value, options, compilation.Options, cancellation));

    /// <summary>The report of a block that is declared in the compilation.</summary>
    public BlockReport OfBlock(INamedTypeSymbol block, CancellationToken cancellation)
    {
        lock (_lock)
        {
            _blocks ??= Collect(cancellation);
            return ReportOf(_blocks, block, cancellation);
        }
    }

    /// <summary>Whether a block is analysed with the compilation, so that something can be told there.</summary>
    public bool IsAnalyzed(INamedTypeSymbol block) =>
        SymbolEqualityComparer.Default.Equals(block.ContainingAssembly, compilation.Assembly)
        && block.Locations.Any(location => location.SourceTree is { } tree && !IsGenerated(tree));

    /// <summary>The attribute that marks a type as a model, or null.</summary>
    public AttributeData? MarkOf(INamedTypeSymbol type) =>
        type.GetAttributes().FirstOrDefault(attribute => SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, modelAttribute));

    /// <summary>The innermost place of an issue where it holds whatever the model.</summary>
    public Finding Choose(ModelReport model, ImmutableArray<Finding> findings, CancellationToken cancellation) =>
        findings.First(finding => finding == findings[findings.Length - 1]
            || (finding.CanStandInBlock
                && model.Locator.Block(finding.Place!) is { } block
                && IsAnalyzed(block)
                && OfBlock(block, cancellation).HoldsForEveryUse(finding)));

    /// <summary>
    /// Whether what a block breaks whatever flows in is to be told by a block within it, which is looked at by itself.
    /// </summary>
    public bool IsToldWithin(BlockReport block, ShapeIssue issue, CancellationToken cancellation)
    {
        ShapeIssue innermost = issue;
        for (; innermost.Cause is { } cause; innermost = cause)
        {
        }

        if (innermost != issue && innermost.Rule.Id == BlockContainsItself.Id)
        {
            return !IsFirstOfCircle(block, innermost, cancellation);
        }

        return innermost != issue
            && block.Locator.Block(innermost.Place!) is { } inner
            && IsAnalyzed(inner)
            && OfBlock(inner, cancellation).IsOwn(BlockFinding.Of(innermost));
    }

    // A circle of blocks is told where a model goes round it first; without a model, by the block that stands first.
    private bool IsFirstOfCircle(BlockReport block, ShapeIssue innermost, CancellationToken cancellation)
    {
        PlaceLocator locator = block.Locator;
        if (!SymbolEqualityComparer.Default.Equals(
            locator.TypeArgument(innermost.Place!, innermost.Argument)?.OriginalDefinition, block.Type))
        {
            return false;
        }

        INamedTypeSymbol[] circle =
        [
            block.Type,
            .. Enumerable.Range(1, innermost.Place!.Way.Count)
                .Select(depth => locator.Block(innermost.Place.At(depth))!),
        ];
        return SymbolEqualityComparer.Default.Equals(circle.OrderBy(Position).First(), block.Type)
            && !circle
                .SelectMany(other => OfBlock(other, cancellation).Told)
                .Any(told => told.Finding.Rule.Id == BlockContainsItself.Id);
    }

    private Dictionary<INamedTypeSymbol, BlockReport> Collect(CancellationToken cancellation)
    {
        var blocks = new Dictionary<INamedTypeSymbol, BlockReport>(SymbolEqualityComparer.Default);
        var fitting = new HashSet<string>(StringComparer.Ordinal);
        foreach (INamedTypeSymbol type in Types(compilation.Assembly.GlobalNamespace).OrderBy(Position))
        {
            cancellation.Look();
            if (MarkOf(type) is not { } mark
                || !type.GetAttributes().Any(attribute => attribute.AttributeClass is { IsGenericType: true })
                || DeclarationRules.Check(type, cancellation).Any(broken => broken.Id == ModelInSeveralParts.Id))
            {
                continue;
            }

            ModelReport model = Of(type, mark, cancellation);
            fitting.UnionWith(model.Shaped.FittingBlocks);
            foreach (ImmutableArray<Finding> findings in model.Issues)
            {
                foreach (Finding finding in findings.Where(finding => finding.Place is { IsInBlock: true }))
                {
                    Add(finding.Place!, report => report.Add(model, findings, finding));
                }
            }

            if (model.Shaped.IsComplete)
            {
                foreach (BoundLayer layer in model.Shaped.Layers.SelectMany(FirstLayers))
                {
                    Add(layer.Place, report => report.AddUse(model, layer.Place));
                }
            }

            void Add(LayerPlace place, Action<BlockReport> add)
            {
                INamedTypeSymbol block = model.Locator.Block(place)!;
                if (IsAnalyzed(block))
                {
                    add(ReportOf(blocks, block, cancellation));
                }
            }
        }

        foreach (KeyValuePair<INamedTypeSymbol, BlockReport> block in blocks)
        {
            block.Value.Fits = fitting.Contains(block.Key.ToDisplayString());
        }

        return blocks;
    }

    private static BlockReport ReportOf(
        Dictionary<INamedTypeSymbol, BlockReport> blocks, INamedTypeSymbol block, CancellationToken cancellation)
    {
        if (!blocks.TryGetValue(block, out BlockReport? report))
        {
            blocks.Add(block, report = new BlockReport(block, cancellation));
        }

        return report;
    }

    // The first layer of every block, once for all copies.
    private static IEnumerable<BoundLayer> FirstLayers(BoundLayer layer)
    {
        foreach (BoundBlock block in layer.Blocks)
        {
            if (block.Layers.Count > 0 && block.Layers[0].Place is var place && place.Way[place.Way.Count - 1].Copy == 0)
            {
                yield return block.Layers[0];
                foreach (BoundLayer inner in block.Layers.SelectMany(FirstLayers))
                {
                    yield return inner;
                }
            }
        }
    }

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol around)
    {
        foreach (INamedTypeSymbol type in around.GetTypeMembers())
        {
            yield return type;
            foreach (INamedTypeSymbol inner in Types(type))
            {
                yield return inner;
            }
        }

        if (around is INamespaceSymbol @namespace)
        {
            foreach (INamedTypeSymbol type in @namespace.GetNamespaceMembers().SelectMany(Types))
            {
                yield return type;
            }
        }
    }

    // The order of the files, and of the text within each.
    private static (string, int) Position(INamedTypeSymbol type) =>
        (type.Locations[0].SourceTree?.FilePath ?? "", type.Locations[0].SourceSpan.Start);

    private static bool IsGenerated(SyntaxTree tree) =>
        Path.GetFileNameWithoutExtension(tree.FilePath) is var name
        && GeneratedEndings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
