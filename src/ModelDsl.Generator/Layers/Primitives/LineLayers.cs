namespace ModelDsl.Generator.Layers.Primitives;

/// <summary>exp(x) / Σ exp(x) over a dimension.</summary>
/// <param name="dimension">The dimension, from the end where it is negative.</param>
internal sealed class SoftmaxOverAttribute(int dimension) : LineAttribute(dimension);

/// <summary>x - log Σ exp(x) over a dimension.</summary>
/// <param name="dimension">The dimension, from the end where it is negative.</param>
internal sealed class LogSoftmaxOverAttribute(int dimension) : LineAttribute(dimension);

/// <summary>The sums up to each element of a dimension.</summary>
/// <param name="dimension">The dimension, from the end where it is negative.</param>
internal sealed class CumSumAttribute(int dimension) : LineAttribute(dimension)
{
    /// <summary>Whether an element is not part of its own sum. Default: false.</summary>
    public bool Exclusive { get; set; }

    /// <summary>Whether the sums go from each element to the end. Default: false.</summary>
    public bool Reverse { get; set; }
}

/// <summary>What works along one dimension.</summary>
/// <param name="dimension">The dimension, from the end where it is negative.</param>
internal abstract class LineAttribute(int dimension) : LayerAttribute
{
    /// <summary>The dimension, from the end where it is negative.</summary>
    public int Dimension { get; } = dimension;
}

/// <summary>A function of the lines along one dimension, which keeps the shape.</summary>
internal abstract class LineLayer : PrimitiveLayer
{
    public override TensorShape? InferShape(LayerContext layer) =>
        Primitive.CheckInputs(layer)
        && layer.Arguments<LineAttribute>().Dimension is var dimension
        && Primitive.Dimension(layer, dimension, nameof(LineAttribute.Dimension)) is not null
            ? layer.Input
            : null;

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input)
    {
        int dimension = layer.Arguments<LineAttribute>().Dimension;
        int number = dimension < 0 ? dimension + layer.Input.Rank : dimension;
        var padded = PaddedPlaces.Find(layer, program, input, one => one == number);
        return program.TakeStepsOf(
            input, Lower(layer, program, input, LinesOf.Dimension(layer.Input, number), padded));
    }

    /// <param name="layer">The layer.</param>
    /// <param name="program">Takes the operations.</param>
    /// <param name="input">The input.</param>
    /// <param name="lines">The lines along the dimension.</param>
    /// <param name="padded">The places of the lines that are padding, which are left out; null where none are.</param>
    protected abstract Value Lower(
        BoundLayer layer, ProgramBuilder program, Value input, LinesOf lines, PaddedPlaces? padded);
}

/// <summary>A softmax over any dimension, or its logarithm.</summary>
internal abstract class SoftmaxLinesLayer : LineLayer
{
    protected abstract SoftmaxForm Form { get; }

    protected override Value Lower(
        BoundLayer layer, ProgramBuilder program, Value input, LinesOf lines, PaddedPlaces? padded) =>
        Lower(layer, program, Form, input, lines, padded);

    /// <summary>The softmax of lines, in which padding has the probability 0, also where all is padding.</summary>
    public static Value Lower(
        BoundLayer layer,
        ProgramBuilder program,
        SoftmaxForm form,
        Value input,
        LinesOf lines,
        PaddedPlaces? padded)
    {
        if (padded is null)
        {
            return Softmax(input, program.ExactActivation(layer));
        }

        TensorShape shape = layer.Input with { IsSequence = false };
        Value filled = padded.Fill(input, float.NegativeInfinity, program.Activation(layer, "filled", shape));
        Value shares = Softmax(filled, program.Activation(layer, "shares", shape));
        float least = form == SoftmaxForm.Logarithms ? float.NegativeInfinity : 0f;
        return padded.Fill(shares, least, program.ExactActivation(layer));

        Value Softmax(Value source, Value result) => program.Add(lines.Inner == 1 && lines.Count == layer.Input.Columns
            ? new SoftmaxOperation(layer, form, source, result)
            : new SoftmaxOverOperation(layer, form, source, lines, result));
    }
}

/// <summary>exp(x) / Σ exp(x) over any dimension.</summary>
internal sealed class SoftmaxOverLayer : SoftmaxLinesLayer
{
    public override string AttributeType => typeof(SoftmaxOverAttribute).FullName;

    public override LayerTraits Traits => LayerTraits.Saturating | LayerTraits.Normalising;

    protected override SoftmaxForm Form => SoftmaxForm.Probabilities;
}

/// <summary>x - log Σ exp(x) over any dimension.</summary>
internal sealed class LogSoftmaxOverLayer : SoftmaxLinesLayer
{
    public override string AttributeType => typeof(LogSoftmaxOverAttribute).FullName;

    public override LayerTraits Traits => LayerTraits.Normalising;

    protected override SoftmaxForm Form => SoftmaxForm.Logarithms;
}

/// <summary>The sums up to each element of a dimension.</summary>
internal sealed class CumSumLayer : LineLayer
{
    public override string AttributeType => typeof(CumSumAttribute).FullName;

    protected override Value Lower(
        BoundLayer layer, ProgramBuilder program, Value input, LinesOf lines, PaddedPlaces? padded)
    {
        Value source = padded?.Fill(input, 0f, program.Activation(layer, "filled", layer.Input)) ?? input;
        var arguments = layer.Arguments<CumSumAttribute>();
        return program.Add(new CumulativeSumOperation(
            layer, source, lines, arguments.Exclusive, arguments.Reverse, program.Activation(layer)));
    }
}
