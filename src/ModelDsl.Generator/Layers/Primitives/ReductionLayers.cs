namespace ModelDsl.Generator.Layers.Primitives;

/// <summary>What reductions have in common.</summary>
/// <param name="dimensions">
/// The dimensions that are reduced, from the end where they are negative; all where there are none.
/// </param>
internal abstract class ReductionAttribute(params int[] dimensions) : LayerAttribute
{
    /// <summary>
    /// The dimensions that are reduced, from the end where they are negative; all where there are none.
    /// </summary>
    public int[] Dimensions { get; } = dimensions;

    /// <summary>Whether a reduced dimension stays with an extent of 1. Default: false.</summary>
    public bool KeepDimensions { get; set; }
}

/// <summary>Σ x.</summary>
internal sealed class ReduceSumAttribute(params int[] dimensions) : ReductionAttribute(dimensions);

/// <summary>The mean.</summary>
internal sealed class ReduceMeanAttribute(params int[] dimensions) : ReductionAttribute(dimensions);

/// <summary>The largest element; the first of several has the gradient.</summary>
internal sealed class ReduceMaxAttribute(params int[] dimensions) : ReductionAttribute(dimensions);

/// <summary>The smallest element; the first of several has the gradient.</summary>
internal sealed class ReduceMinAttribute(params int[] dimensions) : ReductionAttribute(dimensions);

/// <summary>The mean of (x - mean)².</summary>
internal sealed class ReduceVarianceAttribute(params int[] dimensions) : ReductionAttribute(dimensions)
{
    /// <summary>Whether the sum is divided by one less than the number of elements. Default: false.</summary>
    public bool Unbiased { get; set; }
}

/// <summary>√Σ x².</summary>
internal sealed class ReduceNormAttribute(params int[] dimensions) : ReductionAttribute(dimensions);

/// <summary>log Σ exp(x).</summary>
internal sealed class ReduceLogSumExpAttribute(params int[] dimensions) : ReductionAttribute(dimensions);

/// <summary>One number for all elements along some dimensions.</summary>
internal abstract class ReductionLayer : PrimitiveLayer
{
    public override TensorShape? InferShape(LayerContext layer)
    {
        if (!Primitive.CheckInputs(layer))
        {
            return null;
        }

        var arguments = layer.Arguments<ReductionAttribute>();
        for (int i = 0; i < arguments.Dimensions.Length; i++)
        {
            if (Primitive.Dimension(layer, arguments.Dimensions[i], $"{nameof(arguments.Dimensions)}[{i}]") is null)
            {
                return null;
            }
        }

        bool[] reduced = IsReduced(layer.Input, arguments);
        TensorShape result = Primitive.ShapeOf(layer.Input.Dimensions
            .Select((extent, number) => reduced[number] ? 1 : extent)
            .Where((_, number) => arguments.KeepDimensions || !reduced[number]));
        return result with { IsSequence = layer.Input.IsSequence && !reduced[0] && result.Rank > 1 };
    }

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input)
    {
        var arguments = layer.Arguments<ReductionAttribute>();
        bool[] reduced = IsReduced(layer.Input, arguments);
        LinesOf[] groups = [.. Groups(layer.Input, reduced)];
        Value result = program.Activation(layer);
        if (PaddedPlaces.Find(layer, program, input, dimension => reduced[dimension]) is { } places)
        {
            LowerWithout(places, layer, program, input, groups, result);
            program.SetPadding(result, null);
            return result;
        }

        return Primitive.RenumberPadding(
            program,
            input,
            Lower(layer, program, input, groups, result),
            padded => arguments.KeepDimensions ? padded : padded - reduced.Take(padded).Count(isGone => isGone));
    }

    /// <summary>Reduces neighbouring dimensions, from the last to the first.</summary>
    protected abstract Value Lower(
        BoundLayer layer, ProgramBuilder program, Value input, LinesOf[] groups, Value result);

    /// <summary>The same, leaving out places that are padding; 0 where all are.</summary>
    protected abstract Value LowerWithout(
        PaddedPlaces places, BoundLayer layer, ProgramBuilder program, Value input, LinesOf[] groups, Value result);

    /// <summary>The value of a step: the result after the last one.</summary>
    protected static Value ResultOf(
        BoundLayer layer, ProgramBuilder program, LinesOf[] groups, int step, Value result, string name = "part") =>
        step == groups.Length - 1
            ? result
            : program.Activation(
                layer, $"{name}{step}", new TensorShape(groups[step].Outer, groups[step].Inner), mayBeRounded: true);

    protected static bool[] IsReduced(TensorShape shape, ReductionAttribute arguments)
    {
        bool[] reduced = new bool[shape.Rank];
        for (int i = 0; i < shape.Rank; i++)
        {
            reduced[i] = arguments.Dimensions.Length == 0
                || arguments.Dimensions.Any(dimension => dimension == i || dimension + shape.Rank == i);
        }

        return reduced;
    }

    // Neighbours that are reduced are one dimension; what has an extent of 1 separates nobody.
    internal static IEnumerable<LinesOf> Groups(TensorShape shape, bool[] reduced)
    {
        var runs = new List<(int Extent, bool IsReduced)>();
        for (int i = 0; i < shape.Rank; i++)
        {
            int extent = shape.Dimensions[i];
            if (extent == 1)
            {
                continue;
            }

            if (runs.Count > 0 && runs[runs.Count - 1].IsReduced == reduced[i])
            {
                runs[runs.Count - 1] = (runs[runs.Count - 1].Extent * extent, reduced[i]);
            }
            else
            {
                runs.Add((extent, reduced[i]));
            }
        }

        int inner = 1;
        bool isDone = false;
        for (int i = runs.Count - 1; i >= 0; i--)
        {
            if (runs[i].IsReduced)
            {
                isDone = true;
                int outer = Primitive.CountOf(runs.Take(i).Select(run => run.Extent));
                yield return new LinesOf(outer, runs[i].Extent, inner);
            }
            else
            {
                inner *= runs[i].Extent;
            }
        }

        if (!isDone)
        {
            yield return new LinesOf(shape.Count, 1, 1);
        }
    }
}

