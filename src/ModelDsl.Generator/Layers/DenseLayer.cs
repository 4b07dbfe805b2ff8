namespace ModelDsl.Generator.Layers;

/// <summary>y = x·Wᵀ + b, with W of [units, inputs].</summary>
internal sealed class DenseLayer : LayerDefinition
{
    public override string AttributeType => typeof(DenseAttribute).FullName;

    public override LayerTraits Traits => LayerTraits.Linear;

    public override TensorShape? InferShape(LayerContext layer)
    {
        int units = layer.Arguments<DenseAttribute>().Units;
        if (units < 1)
        {
            layer.Report(SizeMustBePositive.Message("Dense", "number of units", units), nameof(DenseAttribute.Units));
            return null;
        }

        if (!layer.Input.IsVector)
        {
            layer.Report(DenseNeedsVector.Message(layer.Input, layer.InputOrigin, Remedies.ForVector(layer)));
            return null;
        }

        return WeightArguments.Check(layer) && TiedWeight.Check(layer, new TensorShape(units, layer.Input.Columns)) ? layer.Input.WithColumns(units) : null;
    }

    public override TensorShape? WeightShape(BoundLayer layer) => new TensorShape(layer.Output.Columns, layer.Input.Columns);

    public override bool CanStep(BoundLayer layer) => true;

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input)
    {
        int inputs = layer.Input.Columns;
        int units = layer.Output.Columns;
        Value weight = WeightArguments.Weight(program, layer, new TensorShape(units, inputs), inputs, units);
        Value? bias = WeightArguments.Bias(program, layer, units, inputs, units);
        return program.Add(new LinearOperation(layer, input, weight, bias, program.Activation(layer)));
    }
}
