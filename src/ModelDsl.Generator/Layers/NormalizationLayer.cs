namespace ModelDsl.Generator.Layers;

/// <summary>Brings each vector to a common scale, and gives every feature a scale of its own.</summary>
internal abstract class NormalizationLayer : LayerDefinition
{
    protected abstract bool HasBias(BoundLayer layer);

    public override LayerTraits Traits => LayerTraits.Normalising;

    public override TensorShape? InferShape(LayerContext layer)
    {
        if (!layer.Input.IsVector)
        {
            layer.Report(
                NormalizationNeedsVector.Message(
                    layer.Declaration.Kind, layer.Input, layer.InputOrigin, Remedies.ForNormalization(layer)));
            return null;
        }

        float epsilon = (float)layer.Arguments<IEpsilonArguments>().Epsilon;
        if (!(epsilon > 0f && epsilon < float.PositiveInfinity))
        {
            layer.Report(
                NumberMustBePositive.Message(layer.Declaration.Kind, "an epsilon", epsilon),
                nameof(IEpsilonArguments.Epsilon));
            return null;
        }

        return layer.Input;
    }

    public override bool CanStep(BoundLayer layer) => true;

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input)
    {
        var shape = new TensorShape(layer.Input.Columns);
        Value weight = program.Parameter(layer, "weight", shape, new Initialization(Initializer.Constant, 1, 1, 1f));
        Value? bias = HasBias(layer)
            ? program.Parameter(layer, "bias", shape, new Initialization(Initializer.Zeros, 1, 1, 0f))
            : null;
        Value? statistics = program.IsTraining
            ? program.Activation(layer, "statistics", new TensorShape(layer.Input.Rows, 2))
            : null;
        float epsilon = (float)layer.Arguments<IEpsilonArguments>().Epsilon;
        return program.Add(new NormalizationOperation(
            layer, layer.Declaration.Kind, input, weight, bias, statistics, epsilon, program.Activation(layer)));
    }
}
