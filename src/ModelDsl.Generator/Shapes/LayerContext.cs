using System.Globalization;
using Microsoft.CodeAnalysis;
using ModelDsl.Generator.Common;
using ModelDsl.Generator.Diagnostics;
using ModelDsl.Generator.Parsing;

namespace ModelDsl.Generator.Shapes;

/// <summary>What a layer's shape rule sees: its own attribute, the shape that comes in, and a place for complaints.</summary>
internal sealed class LayerContext(
    LayerBinder binder,
    LayerDeclaration declaration,
    int index,
    string path,
    TensorShape input,
    IReadOnlyList<BoundLayer> before,
    bool isFrozen)
{
    private readonly List<BoundBlock> _blocks = [];

    public LayerDeclaration Declaration => declaration;

    /// <summary>The shape of what flows in; that of no dimensions for the input itself.</summary>
    public TensorShape Input => input;

    /// <summary>The layers before this one in the same model or block, in data-flow order.</summary>
    public IReadOnlyList<BoundLayer> Before => before;

    /// <summary>The blocks that <see cref="BindBlock"/> has bound so far.</summary>
    public IReadOnlyList<BoundBlock> Blocks => _blocks;

    /// <summary>The attribute that gave <see cref="Input"/> its shape, as <c>[Input(28, 28)]</c>.</summary>
    public string InputOrigin => Origin is { } origin ? $"[{origin.Declaration.Text}]" : "the block around it";

    /// <summary>Reports a rule at an argument of this attribute, or at the whole attribute.</summary>
    public void Report(DiagnosticDescriptor rule, string? argument, params object[] messageArguments)
    {
        EquatableArray<string> texts = messageArguments.Select(value => FormattableString.Invariant($"{value}")).ToEquatableArray();
        binder.Issues.Add(new ShapeIssue(rule, index, argument, texts, Origin?.Index));
    }

    /// <summary>
    /// Binds the block that one of the attribute's type arguments names, for use on <paramref name="shape"/>; null after
    /// reporting that it does not fit.
    /// </summary>
    /// <param name="typeArgument">The number of the type argument.</param>
    /// <param name="shape">What flows into the block.</param>
    /// <param name="copy">Tells the names of several uses apart.</param>
    public BoundBlock? BindBlock(int typeArgument, TensorShape shape, int? copy = null)
    {
        TypeArgument argument = declaration.TypeArguments[typeArgument];
        string shortName = argument.FullName.Substring(argument.FullName.LastIndexOfAny(['.', ':']) + 1);
        if (argument.Block is not { } block)
        {
            Report(TypeIsNotBlock.Rule, $"<{typeArgument}>", shortName, declaration.Text);
            return null;
        }

        if (block.IsRecursive)
        {
            Report(BlockContainsItself.Rule, $"<{typeArgument}>", block.Name);
            return null;
        }

        string scope = copy is { } number ? $"{path}.{number.ToString(CultureInfo.InvariantCulture)}" : path;
        if (declaration.TypeArguments.Count > 1)
        {
            scope += $".{(char)('a' + typeArgument)}";
        }

        BoundBlock? bound = binder.BindBlock(block, index, scope, shape, isFrozen, out ShapeIssue? issue);
        if (bound is null)
        {
            if (issue?.Rule.Category == Category.Structure)
            {
                // The block is wrong wherever it is used.
                Report(issue.Rule, $"<{typeArgument}>", [.. issue.MessageArguments]);
            }
            else if (issue is not null)
            {
                string inner = string.Format(CultureInfo.InvariantCulture, issue.Rule.MessageFormat.ToString(CultureInfo.InvariantCulture), [.. issue.MessageArguments]);
                Report(BlockDoesNotFit.Rule, $"<{typeArgument}>", block.Name, shape, inner);
            }

            return null;
        }

        _blocks.Add(bound);
        return bound;
    }

    private BoundLayer? Origin
    {
        get
        {
            // The layer that made the shape, not those that only passed it on.
            BoundLayer? origin = null;
            foreach (BoundLayer layer in before)
            {
                if (origin is null || layer.Input != layer.Output)
                {
                    origin = layer;
                }
            }

            return origin;
        }
    }
}
