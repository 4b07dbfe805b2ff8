using Microsoft.CodeAnalysis.CSharp;
using ModelDsl.Generator.Common;
using ModelDsl.Generator.Lowering;
using ModelDsl.Generator.Planning;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Emission;

/// <summary>Writes the operations of one program: variables as they are first needed, then the kernel's call.</summary>
/// <param name="code">Where to.</param>
/// <param name="model">The model.</param>
/// <param name="plan">The program.</param>
/// <param name="template">What makes the code of one copy that of all; null where it is written as it is.</param>
internal sealed class OperationWriter(CodeWriter code, LoweredModel model, ExecutionPlan plan, CopyTemplate? template = null)
{
    /// <summary>The alias of the kernels' namespace in the emitted file.</summary>
    public const string KernelAlias = "ModelKernels";

    private const int LineWidth = 120;

    // A list that is a little too long for a line reads better on it than with a rest on the next.
    private const int LongestLine = 130;

    private static readonly string[] ReservedNames =
        ["samples", "targets", "batch", "arena", "parameters", "gradients", "seed", "step", "position", "loss", "output", "copy", CopyTemplate.Table];

    private readonly Dictionary<Value, string> _names = [];
    private readonly HashSet<string> _taken = new(ReservedNames, StringComparer.Ordinal);
    private readonly HashSet<Value> _declared = [];

    /// <summary>The text of a shape's rows in a comment: <c>batch</c>, or <c>batch·64</c>.</summary>
    public static string RowsText(TensorShape shape) => shape.Rows == 1 ? "batch" : $"batch·{shape.Rows}";

    /// <summary>The text of a value as a matrix in a comment: <c>[batch, 512]</c>.</summary>
    public static string MatrixText(TensorShape shape) => $"[{RowsText(shape)}, {shape.Columns}]";

    /// <summary>A number of floats for each sample, times the batch.</summary>
    public static string Scaled(int perSample) => perSample switch
    {
        0 => "0",
        1 => "batch",
        _ => $"batch * {perSample}",
    };

    /// <summary>Whether the program may find weights packed.</summary>
    public bool TakesPackedWeights { get; init; }

    /// <summary>Forgets the variables of the method before.</summary>
    public void StartMethod() => _declared.Clear();

    /// <summary>Writes one operation with the variables that it needs, under a comment unless only the code matters.</summary>
    public void Write(int index, bool isCommented = true)
    {
        Operation operation = plan.Operations[index];
        code.Separate();
        if (isCommented)
        {
            WriteComment(operation, isBackward: plan.Turn >= 0 && index > plan.Turn);
        }

        foreach (Value value in operation.Reads.Concat(operation.Writes))
        {
            Declare(value.Root);
        }

        operation.Emit(this);
        foreach (Value value in plan.Memory.Freed[index])
        {
            code.Line($"{Name(value)}.AsSpan().Fill(float.NaN);");
        }
    }

    /// <summary>
    /// Writes one operation of a forward pass as inlined code for a single sample; false where it has none.
    /// </summary>
    public bool TryWriteSmall(int index)
    {
        Operation operation = plan.Operations[index];
        code.Separate();
        WriteComment(operation, isBackward: false);
        foreach (Value value in operation.Reads.Concat(operation.Writes))
        {
            Declare(value.Root);
        }

        return operation switch
        {
            FusedOperation fused => fused.TryEmitSmall(this),
            HostOperation host => host.TryEmitSmall(this, host.Result, activation: null),
            _ => false,
        };
    }

    /// <summary>The variable that holds a value.</summary>
    public string Name(Value value)
    {
        Value root = value.Root;
        if (!_names.TryGetValue(root, out string? name))
        {
            string wanted = root.Kind == ValueKind.Input ? "samples" : template?.NameOf(root) ?? root.Name;
            name = wanted;
            for (int number = 2; root.Kind != ValueKind.Input && !_taken.Add(name); number++)
            {
                name = $"{wanted}{number}";
            }

            // A layer called "String" has a variable of a keyword's name.
            _names[root] = name = SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;
        }

        return name;
    }

    /// <summary>The argument for a weight that may have been packed, or none.</summary>
    public string[] Packed(Value weight)
    {
        return !TakesPackedWeights || plan.PackedNumber(weight.Root) is not { } number ? [] : [$"_modelState.Packed({Number(number)})"];
    }

    /// <summary>The number of a layer among all of the model, which tells its random numbers from those of others.</summary>
    public string Ordinal(BoundLayer layer) => Number(layer.Ordinal);

    // What may differ between the copies of a block.
    private string Number(int number) => template?.Number(number) ?? $"{number}";

    /// <summary>The number of matrix rows that a batch of values of this shape has.</summary>
    public string Rows(TensorShape shape) => shape.Rows == 1 ? "batch" : $"batch * {shape.Rows}";

    /// <summary>A member of the kernels' namespace.</summary>
    public string Kernel(string name) => $"{KernelAlias}::{name}";

