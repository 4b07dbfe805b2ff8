using ModelDsl.Generator.Differentiation;
using ModelDsl.Generator.Emission;
using ModelDsl.Generator.Planning;

namespace ModelDsl.Generator;

/// <summary>
/// The compiler: its stages, in order. Each takes what the one before has made and makes something new of it; none
/// knows a later one. Parsing stands before it, since only that sees symbols and syntax.
/// </summary>
internal static class ModelCompiler
{
    private static readonly CheckedModelCache Cache = new();

    /// <summary>Raised for each model that is checked and lowered: what tests count.</summary>
    internal static event Action<ModelDeclaration>? Checking;

    /// <summary>
    /// The rules and the operations of a declaration. The generator and the analyzers of a keystroke ask for the same
    /// declaration, and get the same answer: what it took to find it is done once.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static CheckedModel Check(ModelDeclaration declaration, CancellationToken cancellation) =>
        Cache.Get(declaration, cancellation);

    /// <summary>As <see cref="Check"/>, worked out anew.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static CheckedModel CheckAnew(ModelDeclaration declaration, CancellationToken cancellation)
    {
        Checking?.Invoke(declaration);
        ShapedModel shaped = ShapeInference.Run(declaration, cancellation);
        if (!shaped.IsComplete)
        {
            return new CheckedModel(declaration, shaped, members: null, differentiated: null, shaped.Issues);
        }

        LoweredModel lowered = LoweredModel.From(
            shaped, declaration.KeepsActivations, declaration.Convolution, cancellation);
        var members = MemberNames.Of(lowered);
        EquatableArray<ShapeIssue> issues = MemberRules.Check(declaration, lowered, members, cancellation);
        if (!issues.IsEmpty)
        {
            return new CheckedModel(declaration, shaped, members, differentiated: null, [.. shaped.Issues, .. issues]);
        }

        var differentiated = DifferentiatedModel.From(
            lowered, declaration.HasInputGradient, declaration.ClipsSamples, cancellation);
        (FusedModel? fused, ShapeIssue? overBudget) = KeepToBudget(declaration, differentiated, cancellation);
        return new CheckedModel(
            declaration,
            shaped,
            members,
            overBudget is null ? differentiated : null,
            overBudget is null ? shaped.Issues : [.. shaped.Issues, overBudget])
        {
            KeptToBudget = fused,
        };
    }

    /// <summary>The fused programs of a model that breaks no rule; training keeps to the memory budget.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static FusedModel Fuse(CheckedModel model, CancellationToken cancellation) =>
        model.KeptToBudget ?? FusedModel.From(model.Differentiated!, cancellation);

    /// <summary>Makes C# of a model that has been checked.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static CompiledModel Write(CheckedModel model, MemoryMode mode, CancellationToken cancellation)
    {
        if (model is not { Differentiated: not null, Members: { } members })
        {
            return new CompiledModel(
                model.Declaration.HintName, BrokenModelEmitter.Emit(model.Declaration, model.Issues, cancellation));
        }

        FusedModel fused = Fuse(model, cancellation);
        PlannedModel PlanAs(MemoryMode layout) => Plan(fused, model.Declaration.Precision, layout, cancellation);
        return new CompiledModel(
            model.Declaration.HintName,
            ModelEmitter.Emit(
                model.Declaration,
                PlanAs(mode),
                model.Declaration.HasChecks
                    ? [.. ChecksEmitter.Modes.Select(other => (other.Name, PlanAs(other.Mode)))]
                    : [],
                members,
                cancellation));
    }

    /// <summary>Gives what fused programs work on its format and its place.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static PlannedModel Plan(
        FusedModel fused, Precision precision, MemoryMode mode, CancellationToken cancellation) =>
        PlannedModel.From(MixedPrecision.Apply(fused, precision, cancellation), mode, cancellation);

    // The fused programs of a model with a budget, or the rule that it breaks.
    private static (FusedModel? Fused, ShapeIssue? Issue) KeepToBudget(
        ModelDeclaration declaration, DifferentiatedModel differentiated, CancellationToken cancellation)
    {
        if (declaration is { MemoryBudget: null, Batch: 0 } || declaration.IsForInference)
        {
            return default;
        }

        string argument = declaration.MemoryBudget is null ? ModelParser.Batch : ModelParser.MemoryBudget;
        if (MemoryBudget.Parse(declaration.MemoryBudget, declaration.Batch) is not { } budget)
        {
            const string NotGiven = "not given";
            return Broken(MemoryBudgetNeedsSizes.Message(
                declaration.MemoryBudget is { } text ? $"\"{PrintableText.Name(text)}\"" : NotGiven,
                declaration.Batch == 0 ? NotGiven : FormattableString.Invariant($"{declaration.Batch}")));
        }

        if (declaration.ClipsSamples)
        {
            return Broken(MemoryBudgetWithClipping.Message(declaration.Name));
        }

        FusedModel fused = Recomputation.Fit(
            FusedModel.From(differentiated, cancellation), budget, declaration.Precision, cancellation);
        RecomputationNote note = fused.Recomputation!;
        return note.Fits
            ? (fused, null)
            : Broken(MemoryBudgetTooSmall.Message(
                declaration.Name,
                declaration.MemoryBudget!,
                declaration.Batch,
                MemoryBudget.TextOf(note.Bytes),
                MemoryBudget.TextOf(note.BytesOfModel)));

        (FusedModel?, ShapeIssue?) Broken(RuleMessage message) => (null, new ShapeIssue(message, null, argument));
    }
}
