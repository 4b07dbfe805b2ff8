namespace ModelDsl.Generator.Lowering;

/// <summary>
/// What a value is called, where somebody describes operations. Only who writes the names knows them.
/// </summary>
internal delegate string NameOf(Value value);

/// <summary>
/// One argument of a kernel, as data. Values, sizes, numbers and objects convert to it by themselves.
/// </summary>
internal abstract record Argument
{
    /// <summary>The number of samples.</summary>
    public static Argument Batch { get; } = new SizeArgument(Size.Batch);

    /// <summary>The parameter that it is given by name, where it is.</summary>
    public string? Name { get; init; }

    /// <summary>Whether it depends on the number of samples.</summary>
    public virtual bool ReadsBatch => false;

    public static implicit operator Argument(Value? value) =>
        value is null ? new AbsentArgument() : new MemoryArgument(value);

    public static implicit operator Argument(Size size) => new SizeArgument(size);

    public static implicit operator Argument(int number) => new ConstantArgument(number);

    public static implicit operator Argument(float number) => new ConstantArgument(number);

    public static implicit operator Argument(bool truth) => new ConstantArgument(truth);

    /// <summary>The argument, given by the name of its parameter.</summary>
    public static Argument Named(string name, Argument argument) => argument with { Name = name };

    /// <summary>A switch that is given only where it is on.</summary>
    public static EquatableArray<Argument> Flag(string name, bool isOn) => isOn ? [Named(name, true)] : [];

    /// <summary>A value that is given only where there is one.</summary>
    public static EquatableArray<Argument> Optional(Value? value) => value is null ? [] : [value];

    /// <summary>A value that is given by the name of its parameter, and only where there is one.</summary>
    public static EquatableArray<Argument> OptionalNamed(string name, Value? value) =>
        value is null ? [] : [Named(name, value)];

    /// <summary>What random numbers are drawn by: the seed, the step, and the number of the layer.</summary>
    public static EquatableArray<Argument> RandomOf(BoundLayer layer) =>
    [
        new VariableArgument(ModelVariable.Seed), new VariableArgument(ModelVariable.Step),
        Named("layer", new LayerNumberArgument(layer)),
    ];

    /// <summary>Whether two lists are the same but for where their values lie.</summary>
    public static bool AreSame(IReadOnlyList<Argument> left, IReadOnlyList<Argument> right, Correspondence copies)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        for (int i = 0; i < left.Count; i++)
        {
            if (left[i].Name != right[i].Name || !left[i].IsSameAs(right[i], copies))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether it is that of another copy of a block, but for where its values lie.</summary>
    public virtual bool IsSameAs(Argument other, Correspondence copies) => Equals(other);

    /// <summary>The same argument with others in the place of some.</summary>
    /// <param name="replace">What stands in the place of an argument; itself where that stays.</param>
    public Argument Replace(Func<Argument, Argument> replace)
    {
        Argument replaced = replace(this);
        return ReferenceEquals(replaced, this) ? ReplaceWithin(replace) : replaced with { Name = Name };
    }

    /// <summary>The argument for tests and for people.</summary>
    public string Describe(NameOf name) => Name is null ? Text(name) : $"{Name}: {Text(name)}";

    /// <summary>The same with others in the place of what it consists of.</summary>
    protected virtual Argument ReplaceWithin(Func<Argument, Argument> replace) => this;

    protected abstract string Text(NameOf name);
}

/// <summary>The memory of a value.</summary>
internal sealed record MemoryArgument(Value Value) : Argument
{
    public override bool IsSameAs(Argument other, Correspondence copies) =>
        other is MemoryArgument memory && copies.AreSame(Value, memory.Value);

    protected override string Text(NameOf name) => name(Value);
}

/// <summary>One row of a matrix: that of the step at hand.</summary>
/// <param name="Matrix">A value, or what a kernel returns.</param>
/// <param name="Columns">The length of a row.</param>
internal sealed record RowAtPositionArgument(Argument Matrix, int Columns) : Argument
{
    public override bool IsSameAs(Argument other, Correspondence copies) =>
        other is RowAtPositionArgument row && row.Columns == Columns && Matrix.IsSameAs(row.Matrix, copies);

    protected override Argument ReplaceWithin(Func<Argument, Argument> replace) =>
        this with { Matrix = Matrix.Replace(replace) };