    public string New(string type, string arguments = "") => $"new {Kernel(type)}({arguments})";

    public string NewGeneric(string type, string typeArgument, string arguments) =>
        $"new {Kernel(type)}<{Kernel(typeArgument)}>({arguments})";

    /// <summary>Writes the call of a kernel.</summary>
    public void Call(string kernel, params string[] arguments) => Statement(Kernel(kernel), arguments);

    /// <summary>Writes the call of a kernel whose result is added to the batch's penalty.</summary>
    public void AddPenalty(string kernel, params string[] arguments) => Statement($"_modelState.Penalty += {Kernel(kernel)}", arguments);

    /// <summary>Writes the call of a kernel that finishes its rows with stages, its last argument.</summary>
    public void CallWithStages(string kernel, IReadOnlyList<string> stages, params string[] arguments)
    {
        if (stages.Count == 0)
        {
            Call(kernel, [.. arguments, Kernel("Epilogue.None")]);
            return;
        }

        code.Line($"{Kernel(kernel)}(");
        using (code.Indent())
        {
            code.Line($"{string.Join(", ", arguments)},");
            WriteChain(stages, ");");
        }
    }

    /// <summary>Writes a call, over as many lines as it needs.</summary>
    public void Statement(string head, params string[] arguments) => Statement(head, arguments, ");");

    /// <summary>As <see cref="Statement(string, string[])"/>, with what closes it.</summary>
    public void Statement(string head, IReadOnlyList<string> arguments, string end)
    {
        string list = string.Join(", ", arguments);
        if (head.Length + list.Length < LineWidth - 12)
        {
            code.Line($"{head}({list}{end}");
            return;
        }

        code.Line($"{head}(");
        using (code.Indent())
        {
            string line = arguments[0];
            foreach (string argument in arguments.Skip(1))
            {
                if (list.Length > LongestLine && line.Length + argument.Length > LineWidth - 16)
                {
                    code.Line($"{line},");
                    line = argument;
                }
                else
                {
                    line += $", {argument}";
                }
            }

            code.Line($"{line}{end}");
        }
    }

    private void WriteChain(IReadOnlyList<string> stages, string end)
    {
        // What the runtime's Epilogue.Of takes at once; a longer chain is a chain of chains.
        const int most = 6;
        if (stages.Count == 1 && stages[0].Length < LineWidth - 48)
        {
            code.Line($"{Kernel("Epilogue.Of")}({stages[0]}){end}");
            return;
        }

        code.Line($"{Kernel("Epilogue.Of")}(");
        using (code.Indent())
        {
            IReadOnlyList<string> rest = stages;
            if (stages.Count > most)
            {
                WriteChain([.. stages.Take(stages.Count - most + 1)], ",");
                rest = [.. stages.Skip(stages.Count - most + 1)];
            }

            for (int i = 0; i < rest.Count; i++)
            {
                code.Line(rest[i] + (i + 1 < rest.Count ? "," : ")" + end));
            }
        }
    }

    private void WriteComment(Operation operation, bool isBackward)
    {
        IEnumerable<Operation> parts = operation is FusedOperation fused ? fused.Parts : [operation];
        List<BoundLayer> layers = [.. parts.Select(part => part.Layer).Distinct()];
        string names = string.Join(" → ", layers.Select(layer => layer.Name));
        string attributes = string.Join(", ", layers.Select(layer => layer.Declaration.Text));
        string description = operation.Describe();
        if (template is not null)
        {
            foreach (Value value in operation.Reads.Concat(operation.Writes))
            {
                Name(value);
            }

            (names, description) = (template.Rename(names), template.Rename(description));
        }

        code.Line($"// {(isBackward ? "Backward of " : "")}{names}: [{attributes}]");
        code.Line($"// {description}");
    }

    /// <summary>Writes the variable of a value, unless the method has it already.</summary>
    public void Declare(Value value)
    {
        if (value.Kind == ValueKind.Input || !_declared.Add(value))
        {
            return;
        }

        int length = value.Shape.Count;
        string memory = value.Kind switch
        {
            ValueKind.Parameter or ValueKind.State => $"parameters.Slice({Number(model.Layout.OffsetOf(value))}, {length})",
            ValueKind.ParameterGradient => $"gradients.Slice({Number(model.Layout.OffsetOf(value))}, {length})",
            ValueKind.Scratch or ValueKind.Kept => $"arena.Slice({Number(plan.Memory.Offsets[value])}, {length})",
            _ when template is not null => $"arena.Slice({FixedText()}batch * {Number(plan.Memory.Offsets[value])}, {Scaled(length)})",
            _ => $"arena.Slice({plan.Memory.OffsetText(value)}, {Scaled(length)})",
        };
        code.Line($"var {Name(value)} = {memory};");
    }

    private string FixedText() => plan.Memory.FixedFloats == 0 ? "" : $"{plan.Memory.FixedFloats} + ";
}
