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
internal abstract class ReductionLayer : LayerDefinition
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

        bool[] reduced = Reduced(layer.Input, arguments);
        TensorShape result = Primitive.ShapeOf(layer.Input.Dimensions
            .Select((extent, number) => reduced[number] ? 1 : extent)
            .Where((_, number) => arguments.KeepDimensions || !reduced[number]));
        return result with { IsSequence = layer.Input.IsSequence && !reduced[0] && result.Rank > 1 };
    }

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input)
    {
        LinesOf[] groups = [.. Groups(layer.Input, Reduced(layer.Input, layer.Arguments<ReductionAttribute>()))];
        return Lower(layer, program, input, groups);
    }

    /// <summary>Reduces neighbouring dimensions, from the last to the first.</summary>
    protected abstract Value Lower(BoundLayer layer, ProgramBuilder program, Value input, LinesOf[] groups);

    /// <summary>The value of a step: the output after the last one.</summary>
    protected static Value ResultOf(
        BoundLayer layer, ProgramBuilder program, LinesOf[] groups, int step, string name = "part") =>
        step == groups.Length - 1
            ? program.Activation(layer)
            : program.Activation(
                layer, $"{name}{step}", new TensorShape(groups[step].Outer, groups[step].Inner), mayBeRounded: true);

    private static bool[] Reduced(TensorShape shape, ReductionAttribute arguments)
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

    /// <summary>What is divided by for so many elements.</summary>
    protected virtual float DivisorOf(int count) => 1f;

    protected override Value Lower(BoundLayer layer, ProgramBuilder program, Value input, LinesOf[] groups)
    {
        for (int step = 0; step < groups.Length; step++)
        {
            Value result = ResultOf(layer, program, groups, step);
            float divisor = DivisorOf(groups[step].Count);
            input = program.Add(new ReductionOperation(layer, Form, input, groups[step], divisor, result));
        }

        return input;
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
}

/// <summary>The largest element.</summary>
internal sealed class ReduceMaxLayer : ChainedReductionLayer
{
    public override string AttributeType => typeof(ReduceMaxAttribute).FullName;

    protected override ReductionForm Form => ReductionForm.Max;
}

/// <summary>The smallest element.</summary>
internal sealed class ReduceMinLayer : ChainedReductionLayer
{
    public override string AttributeType => typeof(ReduceMinAttribute).FullName;

    protected override ReductionForm Form => ReductionForm.Min;
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
}

/// <summary>
/// The mean of (x - mean)². Over dimensions that are no neighbours it is the mean of the variances over the last of
/// them plus the variance of their means.
/// </summary>
internal sealed class ReduceVarianceLayer : ReductionLayer
{
    public override string AttributeType => typeof(ReduceVarianceAttribute).FullName;

    protected override Value Lower(BoundLayer layer, ProgramBuilder program, Value input, LinesOf[] groups)
    {
        double count = groups.Aggregate(1.0, (product, group) => product * group.Count);
        double share = layer.Arguments<ReduceVarianceAttribute>().Unbiased ? (count - 1) / count : 1;
        int last = groups.Length - 1;
        Value variance = program.Add(new ReductionOperation(
            layer, ReductionForm.Variance, input, groups[0], DivisorOf(0), ResultOf(layer, program, groups, 0)));
        Value mean = input;
        for (int step = 1; step <= last; step++)
        {
            LinesOf before = groups[step - 1];
            Value means = ResultOf(layer, program, groups, step - 1, "mean");
            mean = program.Add(new ReductionOperation(
                layer, ReductionForm.Sum, mean, before, before.Count, means));
            Value within = program.Add(new ReductionOperation(
                layer, ReductionForm.Sum, variance, groups[step], DivisorOf(step), Part(step, "within")));
            Value between = program.Add(new ReductionOperation(
                layer, ReductionForm.Variance, mean, groups[step], DivisorOf(step), Part(step, "between")));
            variance = program.Add(new AddOperation(layer, within, between, ResultOf(layer, program, groups, step)));
        }

        return variance;

        // What takes one element away comes last.
        float DivisorOf(int step) => (float)(groups[step].Count * (step == last ? share : 1));

        Value Part(int step, string name) => program.Activation(
            layer,
            $"{name}{step}",
            step == last ? layer.Output : new TensorShape(groups[step].Outer, groups[step].Inner));
    }
}
