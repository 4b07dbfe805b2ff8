namespace ModelDsl.Generator.Layers.Primitives;

/// <summary>
/// The first choice where a condition is not 0, the second where it is. The sources are the condition and the choices,
/// each of which may be a number instead.
/// </summary>
internal sealed class WhereAttribute : LayerAttribute
{
    /// <summary>Whether the first choice is a number.</summary>
    public bool HasFirstNumber { get; set; }

    /// <summary>The first choice, where it is a number.</summary>
    public double FirstNumber { get; set; }

    /// <summary>Whether the second choice is a number.</summary>
    public bool HasSecondNumber { get; set; }

    /// <summary>The second choice, where it is a number.</summary>
    public double SecondNumber { get; set; }
}

/// <inheritdoc cref="WhereAttribute"/>
internal sealed class WhereLayer : PrimitiveLayer
{
    public override string AttributeType => typeof(WhereAttribute).FullName;

    public override TensorShape? InferShape(LayerContext layer)
    {
        var arguments = layer.Arguments<WhereAttribute>();
        if (!CheckNumber(layer, arguments.FirstNumber, nameof(arguments.FirstNumber))
            || !CheckNumber(layer, arguments.SecondNumber, nameof(arguments.SecondNumber)))
        {
            return null;
        }

        return Primitive.CheckInputs(layer) ? Broadcasting.Infer(layer) : null;
    }

    public override bool CanStep(BoundLayer layer) => Broadcasting.CanStep(layer.Output, layer.Inputs);

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input) =>
        Lower(layer, program, [input])[0];

    public override IReadOnlyList<Value> Lower(BoundLayer layer, ProgramBuilder program, IReadOnlyList<Value> inputs)
    {
        var arguments = layer.Arguments<WhereAttribute>();
        Value condition = Primitive.LayOut(layer, program, inputs[0], layer.Output, "condition");
        bool hasFirst = !arguments.HasFirstNumber && inputs.Count > 1;
        Value? first = hasFirst ? Primitive.LayOut(layer, program, inputs[1], layer.Output, "first") : null;
        Value? second = arguments.HasSecondNumber || inputs.Count < (hasFirst ? 3 : 2)
            ? null
            : Primitive.LayOut(layer, program, inputs[hasFirst ? 2 : 1], layer.Output, "second");
        (float one, float other) = ((float)arguments.FirstNumber, (float)arguments.SecondNumber);
        return
        [
            Primitive.JoinPadding(layer, program, inputs, (first, second) switch
            {
                ({ } taken, { } left) => program.Add(
                    new ChooseOperation(layer, condition, taken, left, program.Activation(layer))),
                ({ } taken, null) => Fill(condition, taken, other, whereZero: true, program.Activation(layer)),
                (null, { } left) => Fill(condition, left, one, whereZero: false, program.Activation(layer)),
                _ => Fill(
                    condition,
                    Fill(condition, condition, one, whereZero: false, program.Activation(layer, "filled", layer.Output)),
                    other,
                    whereZero: true,
                    program.Activation(layer)),
            }),
        ];

        Value Fill(Value where, Value source, float number, bool whereZero, Value result) =>
            program.Add(new FillOperation(layer, where, source, number, whereZero, result));
    }

    private static bool CheckNumber(LayerContext layer, double number, string argument)
    {
        if (!double.IsNaN(number))
        {
            return true;
        }

        layer.Report(ConstantMustBeFinite.Message(layer.Declaration.Quoted, "number", float.NaN), argument);
        return false;
    }
}
