namespace ModelDsl.Generator.Layers;

/// <summary>The arguments of attentions in several heads, and their projections.</summary>
internal static class AttentionProjections
{
    /// <summary>Whether the heads divide the features of a query; reports where not.</summary>
    /// <param name="layer">The attention.</param>
    /// <param name="width">The number of features.</param>
    /// <param name="origin">What gives them.</param>
    public static bool CheckHeads(LayerContext layer, int width, string origin)
    {
        string kind = layer.Declaration.Kind;
        int heads = layer.Arguments<IAttentionArguments>().Heads;
        if (heads < 1)
        {
            layer.Report(
                SizeMustBePositive.Message(kind, "number of heads", heads), nameof(IAttentionArguments.Heads));
            return false;
        }

        if (width % heads != 0)
        {
            layer.Report(
                HeadsMustDivideWidth.Message(kind, heads, width, origin), nameof(IAttentionArguments.Heads));
            return false;
        }

        return true;
    }

    /// <summary>Adds a product of each step with a weight.</summary>
    /// <param name="layer">The attention.</param>
    /// <param name="program">Takes the operation.</param>
    /// <param name="name">What the weight's and the bias's names begin with.</param>
    /// <param name="source">The steps.</param>
    /// <param name="outputs">The number of outputs that the initializer counts.</param>
    /// <param name="result">The product.</param>
    public static Value Project(
        BoundLayer layer, ProgramBuilder program, string name, Value source, int outputs, Value result)
    {
        (int inputs, int columns) = (source.Shape.Columns, result.Shape.Columns);
        Value weight = program.Parameter(
            layer, $"{name}Weight", new TensorShape(columns, inputs),
            new Initialization(Initializer.GlorotUniform, inputs, outputs, 0f));
        Value? bias = layer.Arguments<IAttentionArguments>().UseBias
            ? program.Parameter(
                layer, $"{name}Bias", new TensorShape(columns),
                new Initialization(Initializer.Zeros, inputs, outputs, 0f))
            : null;
        return program.Add(new LinearOperation(layer, source, weight, bias, result));
    }
}
