namespace ModelDsl.Generator.Layers.Primitives;

/// <summary>All sources behind each other along a dimension.</summary>
/// <param name="dimension">The dimension; negative ones count from the end.</param>
internal sealed class ConcatenateAttribute(int dimension = -1) : LayerAttribute
{
    /// <summary>The dimension; negative ones count from the end.</summary>
    public int Dimension { get; } = dimension;
}

/// <summary>All sources, which have equal shapes, along a new dimension.</summary>
/// <param name="dimension">The number of the dimension in the output; negative ones count from the end.</param>
internal sealed class StackAttribute(int dimension = 0) : LayerAttribute
{
    /// <summary>The number of the dimension in the output; negative ones count from the end.</summary>
    public int Dimension { get; } = dimension;
}

/// <summary>Tensors that become one.</summary>
internal abstract class JoinLayer : PrimitiveLayer
{
    /// <summary>The dimension as it is written.</summary>
    protected abstract int WrittenDimension(LayerDeclaration declaration);

    /// <summary>Whether the dimension is a new one.</summary>
    protected abstract bool AddsDimension { get; }

    public override TensorShape? InferShape(LayerContext layer)
    {
        if (!Primitive.CheckInputs(layer)
            || Primitive.Dimension(
                layer, WrittenDimension(layer.Declaration), nameof(ConcatenateAttribute.Dimension),
                added: AddsDimension ? 1 : 0) is not { } dimension)
        {
            return null;
        }

        TensorShape first = layer.Input;
        for (int i = 1; i < layer.Inputs.Count; i++)
        {
            TensorShape other = layer.Inputs[i];
            bool agrees = other.Rank == first.Rank
                && Enumerable.Range(0, first.Rank).All(one =>
                    other.Dimensions[one] == first.Dimensions[one] || (one == dimension && !AddsDimension));
            if (!agrees)
            {
                layer.Report(
                    ExtentsMustAgree.Message(
                        layer.Declaration.Quoted, AddsDimension ? "all extents" : "all other extents", dimension, other,
                        layer.InputOriginAt(i), first, layer.InputOrigin),
                    input: i);
                return null;
            }
        }

        long extent = AddsDimension
            ? layer.Inputs.Count
            : Math.Min(layer.Inputs.Sum(input => (long)input.Dimensions[dimension]), int.MaxValue);
        TensorShape joined = AddsDimension
            ? new TensorShape([.. first.Dimensions.Take(dimension), (int)extent, .. first.Dimensions.Skip(dimension)])
            : new TensorShape([.. Primitive.With(first, dimension, (int)extent).Dimensions]);
        return joined with
        {
            IsSequence = (dimension > 0 || !AddsDimension)
                && layer.Inputs.All(input => input.IsSequence || (input.IsFixed && dimension == 0))
        };
    }

    public override bool CanStep(BoundLayer layer) =>
        layer.Inputs.All(input => input.IsSequence)
        && Primitive.Counted(WrittenDimension(layer.Declaration), layer.Output.Rank) > 0;

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input) =>
        Lower(layer, program, [input])[0];

    public override IReadOnlyList<Value> Lower(BoundLayer layer, ProgramBuilder program, IReadOnlyList<Value> inputs)
    {
        if (inputs.Count == 1)
        {
            return [program.View(layer, inputs[0])];
        }

        int dimension = Primitive.Counted(WrittenDimension(layer.Declaration), layer.Output.Rank);
        int rows = Primitive.Outer(layer.Output, dimension);
        ColumnPart[] parts =
        [
            .. inputs.Select((input, number) => new ColumnPart(
                Primitive.LayOut(layer, program, input, input.Shape, $"part{number}"), input.Shape.Count / rows)),
        ];
        Value result = program.Add(new JoinColumns(layer, rows, parts, program.Activation(layer)));
        program.SetPadding(result, PaddingOf(layer, program, inputs, dimension));
        return [result];
    }

    private StepPadding? PaddingOf(
        BoundLayer layer, ProgramBuilder program, IReadOnlyList<Value> inputs, int dimension)
    {
        StepPadding?[] paddings =
        [
            .. inputs.Select(input => program.PaddingOf(input)).Select(padding =>
                AddsDimension && padding?.Dimension >= dimension
                    ? padding with { Dimension = padding.Dimension + 1 }
                    : padding),
        ];
        if (paddings.FirstOrDefault(padding => padding is not null) is not { } first)
        {
            return null;
        }

        return first.Dimension == dimension
            ? StepPadding.Join(
                layer, program,
                [
                    .. paddings.Zip(inputs, (padding, input) =>
                        (padding?.Dimension == dimension ? padding : null, input.Shape.Dimensions[dimension])),
                ],
                dimension)
            : paddings.Aggregate(first, (joined, next) => joined.With(layer, program, next));
    }
}

/// <inheritdoc cref="ConcatenateAttribute"/>
internal sealed class ConcatenateLayer : JoinLayer
{
    public override string AttributeType => typeof(ConcatenateAttribute).FullName;

    protected override bool AddsDimension => false;

    protected override int WrittenDimension(LayerDeclaration declaration) =>
        declaration.Read<ConcatenateAttribute>().Dimension;
}

/// <inheritdoc cref="StackAttribute"/>
internal sealed class StackLayer : JoinLayer
{
    public override string AttributeType => typeof(StackAttribute).FullName;

    protected override bool AddsDimension => true;

    protected override int WrittenDimension(LayerDeclaration declaration) =>
        declaration.Read<StackAttribute>().Dimension;
}
