namespace ModelDsl.Generator.Emission;

/// <summary>Calls of kernels as C#.</summary>
/// <param name="name">The variables that hold values.</param>
/// <param name="members">The names of the model's members.</param>
internal sealed class CallText(NameOf name, MemberNames members)
{
    /// <summary>The alias of the kernels' namespace in the emitted file.</summary>
    public const string KernelAlias = "ModelKernels";

    /// <summary>
    /// The variables of a loop over parts of a batch: where the part at hand begins, and how long it is.
    /// </summary>
    public const string FirstSample = "firstSample";

    /// <inheritdoc cref="FirstSample"/>
    public const string SampleCount = "sampleCount";

    private const int LineWidth = 120;

    // A list that is a little too long for a line reads better on it than with a rest on the next.
    private const int LongestLine = 130;

    /// <summary>The expression for a layer's number.</summary>
    public Func<Shapes.BoundLayer, string> LayerNumber { get; init; } = layer => $"{layer.Ordinal}";

    /// <summary>The expression for a packed weight; null where the program does not find it packed.</summary>
    public Func<PackedWeightArgument, string?> Packed { get; init; } = _ => null;

    /// <summary>Whether the calls compute one sample of a batch, whose number is the variable <c>sample</c>.</summary>
    public bool IsOfOneSample { get; init; }

    /// <summary>The expression for a weight as the model holds it.</summary>
    public Func<Value, string> Stored { get; init; } =
        weight => throw new InvalidOperationException($"{weight} is not stored by itself.");

    /// <summary>Writes a call as a statement, over as many lines as it needs.</summary>
    public void Write(CodeWriter code, KernelCall call)
    {
        string type = call.AuthorType is null ? "" : $"<{call.AuthorType}>";
        (string head, string end) = Result(call.Result, $"{Kernel(call.Kernel)}{type}");
        string[] arguments = Texts(call.Arguments);
        switch (call.Stages)
        {
            case null:
                WriteStatement(code, head, arguments, end);
                break;
            case { Count: 0 }:
                WriteStatement(code, head, [.. arguments, Kernel("Epilogue.None")], end);
                break;
            case { } stages:
                code.Line($"{head}(");
                using (code.Indent())
                {
                    code.Line($"{string.Join(", ", arguments)},");
                    WriteChain(code, Texts(stages), end);
                }

                break;
        }
    }

    /// <summary>Arguments as C#, without those that are not given.</summary>
    public string[] Texts(IEnumerable<Argument> arguments) =>
        [.. arguments.Select(Text).OfType<string>()];

    private string? Text(Argument argument) =>
        Expression(argument) is { } text ? argument.Name is null ? text : $"{argument.Name}: {text}" : null;

    // Null where the argument is not given.
    private string? Expression(Argument argument) => argument switch
    {
        MemoryArgument memory => name(memory.Value),
        PackedWeightArgument packed => Packed(packed),
        StoredWeightArgument stored => Stored(stored.Weight),
        PartArgument { Value: var value } =>
            $"{name(value)}.Slice({Literal.Of(Size.Times(value.Shape.Count), FirstSample)}, "
            + $"{Literal.Of(Size.Times(value.Shape.Count), SampleCount)})",
        PartSizeArgument part => Literal.Of(part.Size, SampleCount),
        FirstRowArgument first => Literal.Of(Size.Times(first.Rows), FirstSample),
        IsLaterPartArgument => $"{FirstSample} > 0",
        AbsentArgument => "default",
        SizeArgument { Size: var size } when IsOfOneSample => $"{size.Fixed + size.PerSample}",
        SizeArgument size => Literal.Of(size.Size),
        ConstantArgument constant => Literal.Of(constant.Constant),
        IntegersArgument integers => members.Of(integers.Numbers),
        EnumArgument member => $"global::ModelDsl.{member.Type}.{member.Member}",
        VariableArgument { Variable: ModelVariable.BatchSize } when IsOfOneSample => "1",
        VariableArgument variable => VariableName(variable.Variable),
        TargetsArgument { Head: { } head } =>
            $"_modelState.Heads.TargetsOf({head}, targets, {(IsOfOneSample ? "1" : "batch")})",
        TargetsArgument => "targets",
        OutputsArgument { Head: { } head } => $"_modelState.Heads.View({head})",
        OutputsArgument => "output",
        LayerNumberArgument number => LayerNumber(number.Layer),
        ListArgument list => members.Of(list.Layer, list.List),
        RowAtPositionArgument row =>
            $"{Expression(row.Matrix)}.Slice({VariableName(ModelVariable.Position)} * {row.Columns}, {row.Columns})",
        ResultArgument result => $"{Kernel(result.Kernel)}({string.Join(", ", Texts(result.Arguments))})",
        KernelObject made => New(made),
        _ => throw new InvalidOperationException($"{argument.GetType().Name} cannot be written."),
    };