/// <summary>A reduction that can go one dimension after the other.</summary>
internal abstract class ChainedReductionLayer : ReductionLayer
{
    protected abstract ReductionForm Form { get; }

    /// <summary>What stands for an element that is left out.</summary>
    protected virtual float Neutral => 0f;

    /// <summary>What is divided by for so many elements.</summary>
    protected virtual float DivisorOf(int count) => 1f;

    protected override Value Lower(
        BoundLayer layer, ProgramBuilder program, Value input, LinesOf[] groups, Value result)
    {
        for (int step = 0; step < groups.Length; step++)
        {
            Value part = ResultOf(layer, program, groups, step, result);
            float divisor = DivisorOf(groups[step].Count);
            input = program.Add(new ReductionOperation(layer, Form, input, groups[step], divisor, part));
        }

        return input;
    }

    protected override Value LowerWithout(
        PaddedPlaces places, BoundLayer layer, ProgramBuilder program, Value input, LinesOf[] groups, Value result)
    {
        Value filled = places.Fill(input, Neutral, program.Activation(layer, "filled", layer.Input));
        return Neutral == 0f
            ? Lower(layer, program, filled, groups, result)
            : places.ZeroWhereNone(
                Lower(layer, program, filled, groups, program.Activation(layer, "reduced", layer.Output)), result);
    }
}

/// <summary>Σ x.</summary>
internal sealed class ReduceSumLayer : ChainedReductionLayer
{
    public override string AttributeType => typeof(ReduceSumAttribute).FullName;

    protected override ReductionForm Form => ReductionForm.Sum;
}

/// <summary>The mean.</summary>
internal sealed class ReduceMeanLayer : ChainedReductionLayer
{
    public override string AttributeType => typeof(ReduceMeanAttribute).FullName;

    protected override ReductionForm Form => ReductionForm.Sum;

    protected override float DivisorOf(int count) => count;

    protected override Value LowerWithout(
        PaddedPlaces places, BoundLayer layer, ProgramBuilder program, Value input, LinesOf[] groups, Value result) =>
        places.DivideByShare(
            base.LowerWithout(
                places, layer, program, input, groups, program.Activation(layer, "reduced", layer.Output)),
            missing: 0f,
            "mean",
            result);
}

/// <summary>The largest element.</summary>
internal sealed class ReduceMaxLayer : ChainedReductionLayer
{
    public override string AttributeType => typeof(ReduceMaxAttribute).FullName;

    protected override ReductionForm Form => ReductionForm.Max;

    protected override float Neutral => float.NegativeInfinity;
}

/// <summary>The smallest element.</summary>
internal sealed class ReduceMinLayer : ChainedReductionLayer
{
    public override string AttributeType => typeof(ReduceMinAttribute).FullName;

    protected override ReductionForm Form => ReductionForm.Min;

    protected override float Neutral => float.PositiveInfinity;
}

/// <summary>√Σ x².</summary>
internal sealed class ReduceNormLayer : ChainedReductionLayer
{
    public override string AttributeType => typeof(ReduceNormAttribute).FullName;

