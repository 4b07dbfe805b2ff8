using ModelDsl.Generator;
using ModelDsl.Generator.Emission;
using ModelDsl.Generator.Lowering;
using ModelDsl.Generator.Planning;

namespace ModelDsl.Tool.Explaining;

/// <summary>Runs the compiler's own stages on a model and reads from their results what there is to explain.</summary>
internal static class Explainer
{
    private const double Giga = 1e9;

    /// <summary>Explains one program; null where the model has no such program.</summary>
    /// <param name="model">A model without errors.</param>
    /// <param name="settings">What to explain.</param>
    public static ModelExplanation? Explain(CheckedModel model, ExplainSettings settings)
    {
        FusedModel fused = ModelCompiler.Fuse(model, CancellationToken.None);
        IReadOnlyList<Operation>? program = OperationsOf(fused, settings.Program);
        return program is null || PlanOf(model, fused, MemoryMode.Planned, settings.Program) is not { } plan
            ? null
            : Explain(
                model.Declaration.HintName,
                plan,
                separate: PlanOf(model, fused, MemoryMode.Separate, settings.Program)!.Memory,
                FusionRefusal.Find(program, CancellationToken.None),
                settings) with
            {
                Budget = settings.Program == ModelProgram.Training && fused.Recomputation is { } note
                    ? $"{note.Memory} {note.Again}"
                    : null,
            };
    }

    private static ModelExplanation Explain(
        string name,
        ExecutionPlan plan,
        MemoryPlan separate,
        IReadOnlyList<FusionRefusal> refusals,
        ExplainSettings settings)
    {
        var names = new ValueNames();
        ExplainedOperation[] operations =
        [
            .. plan.Operations.Select((operation, number) => Explain(operation, number, plan, names, settings)),
        ];
        return new ModelExplanation(
            name,
            settings,
            operations,
            [.. refusals.Select(refusal => Explain(refusal, plan, names))],
            ArenaOf(plan.Memory, separate, names, settings.Batch));
    }

    private static IReadOnlyList<Operation>? OperationsOf(FusedModel model, ModelProgram program) => program switch
    {
        ModelProgram.Training => model.Training,
        ModelProgram.Inference => model.Inference,
        ModelProgram.Step => model.Step,
        _ => model.Clipped?.Operations,
    };

    private static ExecutionPlan? PlanOf(
        CheckedModel model, FusedModel fused, MemoryMode mode, ModelProgram program)
    {
        PlannedModel planned =
            ModelCompiler.Plan(fused, model.Declaration.Precision, mode, CancellationToken.None);
        return program switch
        {
            ModelProgram.Training => planned.Training,
            ModelProgram.Inference => planned.Inference,
            ModelProgram.Step => planned.Step,
            _ => planned.Clipped,
        };
    }

    private static ExplainedOperation Explain(
        Operation operation, int number, ExecutionPlan plan, ValueNames names, ExplainSettings settings)
    {
        OperationLayers layers = OperationLayers.Of(operation);
        long flops = operation.Work.For(settings.Batch);
        long bytes = BytesOf(operation, plan.Memory.Narrow, settings.Batch);
        double? compute = flops / (settings.PeakGigaflops * Giga);
        double? memory = bytes / (settings.BandwidthGigabytes * Giga);
        Operation[] parts = [.. operation.Parts];
        return new ExplainedOperation(
            number,
            operation.IsRecomputed ? ProgramPass.Recomputed : PassOf(number, plan),
            layers.Names,
            layers.Sources,
            operation.Describe(names.Of),
            [.. operation.Calls.Select(call => call.Kernel).Distinct()],
            parts.Length == 1 ? [] : [.. parts.Select(part => PartText(part, names))],
            flops,
            operation.Work.IsEstimate,
            bytes)
        {
            Seconds = compute > memory ? compute : memory,
            Limit = compute is null ? null : compute > memory ? RooflineLimit.Compute : RooflineLimit.Memory,
        };
    }

    private static string PartText(Operation part, ValueNames names) =>
        part is StageOperation stage ? stage.DescribeStage(names.Of) : part.Describe(names.Of);

    private static ProgramPass PassOf(int number, ExecutionPlan plan) =>
        plan.Turn < 0 || number < plan.Comparison.Start ? ProgramPass.Forward
        : number < plan.Comparison.End ? ProgramPass.Loss
        : ProgramPass.Backward;

    // Each value once, however often a kernel comes back to it: what the cache cannot spare.
    private static long BytesOf(Operation operation, ISet<Value> narrow, int batch)
    {
        Value[] writes = [.. operation.Writes.Select(value => value.Root).Distinct().Where(IsInMemory)];
        HashSet<Value> inPart = [.. operation.ReadsInPart.Select(value => value.Root)];
        long written = writes.Sum(BytesOfValue);
        return written + operation.Reads.Select(value => value.Root).Distinct().Where(IsInMemory).Except(writes)
            .Sum(value => inPart.Contains(value) ? Math.Min(BytesOfValue(value), written) : BytesOfValue(value));

        // Floats that 16 bits are expanded to a few samples at a time stay in the cache.
        bool IsInMemory(Value value) => operation.SamplesAtOnce is null || value.Kind != ValueKind.Scratch;

        long BytesOfValue(Value value) =>
            Work.Elements(value).For(batch) * (narrow.Contains(value) ? sizeof(short) : sizeof(float));
    }

    private static ExplainedRefusal Explain(FusionRefusal refusal, ExecutionPlan plan, ValueNames names)
    {
        // Mixed precision wraps operations, and keeps their parts.
        int number = plan.Operations.ToList().FindIndex(operation => operation.Parts.Contains(refusal.Stage));
        string source = names.Of(refusal.Stage.Source);
        string? maker = refusal.Maker is null ? null : string.Join(" → ", OperationLayers.Of(refusal.Maker).Names);
        string reason = refusal.Obstacle switch
        {
            FusionObstacle.NothingMakesSource => $"{source} is there before the program",
            FusionObstacle.MakerTakesNoStages => $"the kernel that makes {source} does not finish rows",
            FusionObstacle.OtherRows =>
                $"it counts in rows of {refusal.Stage.Columns}, and {source} is made in rows of another width",
            FusionObstacle.OperandIsMadeLater =>
                $"{names.Of(refusal.Operand!)}, which it reads too, is made after {source}",
            _ => $"several operations read {source}, and another runs on its rows",
        };
        return new ExplainedRefusal(
            number,
            UniqueNames.Of(refusal.Stage.Layer.Path),
            refusal.Stage.DescribeStage(names.Of),
            maker,
            refusal.Obstacle.ToString(),
            reason);
    }

    private static ExplainedArena ArenaOf(MemoryPlan memory, MemoryPlan separate, ValueNames names, int batch)
    {
        return new ExplainedArena(
            memory.FixedFloats,
            memory.FloatsPerSample,
            memory.BytesFor(batch),
            separate.BytesFor(batch),
            [
                .. memory.Lifetimes.OrderBy(life => life.First).ThenBy(life => life.Offset).Select(life =>
                    new ExplainedValue(
                        names.Of(life.Value),
                        life.Value.Shape.ToString(),
                        life.Value.Kind.ToString(),
                        life.First,
                        life.Last,
                        sizeof(float) * (life.IsFixed ? life.Offset : memory.FixedFloats + ((long)life.Offset * batch)),
                        sizeof(float) * (long)life.Length * (life.IsFixed ? 1 : batch))),
            ]);
    }
}