    protected override string Text(NameOf name) => $"{Matrix.Describe(name)}[position]";
}

/// <summary>A weight as the model holds it: in 32 bits, or in 16 where it only predicts.</summary>
internal sealed record StoredWeightArgument(Value Weight) : Argument
{
    public override bool IsSameAs(Argument other, Correspondence copies) =>
        other is StoredWeightArgument stored && copies.AreSame(Weight, stored.Weight);

    protected override string Text(NameOf name) => $"stored {name(Weight)}";
}

/// <summary>
/// The part of a value that belongs to the samples at hand, where an operation takes some of the batch at a time.
/// </summary>
internal sealed record PartArgument(Value Value) : Argument
{
    public override bool IsSameAs(Argument other, Correspondence copies) =>
        other is PartArgument part && copies.AreSame(Value, part.Value);

    protected override string Text(NameOf name) => $"{name(Value)}[samples]";
}

/// <summary>A size of the samples at hand.</summary>
internal sealed record PartSizeArgument(Size Size) : Argument
{
    protected override string Text(NameOf name) => $"samples·{Size.PerSample}";
}

/// <summary>The number of the first row of the samples at hand.</summary>
/// <param name="Rows">The rows of a sample.</param>
internal sealed record FirstRowArgument(int Rows) : Argument
{
    protected override string Text(NameOf name) => $"first·{Rows}";
}

/// <summary>Whether other samples of the batch came before those at hand.</summary>
internal sealed record IsLaterPartArgument : Argument
{
    protected override string Text(NameOf name) => "later";
}

/// <summary>A weight as it was packed for inference: given only where the program may find it packed.</summary>
/// <param name="Weight">The weight.</param>
/// <param name="AreFilters">Whether it is packed as a convolution's filters.</param>
internal sealed record PackedWeightArgument(Value Weight, bool AreFilters = false) : Argument
{
    public override bool IsSameAs(Argument other, Correspondence copies) =>
        other is PackedWeightArgument packed && copies.AreSame(Weight, packed.Weight);

    protected override string Text(NameOf name) => $"packed {name(Weight)}";
}

/// <summary>A value that is not there.</summary>
internal sealed record AbsentArgument : Argument
{
    protected override string Text(NameOf name) => "none";
}

/// <summary>A size that may depend on the batch.</summary>
internal sealed record SizeArgument(Size Size) : Argument
{
    public override bool ReadsBatch => Size.PerSample != 0;

    protected override string Text(NameOf name) => (Size.Fixed, Size.PerSample) switch
    {
        (_, 0) => $"{Size.Fixed}",
        (0, 1) => "batch",
        (0, _) => $"batch·{Size.PerSample}",
        _ => $"{Size.Fixed} + batch·{Size.PerSample}",
    };
}

/// <summary>A number or a truth value.</summary>
/// <param name="Constant">An int, a float or a bool.</param>
internal sealed record ConstantArgument(object Constant) : Argument
{
    protected override string Text(NameOf name) => Constant is float number ? NumberText.Of(number) : $"{Constant}";
}

/// <summary>A member of one of the runtime's enumerations.</summary>
internal sealed record EnumArgument(string Type, string Member) : Argument
{
    protected override string Text(NameOf name) => Member;
}

/// <summary>What a running model knows: see <see cref="ModelVariable"/>.</summary>
internal sealed record VariableArgument(ModelVariable Variable) : Argument
{
    public override bool ReadsBatch => Variable == ModelVariable.BatchSize;

    protected override string Text(NameOf name) => Variable.ToString().ToLowerInvariant();
}

/// <summary>The targets of a head; those of the whole model where the number is null.</summary>
internal sealed record TargetsArgument(int? Head) : Argument
{
    public override bool ReadsBatch => Head is not null;

    protected override string Text(NameOf name) => Head is null ? "targets" : $"targets of head {Head}";
}

/// <summary>The outputs of a head after a forward pass; those of the whole model where the number is null.</summary>
internal sealed record OutputsArgument(int? Head) : Argument
{
    protected override string Text(NameOf name) => Head is null ? "outputs" : $"outputs of head {Head}";
}

/// <summary>
/// The number of a layer among all of the model, which tells its random numbers from those of others.
/// </summary>
internal sealed record LayerNumberArgument(BoundLayer Layer) : Argument
{
    public override bool IsSameAs(Argument other, Correspondence copies) =>
        other is LayerNumberArgument number && copies.AreSame(Layer, number.Layer);

