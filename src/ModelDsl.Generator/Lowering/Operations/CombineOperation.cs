namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>
/// result = f(source, operand), element by element, the operand broadcast to the shape of the source.
/// </summary>
internal sealed class CombineOperation(
    BoundLayer layer, BinaryFunction function, Value source, BroadcastOperand operand, Value result)
    : StageOperation(layer, source, result)
{
    private static readonly ActivationFunction Negate = new("Negate") { DerivativeUsesOutput = true };

    public override IEnumerable<Value> Operands => operand.Value is { } value ? [value] : [];

    public override string DescribeStage(NameOf name)
    {
        string text = operand.Value is { } value ? name(value) : NumberText.Of(operand.Number ?? 0f);
        return function.Symbol.Replace("y", text);
    }

    public override KernelObject Stage => operand.Stage(function, Columns);

    public override void Differentiate(IGradients gradients)
    {
        if (function.IsFlat || gradients.Of(Result, Layer) is not { } gradient)
        {
            return;
        }

        if (gradients.Needs(Source))
        {
            DifferentiateSource(gradients, gradient);
        }

        if (operand.Value is { } other && gradients.Needs(other))
        {
            DifferentiateOperand(gradients, gradient, other);
        }
    }

    private void DifferentiateSource(IGradients gradients, Value gradient)
    {
        if (function == BinaryFunction.Addition || function == BinaryFunction.Subtraction)
        {
            gradients.ContributeView(Source, gradient);
            return;
        }

        Value part = gradients.Contribute(Source);
        gradients.Add(
            function == BinaryFunction.ReverseSubtraction ? new ActivationOperation(Layer, gradient, Negate, part)
            : function == BinaryFunction.ReverseDivision
                ? new WeighOperation(Layer, gradient, "QuotientSlope", Result, BroadcastOperand.Equal(Source), part)
            : function.SourceSlope is { } slope
                ? new WeighOperation(Layer, gradient, slope, Source, operand, part)
            : new CombineOperation(Layer, function, gradient, operand, part));
    }

    private void DifferentiateOperand(IGradients gradients, Value gradient, Value other)
    {
        if (function == BinaryFunction.Addition || function == BinaryFunction.ReverseSubtraction)
        {
            OperandGradient.Reduce(gradients, Layer, gradient, other, Source.Shape);
            return;
        }

        // Where the operand is broadcast, it is the sum of what would be its gradient if it were not.
        Value part = operand.IsEqual ? gradients.Contribute(other) : Between(gradients, "Part");
        if (function == BinaryFunction.Subtraction)
        {
            gradients.Add(new ActivationOperation(Layer, gradient, Negate, part));
        }
        else if (function == BinaryFunction.Multiplication)
        {
            gradients.Add(new MultiplyOperation(Layer, Source, gradient, part));
        }
        else if (function == BinaryFunction.ReverseDivision)
        {
            gradients.Add(new CombineOperation(
                Layer, BinaryFunction.Division, gradient, BroadcastOperand.Equal(Source), part));
        }
        else if (function == BinaryFunction.Division && !operand.IsEqual)
        {
            Value product = Between(gradients, "Product"), quotient = Between(gradients, "Quotient");
            gradients.Add(new MultiplyOperation(Layer, Result, gradient, product));
            gradients.Add(new CombineOperation(Layer, function, product, operand, quotient));
            gradients.Add(new ActivationOperation(Layer, quotient, Negate, part));
        }
        else
        {
            Value first = function == BinaryFunction.Division ? Result : Source;
            gradients.Add(new WeighOperation(Layer, gradient, function.OperandSlope!, first, operand, part));
        }

        if (!operand.IsEqual)
        {
            OperandGradient.Reduce(gradients, Layer, part, other, Source.Shape);
        }
    }

    private Value Between(IGradients gradients, string name) =>
        gradients.Scratch(Result, name, Result.Shape, isPerSample: true, mayBeRounded: Result.MayBeRounded);
}

/// <summary>result = source · f(first, second): a gradient times a derivative of a function of two elements.</summary>
internal sealed class WeighOperation(
    BoundLayer layer, Value source, string function, Value first, BroadcastOperand second, Value result)
    : StageOperation(layer, source, result)
{
    public override IEnumerable<Value> Operands => second.Value is { } value ? [first, value] : [first];

    public override string DescribeStage(NameOf name)
    {
        string text = second.Value is { } value ? name(value) : NumberText.Of(second.Number ?? 0f);
        return $"· {function}({name(first)}, {text})";
    }

    public override KernelObject Stage =>
        second.Value is { } value
            ? new("Weigh", [first, value, Columns]) { Of = new KernelType(function) }
            : new("WeighNumber", [first, Columns, second.Number ?? 0f]) { Of = new KernelType(function) };
}