    private string New(KernelObject made)
    {
        string of = made.Of is not { } type ? "" : $"<{(type.IsAuthors ? type.Name : Kernel(type.Name))}>";
        IEnumerable<string> arguments = made.NumberedRows == 0
            ? Texts(made.Arguments)
            : [.. Texts(made.Arguments), $"firstRow: {FirstRow(made.NumberedRows)}"];
        string start = $"new {Kernel(made.Type)}{of}({string.Join(", ", arguments)})";
        return made.Properties.IsEmpty
            ? start
            : $"{start} {{ {string.Join(", ", made.Properties.Select(property => $"{property.Name} = {Expression(property)}"))} }}";
    }

    // Rows are numbered within the whole batch, of which one sample, or a part, is at hand.
    private string FirstRow(int rows)
    {
        string first = IsOfOneSample ? "sample" : "_modelState.FirstSample";
        return rows == 1 ? first : $"{first} * {rows}";
    }

    private static (string Head, string End) Result(CallResult result, string kernel)
    {
        if (result.Target == CallTarget.Loss)
        {
            string variable = result.Head is > 0 ? "loss +=" : "float loss =";
            string factor = result.Weight == 1f ? "" : $"{Literal.Of(result.Weight)} * ";
            return result.Head is { } head
                ? ($"{variable} {factor}_modelState.Heads.SetLoss({head}, {kernel}", "));")
                : ($"{variable} {factor}{kernel}", ");");
        }

        return (result.Target == CallTarget.Penalty ? $"_modelState.Penalty += {kernel}" : kernel, ");");
    }

    private static string VariableName(ModelVariable variable) => variable switch
    {
        ModelVariable.Seed => "seed",
        ModelVariable.Step => "step",
        ModelVariable.MaxNorm => "maxNorm",
        ModelVariable.LossScale => "_modelState.LossScale",
        ModelVariable.Gradients => "_modelState.Gradients",
        ModelVariable.BatchSize => "_modelState.BatchSize(batch)",
        _ => "position",
    };

    private static string Kernel(string name) => $"{KernelAlias}::{name}";

    private static void WriteStatement(CodeWriter code, string head, string[] arguments, string end)
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

    private static void WriteChain(CodeWriter code, string[] stages, string end)
    {
        if (stages.Length == 1 && stages[0].Length < LineWidth - 48)
        {
            code.Line($"{Kernel("Epilogue.Of")}({stages[0]}){end}");
            return;
        }

        code.Line($"{Kernel("Epilogue.Of")}(");
        using (code.Indent())
        {
            string[] rest = stages;
            if (stages.Length > KernelContract.MostStagesAtOnce)
            {
                int first = stages.Length - KernelContract.MostStagesAtOnce + 1;
                WriteChain(code, [.. stages.Take(first)], ",");
                rest = [.. stages.Skip(first)];
            }

            for (int i = 0; i < rest.Length; i++)
            {
                code.Line(rest[i] + (i + 1 < rest.Length ? "," : ")" + end));
            }
        }
    }
}
