using ModelDsl.Generator.Lowering.Clipping;
using ModelDsl.Generator.Planning;

namespace ModelDsl.Generator.Emission;

/// <summary>
/// Writes the operations of one program: variables as they are first needed, then the calls of kernels.
/// </summary>
/// <param name="code">Where to.</param>
/// <param name="model">The model.</param>
/// <param name="plan">The program.</param>
/// <param name="members">The names of the model's members.</param>
/// <param name="template">What makes the code of one copy that of all; null where it is written as it is.</param>
internal sealed class OperationWriter(
    CodeWriter code, LoweredModel model, ExecutionPlan plan, MemberNames members, CopyTemplate? template = null)
{
    private static readonly string[] ReservedNames =
        ["samples", "targets", "batch", "arena", "parameters", "gradients", "seed", "step", "position", "loss", "output", "copy", CopyTemplate.Table];

    private static readonly string[] NamesInLoops = ["sample", "maxNorm", "penaltyOfBatch"];

    private static readonly string[] NamesInParts = [CallText.FirstSample, CallText.SampleCount];

    private readonly Dictionary<Value, string> _names = [];
    private readonly UniqueNames _unique = new(
    [
        .. ReservedNames,
        .. plan.Operations.Any(operation => operation is SampleLoop) ? NamesInLoops : [],
        .. plan.Operations.Any(operation => operation.SamplesAtOnce is not null) ? NamesInParts : [],
    ]);

    private readonly HashSet<Value> _declared = [];

    /// <summary>Whether the program may find weights packed.</summary>
    public bool TakesPackedWeights { get; init; }

    /// <summary>
    /// Whether the code computes one sample of the batch, whose number is the variable <c>sample</c>: variables hold
    /// its part of the values.
    /// </summary>
    public bool IsOfOneSample { get; init; }

    /// <summary>Whether the model may hold its parameters in other places than training has them in.</summary>
    public bool FindsParameters { get; init; }

    /// <summary>What the variables of inputs are called, where they are not the samples.</summary>
    public string? InputName { get; init; }

    /// <summary>Forgets the variables of the method before.</summary>
    public void StartMethod() => _declared.Clear();

    /// <summary>Writes one operation with the variables that it needs.</summary>
    public void Write(int index)
    {
        Write(plan.Operations[index], isBackward: plan.Turn >= 0 && index > plan.Turn);
        WriteFreed(index);
    }

    /// <summary>Writes an operation with the variables that it needs.</summary>
    public void Write(Operation operation, bool isBackward)
    {
        WriteHead(operation, isBackward);
        foreach (Value value in operation.Values)
        {
            Declare(value.Root);
        }

        WriteCalls(operation.Preparations);
        WriteLoop(operation);
    }

    /// <summary>Fills what nothing reads after an operation.</summary>
    public void WriteFreed(int index)
    {
        foreach (Value value in plan.Memory.Freed[index])
        {
            Declare(value);

            // The bits of a NaN in each format of 16 bits.
            code.Line($"{Name(value)}.AsSpan().Fill({(plan.Memory.Narrow.Contains(value) ? "0x7FFF" : "float.NaN")});");
        }
    }

    private void WriteLoop(Operation operation)
    {
        if (operation.SamplesAtOnce is not { } samples)
        {
            WriteCalls(operation.Calls);
            return;
        }

        const string First = CallText.FirstSample;
        using (code.Block($"for (int {First} = 0; {First} < batch; {First} += {samples})"))
        {
            code.Line($"int {CallText.SampleCount} = global::System.Math.Min({samples}, batch - {First});");
            if (operation.BatchUse == BatchUse.Summed)
            {
                code.Line($"_modelState.SetSamplesAtHand({CallText.SampleCount});");
            }

            WriteCalls(operation.Calls);
        }

        if (operation.BatchUse == BatchUse.Summed)
        {
            code.Line("_modelState.SetSamplesAtHand(batch);");
        }
    }

    /// <summary>Writes one operation of a forward pass as inlined code for a single sample.</summary>
    public void WriteSmall(int index)
    {
        Operation operation = plan.Operations[index];
        WriteHead(operation, isBackward: false);
        foreach (Value value in operation.Values)
        {
            Declare(value.Root);
        }

        WriteCalls([plan.SmallCall(index)!]);
    }

    /// <summary>The variable that holds a value.</summary>
    public string Name(Value value)
    {
        Value root = value.Root;
        if (!_names.TryGetValue(root, out string? name))
        {
            name = root.Kind == ValueKind.Input
                ? InputName is null ? "samples" : _unique.Take(InputName)
                : _unique.Take(template?.NameOf(root.Id) ?? UniqueNames.Of(root.Id));
            _names.Add(root, name);
        }

        return name;
    }

    /// <summary>Writes the variable of a value, unless the method has it already.</summary>
    public void Declare(Value value)
    {
        if (value.Kind == ValueKind.Input || !_declared.Add(value))
        {
            return;
        }

        int length = value.Shape.Count;
        string view = plan.Memory.Narrow.Contains(value) ? "Narrow" : "Slice";
        string memory = value.Kind switch
        {
            ValueKind.Parameter or ValueKind.State =>
                $"{(FindsParameters ? "_modelState.Parameter" : "parameters.Slice")}"
                    + $"({Number(value, model.Layout.OffsetOf)}, {length})",
            ValueKind.ParameterGradient => $"gradients.Slice({Number(value, model.Layout.OffsetOf)}, {length})",
            ValueKind.Scratch or ValueKind.Kept => $"arena.Slice({Number(value, OffsetOf)}, {length})",
            _ when IsOfOneSample => $"arena.Slice({StartOfSample(value)}, {length})",
            _ when template is not null =>
                $"arena.{view}({FixedText()}batch * {Number(value, OffsetOf)}, {Literal.Of(Size.Times(length))})",
            _ => $"arena.{view}({Literal.Of(plan.Memory.StartOf(value))}, {Literal.Of(Size.Times(length))})",
        };
        code.Line($"var {Name(value)} = {memory};");
    }

    /// <summary>Writes the comment of an operation.</summary>
    public void WriteHead(Operation operation, bool isBackward)
    {
        code.Separate();
        foreach (Value value in operation.Values)
        {
            Name(value);
        }

        List<BoundLayer> layers = [.. operation.Parts.Select(part => part.Layer).Distinct()];
        string names = string.Join(
            " → ", layers.Select(layer => template?.NameOf(layer.Path) ?? UniqueNames.Of(layer.Path)));
        string pass = operation.IsRecomputed ? "Again " : isBackward ? "Backward of " : "";
        code.Line($"// {pass}{names}: {Quoted(layers)}");
        code.Line($"// {operation.Describe(Name)}");
    }

    // Attributes stand in one pair of brackets, as authors write them.
    private static string Quoted(IReadOnlyList<BoundLayer> layers) =>
        layers.All(layer => layer.Declaration.Origin == LayerOrigin.Attribute)
            ? $"[{string.Join(", ", layers.Select(layer => layer.Declaration.Text))}]"
            : string.Join(", ", layers.Select(layer => layer.Declaration.Quoted));

    private void WriteCalls(IReadOnlyList<KernelCall> calls)
    {
        var text = new CallText(Name, members)
        {
            LayerNumber = layer => template is null ? $"{layer.Ordinal}" : template.Number(copy => copy.Of(layer)),
            Packed = PackedText,
            IsOfOneSample = IsOfOneSample,
            Stored = weight =>
                $"_modelState.Weight({Number(weight, model.Layout.OffsetOf)}, {weight.Shape.Count})",
        };
        foreach (KernelCall call in calls)
        {
            text.Write(code, call);
        }
    }

    private string? PackedText(PackedWeightArgument packed) =>
        TakesPackedWeights && plan.PackedNumber(packed.Weight.Root) is not null
            ? $"_modelState.{(packed.AreFilters ? "PackedFilters" : "Packed")}"
                + $"({Number(packed.Weight, value => plan.PackedNumber(value)!.Value)})"
            : null;

    // A number that differs from copy to copy, where there are copies.
    private string Number(Value value, Func<Value, int> number) =>
        template is null ? $"{number(value.Root)}" : template.Number(copy => number(copy.Of(value)));

    private string StartOfSample(Value value)
    {
        int length = value.Shape.Count;
        Size start = plan.Memory.StartOf(value);
        string sample = length == 1 ? "sample" : $"sample * {length}";
        return start == default ? sample : $"{Literal.Of(start)} + {sample}";
    }

    private int OffsetOf(Value value) => plan.Memory.Offsets[value];

    private string FixedText() => plan.Memory.FixedFloats == 0 ? "" : $"{plan.Memory.FixedFloats} + ";
}
