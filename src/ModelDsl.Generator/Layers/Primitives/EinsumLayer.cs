namespace ModelDsl.Generator.Layers.Primitives;

/// <summary>The sum of products of tensors that letters name: <c>bij,jk->bik</c>.</summary>
/// <param name="equation">The letters of the dimensions of each operand and of the result.</param>
internal sealed class EinsumAttribute(string equation) : LayerAttribute
{
    /// <summary>The letters of the dimensions of each operand and of the result.</summary>
    public string Equation { get; } = equation;
}

/// <inheritdoc cref="EinsumAttribute"/>
internal sealed class EinsumLayer : PrimitiveLayer
{
    public override string AttributeType => typeof(EinsumAttribute).FullName;

    public override TensorShape? InferShape(LayerContext layer)
    {
        if (!Primitive.CheckInputs(layer))
        {
            return null;
        }

        if (Equation(layer) is not { } equation)
        {
            return null;
        }

        var extents = new Dictionary<char, int>();
        for (int i = 0; i < layer.Inputs.Count; i++)
        {
            if (ObstacleTo(equation.Operands[i], layer.Inputs[i], extents) is { } obstacle)
            {
                layer.Report(
                    EinsumLettersMustFit.Message(
                        layer.Declaration.Quoted, layer.Inputs[i], layer.InputOriginAt(i), obstacle),
                    nameof(EinsumAttribute.Equation),
                    i);
                return null;
            }
        }

        TensorShape result = Primitive.ShapeOf(equation.Result.Select(letter => extents[letter]));
        bool keepsSteps = layer.Input.IsSequence && result.Rank > 1 && equation.Result[0] == equation.Operands[0][0];
        return result with { IsSequence = keepsSteps };
    }

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input) =>
        Lower(layer, program, (IReadOnlyList<Value>)[input])[0];

    public override IReadOnlyList<Value> Lower(BoundLayer layer, ProgramBuilder program, IReadOnlyList<Value> inputs)
    {
        EinsumEquation equation = EquationOf(layer);
        return [KeepPadding(program, equation, inputs, new EinsumLowering(layer, program, equation).Lower(inputs))];
    }

    private static Value KeepPadding(
        ProgramBuilder program, EinsumEquation equation, IReadOnlyList<Value> inputs, Value result)
    {
        program.SetPadding(result, null);
        for (int i = 0; i < inputs.Count; i++)
        {
            if (program.PaddingOf(inputs[i]) is { } padding
                && equation.Result.IndexOf(equation.Operands[i][padding.Dimension]) is >= 0 and int dimension)
            {
                program.SetPadding(result, padding with { Dimension = dimension });
                break;
            }
        }

        return result;
    }

    private static EinsumEquation EquationOf(BoundLayer layer) =>
        EinsumEquation.Read(layer.Arguments<EinsumAttribute>().Equation, out _)!;

    // Null after reporting why there is none.
    private static EinsumEquation? Equation(LayerContext layer)
    {
        EinsumEquation? equation = EinsumEquation.Read(layer.Arguments<EinsumAttribute>().Equation, out string reason);
        MessageArgument? obstacle =
            equation is null ? (MessageArgument)reason
            : equation.Operands.Count != layer.Inputs.Count
                ? MessageArgument.Phrase($"it names {equation.Operands.Count} operands, but gets {layer.Inputs.Count}")
            : null;
        if (obstacle is not null)
        {
            layer.Report(
                EinsumEquationMalformed.Message(layer.Declaration.Quoted, obstacle), nameof(EinsumAttribute.Equation));
            return null;
        }

        return equation;
    }

    // Why letters cannot stand for the dimensions of a shape; null where they can.
    private static MessageArgument? ObstacleTo(string letters, TensorShape shape, Dictionary<char, int> extents)
    {
        if (letters.Length != shape.Rank)
        {
            return MessageArgument.Phrase($"'{letters}' has {letters.Length} letters for {shape.Rank} dimensions");
        }

        if (shape.IsFixed && letters.Distinct().Count() < letters.Length)
        {
            return MessageArgument.Phrase($"'{letters}' takes the diagonal of a parameter");
        }

        for (int i = 0; i < letters.Length; i++)
        {
            int extent = shape.Dimensions[i];
            if (!extents.TryGetValue(letters[i], out int known))
            {
                extents.Add(letters[i], extent);
            }
            else if (known != extent)
            {
                return MessageArgument.Phrase($"'{letters[i]}' is {extent} here, and {known} before");
            }
        }

        return null;
    }
}
