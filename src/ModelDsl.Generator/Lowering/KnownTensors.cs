using ModelDsl.Generator.Common;
using ModelDsl.Generator.Parsing;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Lowering;

/// <summary>
/// The tensors of a model that breaks a rule, as far as their names are known: where a shape is wrong, every layer still has the
/// parameters of its kind.
/// </summary>
internal static class KnownTensors
{
    /// <summary>The names of the members that give the tensors, each once.</summary>
    public static IReadOnlyList<string> MembersOf(ModelDeclaration model, CancellationToken cancellation)
    {
        var layers = new List<BoundLayer>();
        new LayerBinder(cancellation, isLenient: true).BindModel(model, layers);
        var program = new ProgramBuilder(isTraining: false, cancellation);
        foreach (BoundLayer layer in layers)
        {
            Lower(layer, program, cancellation);
        }

        IEnumerable<string> members = program.Parameters.Looked(cancellation).Select(parameter => parameter.MemberName);
        return [.. members.Distinct(StringComparer.Ordinal)];
    }

    // Each by itself: what flows from one into the next may have another shape.
    private static void Lower(BoundLayer layer, ProgramBuilder program, CancellationToken cancellation)
    {
        cancellation.Look();
        if (layer.Blocks.IsEmpty)
        {
            layer.Definition.Lower(layer, program, new Value("input", layer.Input, ValueKind.Activation));
            return;
        }

        foreach (BoundLayer inner in layer.Blocks.SelectMany(block => block.Layers))
        {
            Lower(inner, program, cancellation);
        }
    }
}
