namespace ModelDsl.Generator.Lowering;

/// <summary>
/// One call of a kernel of the runtime, as data: what is called, with what, and what becomes of the result. Whoever
/// writes code, compares copies of a block or exports a model reads the same record; nothing in it is C#.
/// </summary>
/// <param name="Kernel">The class and method among the runtime's kernels: <c>MatrixMultiplication.Times</c>.</param>
/// <param name="Arguments">The arguments, in the order of the kernel's parameters.</param>
internal sealed record KernelCall(string Kernel, EquatableArray<Argument> Arguments)
{
    /// <summary>
    /// What finishes each row while it is in the cache, in order, where the kernel takes such stages (it may take none
    /// of them); null where it does not.
    /// </summary>
    public EquatableArray<KernelObject>? Stages { get; init; }

    /// <summary>The author's own type that specialises the kernel; null where there is none.</summary>
    public string? AuthorType { get; init; }

    /// <summary>What becomes of what the kernel returns.</summary>
    public CallResult Result { get; init; } = CallResult.None;

    /// <summary>The kernel, with stages that finish its rows.</summary>
    public static KernelCall Hosting(
        string kernel, IReadOnlyList<KernelObject> stages, EquatableArray<Argument> arguments) =>
        new(kernel, arguments) { Stages = stages.ToEquatableArray() };

    /// <summary>Whether the number of samples is among what it is called with.</summary>
    public bool ReadsBatch => Parts.Any(part => part.ReadsBatch);

    /// <summary>
    /// Whether this call and that of another copy of a block are one, but for where their values lie.
    /// </summary>
    public bool IsSameAs(KernelCall other, Correspondence copies) =>
        Kernel == other.Kernel
        && AuthorType == other.AuthorType
        && Result == other.Result
        && Argument.AreSame(Arguments, other.Arguments, copies)
        && Stages is null == other.Stages is null
        && (Stages is null || Argument.AreSame(Stages.Value, other.Stages!.Value, copies));

    /// <summary>
    /// The call as one line, for tests and for people: <c>Softmax.Forward(dense1, softmax1, batch, 10)</c>.
    /// </summary>
    public string Describe(NameOf name)
    {
        string type = AuthorType is null ? "" : $"<{AuthorType}>";
        string call = $"{Kernel}{type}({string.Join(", ", Arguments.Select(argument => argument.Describe(name)))})";
        string stages = string.Concat((Stages ?? []).Select(stage => $" | {stage.Describe(name)}"));
        return Result == CallResult.None ? call + stages : $"{Result.Describe()} {call}{stages}";
    }

    /// <summary>The same call with other arguments in the place of some.</summary>
    /// <param name="replace">What stands in the place of an argument; itself where that stays.</param>
    public KernelCall Replace(Func<Argument, Argument> replace) => this with
    {
        Arguments = [.. Arguments.Select(argument => argument.Replace(replace))],
        Stages = Stages is { } stages
            ? (EquatableArray<KernelObject>)[.. stages.Select(stage => (KernelObject)stage.Replace(replace))]
            : null,
    };

    private IEnumerable<Argument> Parts => Arguments.Concat(Stages ?? []);
}

/// <summary>What becomes of the number that a kernel returns.</summary>
/// <param name="Target">Where it goes.</param>
internal sealed record CallResult(CallTarget Target)
{
    /// <summary>The kernel returns nothing.</summary>
    public static CallResult None { get; } = new(CallTarget.None);

    /// <summary>It is added to the penalty that training minimises along with the loss.</summary>
    public static CallResult Penalty { get; } = new(CallTarget.Penalty);

    /// <summary>The number of the head whose loss it is; null where the model has one output.</summary>
    public int? Head { get; init; }

    /// <summary>Its factor in the loss of the model.</summary>
    public float Weight { get; init; } = 1f;

    /// <summary>The loss of a head, or of the whole model.</summary>
    public static CallResult Loss(int? head, float weight) => new(CallTarget.Loss) { Head = head, Weight = weight };

    public string Describe() => Target switch
    {
        CallTarget.Penalty => "penalty +=",
        CallTarget.Loss => $"loss {(Head is > 0 ? "+=" : "=")}{(Weight == 1f ? "" : $" {NumberText.Of(Weight)} ·")}",
        _ => "",
    };
}

/// <summary>Where the result of a call goes.</summary>
internal enum CallTarget
{
    None,
    Penalty,
    Loss,
}
