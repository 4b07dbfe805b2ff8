namespace ModelDsl.Generator.Lowering.Recurrent;

/// <summary>What the operations of one recurrent layer share.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Cell">Its kind.</param>
/// <param name="Projected">The products of the input of all steps with its weight.</param>
/// <param name="Weight">The recurrent weight: [gates·units, units].</param>
/// <param name="Bias">The recurrent bias, where the layer has one.</param>
/// <param name="Packed">The recurrent weight, laid out for the forward pass.</param>
/// <param name="Result">The layer's output.</param>
internal sealed record RecurrentValues(
    BoundLayer Layer, RecurrentCell Cell, Value Projected, Value Weight, Value? Bias, Value Packed, Value Result)
{
    /// <summary>The fewest samples that pass the steps together: each step reads the whole recurrent weight.</summary>
    public const int FewestSamples = 16;

    private const int Grain = KernelContract.RecurrentGrain;

    /// <summary>The gates of all steps, in training.</summary>
    public Value? Gates { get; init; }

    public bool IsTraining => Gates is not null;

    /// <summary>What <see cref="RecurrentCell.Kept"/> names.</summary>
    public Value? Kept { get; init; }

    /// <summary>Which steps are padding, where any may be: these change no state.</summary>
    public Value? Mask { get; init; }

    /// <summary>What each step has read of the output before, in training.</summary>
    public Value? Previous { get; init; }

    /// <summary>What the first step reads of the output before, where that is no zero: [units].</summary>
    public Value? InitialHidden { get; init; }

    /// <summary>The state that the first step reads, where the cell has one that is no zero: [units].</summary>
    public Value? InitialCell { get; init; }

    /// <summary>The output of the step that is read last, where the layer returns it by itself: [units].</summary>
    public Value? LastHidden { get; init; }

    /// <summary>The state behind that step, where the layer returns it: [units].</summary>
    public Value? LastCell { get; init; }

    /// <summary>The gradient of <see cref="Result"/>, from the backward operation of the last step on.</summary>
    public Value? ResultGradient { get; private set; }

    /// <summary>The gradient of <see cref="LastHidden"/>.</summary>
    public Value? LastHiddenGradient { get; private set; }

    /// <summary>The gradient of <see cref="LastCell"/>.</summary>
    public Value? LastCellGradient { get; private set; }

    /// <summary>The gradient of <see cref="InitialHidden"/>.</summary>
    public Value? InitialHiddenGradient { get; private set; }

    /// <summary>The gradient of <see cref="InitialCell"/>.</summary>
    public Value? InitialCellGradient { get; private set; }

    /// <summary>Whether anything depends on what the layer returns.</summary>
    public bool HasGradient =>
        ResultGradient is not null || LastHiddenGradient is not null || LastCellGradient is not null;

    /// <summary>The gradient of <see cref="Projected"/>, from the backward operation of the last step on.</summary>
    public Value? ProjectedGradient { get; private set; }

    /// <summary>The gradient of the recurrent products.</summary>
    public Value? ProductGradient { get; private set; }

    /// <summary>What each step hands to the one before it.</summary>
    public IReadOnlyList<Value> Carries { get; private set; } = [];

    /// <summary>The recurrent weight, laid out for the backward pass.</summary>
    public Value? PackedBackward { get; private set; }

    public int Steps => Layer.Input.Rows;

    public int Units => Layer.Output.Columns;

    /// <summary>Where the step that is read last lies.</summary>
    public int LastPosition => IsReversed ? 0 : Steps - 1;

    public bool IsReversed => Layer.Arguments<RecurrentAttribute>().GoBackwards;

    public static int RoundUp(int value) => (value + Grain - 1) / Grain * Grain;

    /// <summary>
    /// Makes the values of the backward pass and lays out the weight for it, where anything depends on what the layer
    /// returns.
    /// </summary>
    public void BeginBackward(IGradients gradients)
    {
        ResultGradient = gradients.Of(Result, Layer);
        LastHiddenGradient = LastHidden is null ? null : gradients.Of(LastHidden, Layer);
        LastCellGradient = LastCell is null ? null : gradients.Of(LastCell, Layer);
        if (!HasGradient)
        {
            return;
        }

        InitialHiddenGradient = Contribute(InitialHidden);
        InitialCellGradient = Contribute(InitialCell);
        PackedBackward = gradients.Scratch(
            Result, "PackedWeight", new TensorShape(Weight.Shape.Dimensions[0], RoundUp(Units)), isPerSample: false);
        gradients.Add(new RecurrentPackOperation(Layer, Weight, PackedBackward, isBackward: true));
        ProjectedGradient = gradients.Contribute(Projected);
        ProductGradient = Cell.SeparatesProducts
            ? gradients.Scratch(Result, "Products", Projected.Shape, isPerSample: true, mayBeRounded: true)
            : ProjectedGradient;
        List<Value> carries = [gradients.Scratch(Result, "Hidden", new TensorShape(RoundUp(Units)), isPerSample: true)];
        if (Cell.KeptIsState)
        {
            carries.Add(gradients.Scratch(Result, "Cell", new TensorShape(Units), isPerSample: true));
        }

        Carries = carries;

        Value? Contribute(Value? state) =>
            state is not null && gradients.Needs(state) ? gradients.Contribute(state) : null;
    }

    /// <summary>Adds the gradients of weight and bias, one product over all steps.</summary>
    public void EndBackward(IGradients gradients)
    {
        if (gradients.Needs(Weight))
        {
            Value weightGradient = gradients.OfParameter(Weight, out bool accumulate);
            Value? biasGradient = Bias is null ? null : gradients.OfParameter(Bias, out _);
            gradients.Add(new LinearWeightGradient(
                Layer, ProductGradient!, Previous!, weightGradient, biasGradient, accumulate));
        }
    }

    /// <summary>The runtime's shape.</summary>
    public KernelObject Shape => new("RecurrentShape", [Steps, Units])
    {
        Properties = [.. Argument.Flag("Reverse", IsReversed), .. Argument.Flag("LastOnly", Layer.Output.Rank == 1)],
    };

    /// <summary>
    /// The arguments behind the values: sizes, a range of steps, what the cell leaves open, the mask.
    /// </summary>
    public EquatableArray<Argument> Sizes(int firstStep, int endStep) =>
    [
        Argument.Batch, Shape, Argument.Named("firstStep", firstStep), Argument.Named("endStep", endStep),
        .. Cell.ActivationArgument,
        .. Mask is null ? (EquatableArray<Argument>)[] : [Argument.Named("mask", Mask)],
    ];

    /// <summary>
    /// The operations of a range of steps: the product with the weight, and about two for each gate, which makes it an
    /// estimate.
    /// </summary>
    public Work Work(int firstStep, int endStep) =>
        Lowering.Work.Product(Size.Times(endStep - firstStep), Units, Weight.Shape.Rows)
        + new Work(0, 2L * (endStep - firstStep) * Weight.Shape.Rows) { IsEstimate = true };

    /// <summary>The text of a range of steps in a comment.</summary>
    public string StepsText(int firstStep, int endStep)
    {
        string from = firstStep == 0 && InitialHidden is not null ? ", from a given state" : "";
        return (endStep - firstStep, Steps) switch
        {
            (1, > 1) => $"step {firstStep + 1} of {Steps}{from}{(Mask is null ? "" : ", unless it is padding")}",
            (1, _) => $"1 step{from}{(Mask is null ? "" : ", unless it is padding")}",
            _ => $"{endStep - firstStep} steps one after the other{from}{(Mask is null ? "" : ", without padding")}",
        };
    }
}
