namespace ModelDsl.Generator.Layers.Primitives;

/// <summary>What leaves padding out of a function of the places along a dimension.</summary>
/// <param name="layer">The layer.</param>
/// <param name="program">Takes the operations.</param>
/// <param name="padding">The places that are padding.</param>
/// <param name="shape">The shape of what has them.</param>
internal sealed class PaddedPlaces(BoundLayer layer, ProgramBuilder program, StepPadding padding, TensorShape shape)
{
    private readonly int _steps = shape.Dimensions[padding.Dimension];
    private Value? _mask;
    private Value? _share;

    // The share of the places that are no padding, one number for each sample.
    private Value Share => _share ??= program.Add(new ReductionOperation(
        layer,
        ReductionForm.Sum,
        program.Add(new CombineOperation(
            layer, BinaryFunction.GreaterOrEqual, padding.Mask.Value, BroadcastOperand.Of(0f), Own("isReal", _steps))),
        new LinesOf(1, _steps, 1),
        _steps,
        Own("share", 1)));

    /// <summary>The padding along one of some dimensions of a layer's input; null where there is none.</summary>
    public static PaddedPlaces? Find(
        BoundLayer layer, ProgramBuilder program, Value input, Func<int, bool> isAlong) =>
        program.PaddingOf(input) is { } padding && isAlong(padding.Dimension)
            ? new PaddedPlaces(layer, program, padding, layer.Input)
            : null;

    /// <summary>The source with a number in place of padding, whose gradient is zero.</summary>
    public Value Fill(Value source, float number, Value result) => program.Add(
        new FillOperation(layer, _mask ??= LayOut(), source, number, whereZero: false, result));

    /// <summary>The source, or 0 where all places of a sample are padding.</summary>
    public Value ZeroWhereNone(Value source, Value result) => program.Add(new FillOperation(
        layer,
        Primitive.LayOut(layer, program, Share, source.Shape, "shares"),
        source,
        number: 0f,
        whereZero: true,
        result));

    /// <summary>The mean over no padding, of a mean that counts padding as 0; 0 where there is nothing else.</summary>
    /// <param name="mean">The mean.</param>
    /// <param name="missing">What is taken from the share, for an unbiased variance.</param>
    /// <param name="name">The name of the divisor.</param>
    /// <param name="result">The result.</param>
    public Value DivideByShare(Value mean, float missing, string name, Value result)
    {
        Value divisor = program.Add(new CombineOperation(
            layer, BinaryFunction.Maximum, Share, BroadcastOperand.Of(1f / _steps), Own($"{name}Share", 1)));
        if (missing != 0f)
        {
            divisor = program.Add(new CombineOperation(
                layer, BinaryFunction.Subtraction, divisor, BroadcastOperand.Of(missing), Own($"{name}Divisor", 1)));
        }

        Value shares = Primitive.LayOut(layer, program, divisor, mean.Shape, $"{name}Shares");
        return program.Add(new CombineOperation(
            layer, BinaryFunction.Division, mean, BroadcastOperand.Equal(shares), result));
    }

    private Value LayOut()
    {
        int missing = shape.Rank - padding.Dimension - 1;
        Value places = program.View(
            layer, "places", new TensorShape([_steps, .. Enumerable.Repeat(1, missing)]), padding.Mask.Value);
        return Primitive.LayOut(layer, program, places, shape with { IsSequence = false }, "mask");
    }

    private Value Own(string name, int count) => program.Activation(layer, name, new TensorShape(count));
}