    protected override ReductionForm Form => ReductionForm.Norm;
}

/// <summary>log Σ exp(x).</summary>
internal sealed class ReduceLogSumExpLayer : ChainedReductionLayer
{
    public override string AttributeType => typeof(ReduceLogSumExpAttribute).FullName;

    protected override ReductionForm Form => ReductionForm.LogSumExp;

    protected override float Neutral => float.NegativeInfinity;
}

/// <summary>
/// The mean of (x - mean)². Over dimensions that are no neighbours it is the mean of the variances over the last of
/// them plus the variance of their means.
/// </summary>
internal sealed class ReduceVarianceLayer : ReductionLayer
{
    public override string AttributeType => typeof(ReduceVarianceAttribute).FullName;

    protected override Value Lower(
        BoundLayer layer, ProgramBuilder program, Value input, LinesOf[] groups, Value result)
    {
        double count = groups.Aggregate(1.0, (product, group) => product * group.Count);
        double share = layer.Arguments<ReduceVarianceAttribute>().Unbiased ? (count - 1) / count : 1;
        int last = groups.Length - 1;
        Value first = ResultOf(layer, program, groups, 0, result);
        Value variance = program.Add(new ReductionOperation(
            layer, ReductionForm.Variance, input, groups[0], DivisorOf(0), first));
        Value mean = input;
        for (int step = 1; step <= last; step++)
        {
            LinesOf before = groups[step - 1];
            Value means = ResultOf(layer, program, groups, step - 1, result, "mean");
            mean = program.Add(new ReductionOperation(
                layer, ReductionForm.Sum, mean, before, before.Count, means));
            Value within = program.Add(new ReductionOperation(
                layer, ReductionForm.Sum, variance, groups[step], DivisorOf(step), Part(step, "within")));
            Value between = program.Add(new ReductionOperation(
                layer, ReductionForm.Variance, mean, groups[step], DivisorOf(step), Part(step, "between")));
            Value sum = ResultOf(layer, program, groups, step, result);
            variance = program.Add(new AddOperation(layer, within, between, sum));
        }

        return variance;

        // What takes one element away comes last.
        float DivisorOf(int step) => (float)(groups[step].Count * (step == last ? share : 1));

        Value Part(int step, string name) => program.Activation(
            layer,
            $"{name}{step}",
            step == last ? layer.Output : new TensorShape(groups[step].Outer, groups[step].Inner));
    }

    protected override Value LowerWithout(
        PaddedPlaces places, BoundLayer layer, ProgramBuilder program, Value input, LinesOf[] groups, Value result)
    {
        TensorShape shape = layer.Input with { IsSequence = false };
        double count = groups.Aggregate(1.0, (product, group) => product * group.Count);
        Value mean = MeanOf(input, 0f, "mean", program.Activation(layer, "means", layer.Output));
        Value rows = program.View(layer, "meanRows", Reduced(layer.Input, layer.Arguments<ReductionAttribute>()), mean);
        Value means = Primitive.LayOut(layer, program, rows, shape, "meanOfEach");
        Value centred = program.Add(new CombineOperation(
            layer, BinaryFunction.Subtraction, input, BroadcastOperand.Equal(means), Own("centred", shape)));
        Value squares = program.Add(
            new ActivationOperation(layer, centred, SquareLayer.Square, Own("squares", shape)));
        bool isUnbiased = layer.Arguments<ReduceVarianceAttribute>().Unbiased;
        return MeanOf(squares, isUnbiased ? (float)(1 / count) : 0f, "variance", result);

        Value MeanOf(Value values, float missing, string name, Value into)
        {
            Value sum = places.Fill(values, 0f, Own($"{name}Filled", shape));
            for (int step = 0; step < groups.Length; step++)
            {
                Value part = step == groups.Length - 1
                    ? Own($"{name}Reduced", layer.Output)
                    : Own($"{name}Part{step}", new TensorShape(groups[step].Outer, groups[step].Inner));
                sum = program.Add(new ReductionOperation(
                    layer, ReductionForm.Sum, sum, groups[step], groups[step].Count, part));
            }

            return places.DivideByShare(sum, missing, name, into);
        }

        Value Own(string name, TensorShape of) => program.Activation(layer, name, of);
    }

    private static TensorShape Reduced(TensorShape shape, ReductionAttribute arguments)
    {
        bool[] reduced = IsReduced(shape, arguments);
        return new TensorShape([.. shape.Dimensions.Select((extent, number) => reduced[number] ? 1 : extent)]);
    }
}
