using Microsoft.CodeAnalysis;
using ModelDsl.Generator.Common;
using ModelDsl.Generator.Parsing;

namespace ModelDsl.Generator.Shapes;

/// <summary>What a layer's shape rule sees: its own attribute, the shape that comes in, and a place for complaints.</summary>
internal sealed class LayerContext(
    LayerDeclaration declaration,
    int index,
    TensorShape input,
    IReadOnlyList<BoundLayer> before,
    List<ShapeIssue> issues)
{
    public LayerDeclaration Declaration => declaration;

    /// <summary>The shape of what flows in; that of no dimensions for the input itself.</summary>
    public TensorShape Input => input;

    /// <summary>The layers before this one, in data-flow order.</summary>
    public IReadOnlyList<BoundLayer> Before => before;

    /// <summary>The attribute that gave <see cref="Input"/> its shape, as <c>[Input(28, 28)]</c>.</summary>
    public string InputOrigin => Origin is { } origin ? $"[{origin.Declaration.Text}]" : "";

    /// <summary>Reports a rule at an argument of this attribute, or at the whole attribute.</summary>
    public void Report(DiagnosticDescriptor rule, string? argument, params object[] messageArguments)
    {
        EquatableArray<string> texts = messageArguments.Select(value => FormattableString.Invariant($"{value}")).ToEquatableArray();
        issues.Add(new ShapeIssue(rule, index, argument, texts, Origin?.Index));
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
