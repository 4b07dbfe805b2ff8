using ModelDsl.Generator.Diagnostics;
using ModelDsl.Generator.Lowering;
using ModelDsl.Generator.Lowering.Operations;
using ModelDsl.Generator.Parsing;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Layers;

/// <summary>y = x·Wᵀ + b, with W of [units, inputs].</summary>
internal sealed class DenseLayer : LayerDefinition
{
    public override string AttributeType => "ModelDsl.DenseAttribute";

    public override TensorShape? InferShape(LayerContext layer)
    {
        int units = layer.Declaration.Int("units");
        if (units < 1)
        {
            layer.Report(SizeMustBePositive.Rule, "units", "Dense", "number of units", units);
            return null;
        }

        if (!layer.Input.IsVector)
        {
            layer.Report(DenseNeedsVector.Rule, null, layer.Input, layer.InputOrigin);
            return null;
        }

        foreach (string argument in (string[])["WeightInitializer", "BiasInitializer"])
        {
            if (!Initialization.IsDefined(layer.Declaration.Int(argument)))
            {
                layer.Report(UnknownInitializer.Rule, argument, layer.Declaration.Int(argument));
                return null;
            }
        }

        foreach (string argument in (string[])["WeightConstant", "BiasConstant"])
        {
            float constant = layer.Declaration.Float(argument);
            if (float.IsNaN(constant) || float.IsInfinity(constant))
            {
                layer.Report(ConstantMustBeFinite.Rule, argument, "Dense", argument, constant);
                return null;
            }
        }

        return layer.Input.WithColumns(units);
    }

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input)
    {
        LayerDeclaration declaration = layer.Declaration;
        int inputs = layer.Input.Columns;
        int units = layer.Output.Columns;
        Value weight = program.Parameter(
            layer,
            "weight",
            new TensorShape(units, inputs),
            new Initialization(
                declaration.Int("WeightInitializer"), inputs, units, declaration.Float("WeightConstant")));
        Value? bias = declaration.Bool("UseBias", true)
            ? program.Parameter(
                layer,
                "bias",
                new TensorShape(units),
                new Initialization(
                    declaration.Int("BiasInitializer", Initialization.Zeros), inputs, units, declaration.Float("BiasConstant")))
            : null;
        return program.Add(new LinearOperation(layer, input, weight, bias, program.Activation(layer)));
    }
}
