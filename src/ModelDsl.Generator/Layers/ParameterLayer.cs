namespace ModelDsl.Generator.Layers;

/// <summary>A parameter of a forward method that is one of the model: it takes nothing and gives itself.</summary>
internal sealed class ParameterLayer : LayerDefinition
{
    public override string AttributeType => typeof(ParameterAttribute).FullName;

    public override bool TakesTokens => true;

    public override bool IsSource => true;

    public override TensorShape? InferShape(LayerContext layer)
    {
        var arguments = layer.Arguments<ParameterAttribute>();
        if (DeclaredDimensions.Of(layer, arguments.Dimensions) is not { } shape)
        {
            return null;
        }

        if (!Enum.IsDefined(typeof(Initializer), arguments.Initializer))
        {
            layer.Report(UnknownInitializer.Message((int)arguments.Initializer), nameof(arguments.Initializer));
            return null;
        }

        if (double.IsInfinity(arguments.Initial))
        {
            layer.Report(
                ConstantMustBeFinite.Message("Parameter", nameof(arguments.Initial), (float)arguments.Initial),
                nameof(arguments.Initial));
            return null;
        }

        return shape with { IsFixed = true };
    }

    public override bool CanStep(BoundLayer layer) => true;

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input)
    {
        var arguments = layer.Arguments<ParameterAttribute>();
        Initialization initialization = double.IsNaN(arguments.Initial)
            ? new Initialization(arguments.Initializer, layer.Output.Rows, layer.Output.Columns, Deviation(arguments))
            : Initialization.Of((float)arguments.Initial);
        return program.Parameter(layer, "", layer.Output, initialization);
    }

    private static float Deviation(ParameterAttribute arguments) =>
        arguments.Initializer == Initializer.Normal ? (float)arguments.Deviation : 0f;
}
