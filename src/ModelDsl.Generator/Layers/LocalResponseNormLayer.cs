namespace ModelDsl.Generator.Layers;

/// <summary>Each element divided by a power of the squares of its neighbours along the last dimension.</summary>
internal sealed class LocalResponseNormLayer : LayerDefinition
{
    public override string AttributeType => typeof(LocalResponseNormAttribute).FullName;

    public override TensorShape? InferShape(LayerContext layer)
    {
        var arguments = layer.Arguments<LocalResponseNormAttribute>();
        if (!WindowArguments.CheckSize(layer, nameof(arguments.Size), "size", arguments.Size)
            || !CheckFactor(layer, nameof(arguments.Alpha), arguments.Alpha)
            || !CheckFactor(layer, nameof(arguments.Beta), arguments.Beta))
        {
            return null;
        }

        float k = (float)arguments.K;
        if (k is not (> 0f and < float.PositiveInfinity))
        {
            layer.Report(
                NumberMustBePositive.Message(layer.Declaration.Kind, nameof(arguments.K), k), nameof(arguments.K));
            return null;
        }

        return layer.Input;
    }

    // Each step by itself.
    public override bool CanStep(BoundLayer layer) => layer.Input is { IsSequence: true, Rank: > 1 };

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input) =>
        program.Add(new LocalResponse(layer, input, program.Activation(layer)));

    private static bool CheckFactor(LayerContext layer, string argument, double value)
    {
        float factor = (float)value;
        if (factor is >= 0f and < float.PositiveInfinity)
        {
            return true;
        }

        layer.Report(FactorMustNotBeNegative.Message(layer.Declaration.Kind, argument, factor), argument);
        return false;
    }

    // The arguments of both directions, from the rows on.
    private static EquatableArray<Argument> Arguments(BoundLayer layer)
    {
        var arguments = layer.Arguments<LocalResponseNormAttribute>();
        return
        [
            Size.Rows(layer.Input), layer.Input.Columns, Argument.Named("size", arguments.Size),
            Argument.Named("alpha", (float)arguments.Alpha), Argument.Named("beta", (float)arguments.Beta),
            Argument.Named("k", (float)arguments.K),
        ];
    }

    private sealed class LocalResponse(BoundLayer layer, Value input, Value result) : HostOperation(layer, result)
    {
        public override BatchUse BatchUse => BatchUse.Apart;

        public override IEnumerable<Value> Reads => [input];

        public override string Describe(NameOf name) =>
            $"{ShapeText.Matrix(input.Shape)} → normalised by neighbouring columns";

        public override void Differentiate(IGradients gradients)
        {
            if (gradients.Of(Result, Layer) is { } gradient && gradients.Needs(input))
            {
                gradients.Add(new LocalResponseGradient(Layer, input, gradient, gradients.Contribute(input)));
            }
        }

        public override KernelCall CallInto(Value destination, IReadOnlyList<KernelObject> stages) =>
            KernelCall.Hosting("LocalResponse.Forward", stages, [input, destination, .. Arguments(Layer)]);
    }

    private sealed class LocalResponseGradient(BoundLayer layer, Value input, Value gradient, Value result)
        : HostOperation(layer, result)
    {
        public override BatchUse BatchUse => BatchUse.Apart;

        public override IEnumerable<Value> Reads => [input, gradient];

        public override string Describe(NameOf name) =>
            $"gradient of the normalisation → {ShapeText.Matrix(input.Shape)}";

        public override KernelCall CallInto(Value destination, IReadOnlyList<KernelObject> stages) =>
            KernelCall.Hosting("LocalResponse.Backward", stages, [input, gradient, destination, .. Arguments(Layer)]);
    }
}