    protected override string Text(NameOf name) => $"{Layer.Ordinal}";
}

/// <summary>A list of numbers that the model holds for a layer.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="List">The attribute's argument that gives the numbers.</param>
internal sealed record ListArgument(BoundLayer Layer, string List) : Argument
{
    protected override string Text(NameOf name) => $"{List} of {Layer.Path}";
}

/// <summary>Integers that are known when the code is written: extents, strides, indices.</summary>
internal sealed record IntegersArgument(EquatableArray<int> Numbers) : Argument
{
    protected override string Text(NameOf name) => $"[{string.Join(", ", Numbers)}]";
}

/// <summary>What another kernel returns.</summary>
internal sealed record ResultArgument(string Kernel, EquatableArray<Argument> Arguments) : Argument
{
    public override bool ReadsBatch => Arguments.Any(argument => argument.ReadsBatch);

    public override bool IsSameAs(Argument other, Correspondence copies) =>
        other is ResultArgument result && result.Kernel == Kernel && AreSame(Arguments, result.Arguments, copies);

    protected override Argument ReplaceWithin(Func<Argument, Argument> replace) =>
        this with { Arguments = [.. Arguments.Select(argument => argument.Replace(replace))] };

    protected override string Text(NameOf name) =>
        $"{Kernel}({string.Join(", ", Arguments.Select(argument => argument.Describe(name)))})";
}

/// <summary>A struct of the runtime's kernels: a stage, a function, a window.</summary>
/// <param name="Type">The struct: <c>AddBias</c>.</param>
/// <param name="Arguments">The arguments of its constructor.</param>
internal sealed record KernelObject(string Type, EquatableArray<Argument> Arguments) : Argument
{
    /// <summary>What specialises it, where it is generic.</summary>
    public KernelType? Of { get; init; }

    /// <summary>
    /// The rows of a sample, for what depends on the numbers of rows: a program that computes one sample of a batch
    /// says which rows are its own. 0 for what does not.
    /// </summary>
    public int NumberedRows { get; init; }

    /// <summary>The properties that are set, by their names.</summary>
    public EquatableArray<Argument> Properties { get; init; } = [];

    public override bool ReadsBatch => Arguments.Concat(Properties).Any(argument => argument.ReadsBatch);

    public override bool IsSameAs(Argument other, Correspondence copies) =>
        other is KernelObject made
        && made.Type == Type
        && made.Of == Of
        && made.NumberedRows == NumberedRows
        && AreSame(Arguments, made.Arguments, copies)
        && AreSame(Properties, made.Properties, copies);

    protected override Argument ReplaceWithin(Func<Argument, Argument> replace) => this with
    {
        Arguments = [.. Arguments.Select(argument => argument.Replace(replace))],
        Properties = [.. Properties.Select(property => property.Replace(replace))],
    };

    protected override string Text(NameOf name)
    {
        string of = Of is null ? "" : $"<{Of.Name}>";
        string properties = string.Concat(Properties.Select(property => $", {property.Describe(name)}"));
        return $"{Type}{of}({string.Join(", ", Arguments.Select(argument => argument.Describe(name)))}{properties})";
    }
}

/// <summary>A type that specialises a generic one.</summary>
/// <param name="Name">Its name among the runtime's kernels, or its full name where it is the author's.</param>
/// <param name="IsAuthors">Whether the author of the model wrote it.</param>
internal sealed record KernelType(string Name, bool IsAuthors = false);

/// <summary>What a running model knows besides its values.</summary>
internal enum ModelVariable
{
    /// <summary>What random numbers are drawn from.</summary>
    Seed,

    /// <summary>The number of the training step.</summary>
    Step,

    /// <summary>The number of the step of a sequence that is computed step by step.</summary>
    Position,

    /// <summary>The norm that the gradient of each sample is clipped to.</summary>
    MaxNorm,

    /// <summary>What the gradients of activations are multiplied by, so that they do not vanish in 16 bits.</summary>
    LossScale,

    /// <summary>The gradients of all parameters.</summary>
    Gradients,

    /// <summary>The number of samples of the whole batch, which may be computed in parts.</summary>
    BatchSize,
}
