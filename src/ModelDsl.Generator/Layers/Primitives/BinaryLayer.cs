namespace ModelDsl.Generator.Layers.Primitives;

/// <summary>The arguments of a function of two elements: two sources, or one and a number.</summary>
internal abstract class BinaryAttribute : LayerAttribute
{
    /// <summary>Whether one of the two is a number, so that there is one source.</summary>
    public bool HasNumber { get; set; }

    /// <summary>The number.</summary>
    public double Number { get; set; }

    /// <summary>Whether the number stands on the left: <c>2 - x</c>.</summary>
    public bool NumberIsLeft { get; set; }
}

/// <summary>A function of two elements, with broadcasting.</summary>
internal abstract class BinaryLayer : PrimitiveLayer
{
    /// <summary>The function of left and right.</summary>
    protected abstract BinaryFunction Function { get; }

    public override TensorShape? InferShape(LayerContext layer)
    {
        var arguments = layer.Arguments<BinaryAttribute>();
        if (arguments.HasNumber && double.IsNaN(arguments.Number))
        {
            layer.Report(
                ConstantMustBeFinite.Message(layer.Declaration.Quoted, "number", float.NaN), nameof(arguments.Number));
            return null;
        }

        return Primitive.CheckInputs(layer) ? Broadcasting.Infer(layer) : null;
    }

    public override bool CanStep(BoundLayer layer) => Broadcasting.CanStep(layer.Output, layer.Inputs);

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input)
    {
        var arguments = layer.Arguments<BinaryAttribute>();
        return arguments.HasNumber
            ? WithNumber(layer, program, input, (float)arguments.Number, arguments.NumberIsLeft)
            : Combine(layer, program, Function, input, input, isRightLater: false);
    }

    public override IReadOnlyList<Value> Lower(BoundLayer layer, ProgramBuilder program, IReadOnlyList<Value> inputs) =>
        inputs.Count == 1
            ? [Lower(layer, program, inputs[0])]
            :
            [
                Primitive.JoinPadding(
                    layer, program, inputs,
                    Combine(
                        layer, program, Function, inputs[0], inputs[1],
                        layer.Sources[1].Layer > layer.Sources[0].Layer)),
            ];

    /// <summary>A function of the elements of two values that are broadcast to the shape of a layer's output.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="program">Takes the operations.</param>
    /// <param name="function">The function of left and right.</param>
    /// <param name="left">The left operand.</param>
    /// <param name="right">The right operand.</param>
    /// <param name="isRightLater">Whether the right operand is computed after the left one.</param>
    public static Value Combine(
        BoundLayer layer, ProgramBuilder program, BinaryFunction function, Value left, Value right, bool isRightLater)
    {
        if (left == right && function == BinaryFunction.Multiplication)
        {
            return program.Add(new ActivationOperation(layer, left, SquareLayer.Square, program.Activation(layer)));
        }

        // What was computed last may still be in the making: then this is a stage of that.
        bool isLeftWhole = Broadcasting.IsWhole(left.Shape, layer.Output);
        bool isRightWhole = Broadcasting.IsWhole(right.Shape, layer.Output);
        bool isReversed = isRightWhole && (isRightLater || !isLeftWhole);
        (Value source, Value other) = isReversed ? (right, left) : (left, right);
        source = Primitive.LayOut(layer, program, source, layer.Output, "source");
        BroadcastOperand? operand = BroadcastOperand.Find(other, layer.Output);
        if (operand is null || (function.NeedsEqualShapes && !operand.IsEqual))
        {
            operand = BroadcastOperand.Equal(Primitive.LayOut(layer, program, other, layer.Output, "operand"));
        }

        return program.Add(new CombineOperation(
            layer, isReversed ? function.Reverse : function, source, operand, program.Activation(layer)));
    }

    private Value WithNumber(BoundLayer layer, ProgramBuilder program, Value input, float number, bool isLeft) =>
        program.TakeStepsOf(
            input,
            program.Add(new CombineOperation(
                layer,
                isLeft ? Function.Reverse : Function,
                input,
                BroadcastOperand.Of(number),
                program.Activation(layer))));
}
