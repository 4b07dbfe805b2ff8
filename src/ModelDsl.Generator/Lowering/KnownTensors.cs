namespace ModelDsl.Generator.Lowering;

/// <summary>
/// The tensors of a model that breaks a rule, as far as their names are known: where a shape is wrong, every layer still has the
/// parameters of its kind.
/// </summary>
internal static class KnownTensors
{
    /// <summary>The tensors, as a model has them that is lowered.</summary>
    public static IReadOnlyList<Parameter> Of(ModelDeclaration model, CancellationToken cancellation)
    {
        var layers = new List<BoundLayer>();
        new LayerBinder(cancellation, isLenient: true).BindModel(model, layers);
        var program = new ProgramBuilder(isTraining: false, cancellation);
        foreach (BoundLayer layer in layers)
        {
            Lower(layer, program, cancellation);
        }

        return program.Parameters;
    }

    // Each by itself: what flows from one into the next may have another shape.
    private static void Lower(BoundLayer layer, ProgramBuilder program, CancellationToken cancellation)
    {
        cancellation.Look();
        if (layer.Blocks.IsEmpty)
        {
            layer = layer.IsOfParameters ? layer.ForOneSample() : layer;
            LayerDefinition.Of(layer).Lower(layer, program, [.. layer.Inputs.Select(Input)]);
            return;
        }

        foreach (BoundLayer inner in layer.Blocks.SelectMany(block => block.Layers))
        {
            Lower(inner, program, cancellation);
        }

        static Value Input(TensorShape shape) => new(
            new TensorId(LayerPath.Model, "input"), shape, shape.IsFixed ? ValueKind.Parameter : ValueKind.Activation);
    }
}
