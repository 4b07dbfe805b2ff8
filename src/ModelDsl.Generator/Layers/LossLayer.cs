namespace ModelDsl.Generator.Layers;

/// <summary>What a model is trained to minimise: a kernel that compares the outputs with the targets.</summary>
internal abstract class LossLayer : LayerDefinition, ILossDefinition
{
    /// <summary>
    /// The member of the runtime's <c>LossKind</c>; the kernel class has the same name and the suffix Loss.
    /// </summary>
    public abstract string Kind { get; }

    /// <summary>The kind of a loss, where it depends on more than the attribute.</summary>
    public virtual string KindOf(BoundLayer layer) => Kind;

    /// <summary>The kind of the activation that is part of the loss, where there is one.</summary>
    public virtual string? AppliedActivation => null;

    /// <summary>The kind of the activation that changes nothing before the loss, where there is one.</summary>
    public virtual string? RedundantActivation => null;

    public override string AttributeType => $"ModelDsl.{Kind}Attribute";

    public override LayerRole Role => LayerRole.Loss;

    public sealed override TensorShape? InferShape(LayerContext layer)
    {
        double weight = layer.Arguments<LossAttribute>().Weight;
        return LossArguments.CheckFactor(layer, nameof(LossAttribute.Weight), weight, "weight") && Check(layer)
            ? layer.Input
            : null;
    }

    /// <summary>Whether the arguments are valid and the outputs have the right shape; reports what is not.</summary>
    protected virtual bool Check(LayerContext layer) => true;

    /// <summary>What the outputs consist of: a vector for each sample, or for each step of a sequence.</summary>
    public virtual (int Rows, int Columns) Items(TensorShape output) =>
        output.IsSequence ? (output.Rows, output.Columns) : (1, output.Count);

    /// <summary>What a batch may have as targets.</summary>
    public virtual TargetKinds TargetsOf(BoundLayer layer) => TargetKinds.Values;

    /// <summary>What a data set may hold as targets.</summary>
    public virtual TargetKinds DatasetTargetsOf(BoundLayer layer) => TargetsOf(layer);

    /// <summary>The number of target values of a sample, where targets are values.</summary>
    public virtual int ValuesOf(BoundLayer layer) =>
        TargetsOf(layer) == TargetKinds.None ? 0 : layer.Input.Count;

    /// <summary>The number of labels of a sample, where targets are labels.</summary>
    public virtual int LabelsOf(BoundLayer layer) => Items(layer.Input).Rows;

    /// <summary>The number of classes that labels are of, where targets may be labels.</summary>
    public virtual int ClassesOf(int columns) => Math.Max(2, columns);

    /// <summary>The label of what takes no part; null where there is none.</summary>
    public virtual int? IgnoredLabelOf(BoundLayer layer) => null;

    public override bool CanStep(BoundLayer layer) => true;

    /// <summary>The author's type that specialises the kernel; null where there is none.</summary>
    protected virtual string? AuthorType(BoundLayer layer) => null;

    /// <summary>The kernel's constants by name: <c>delta: 0.5</c>.</summary>
    protected virtual IEnumerable<Argument> Options(BoundLayer layer) => [];

    /// <summary>The lists of numbers that the kernel takes, by the arguments that give them.</summary>
    protected virtual IEnumerable<(string Argument, float[] Numbers)> Lists(BoundLayer layer) => [];

    public IEnumerable<(string Argument, IReadOnlyList<float> Numbers)> ListsOf(BoundLayer layer) =>
        Lists(layer).Where(list => list.Numbers.Length > 0)
            .Select(list => (list.Argument, (IReadOnlyList<float>)list.Numbers));

    public virtual IEnumerable<Argument> Properties(BoundLayer layer) => [];

    /// <summary>A loss changes nothing that flows: it is computed of the outputs of the program.</summary>
    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input) => program.AddHead(layer, input);

    public virtual Value? Compare(BoundLayer layer, ProgramBuilder program, Value output) => null;

    public virtual KernelCall Call(
        BoundLayer layer, string method, TensorShape shape, IEnumerable<Argument> operands, CallResult result)
    {
        (int rows, int columns) = Items(shape);
        IEnumerable<Argument> lists = ListsOf(layer)
            .Select(list => Argument.Named(OptionOf(list.Argument), new ListArgument(layer, list.Argument)));
        EquatableArray<Argument> rowsOfSample = rows == 1 ? [] : [Argument.Named("rowsPerSample", rows)];
        return new KernelCall(
            $"{Kind}Loss.{method}", [.. operands, Size.Times(rows), columns, .. lists, .. Options(layer), .. rowsOfSample])
        {
            AuthorType = AuthorType(layer),
            Result = result,
        };
    }

    // Kernels name their parameters as the attribute names its properties.
    private static string OptionOf(string argument) => char.ToLowerInvariant(argument[0]) + argument.Substring(1);
}
