namespace ModelDsl.Generator.Emission;

/// <summary>Writes the members of a model with several inputs that take each of them by its name.</summary>
internal static class NamedInputEmitter
{
    /// <summary>The members with the code behind them.</summary>
    /// <param name="code">Where to.</param>
    /// <param name="towers">The inputs.</param>
    /// <param name="output">The shape of the output.</param>
    /// <param name="onlyPredicts">Whether the model cannot be trained.</param>
    public static void Write(
        CodeWriter code, IReadOnlyList<NamedInput> towers, TensorShape output, bool onlyPredicts)
    {
        string shape = SurfaceEmitter.BatchShape(output);
        string join = $"JoinInputs({string.Join(", ", towers.Select(tower => tower.Parameter))}, out int batch), ";
        WriteMembers(
            code,
            towers,
            withShapes: true,
            $"[return: {shape}]\n",
            predict: InUse("Use", $"Infer({join}batch);", "return use.Outputs;"),
            computeLoss: onlyPredicts ? null : InUse("Use", $"return Evaluate({join}targets, batch);"),
            computeGradients: onlyPredicts ? null : InUse("UseToTrain", $"return Train({join}targets, batch);"),
            joinSamples: "");
        WriteJoin(code, towers, "private ModelKernels::FloatSpan JoinInputs", "_modelState.Input(batch)", outBatch: true);
    }

    /// <summary>The members of a model that breaks a rule, by name only.</summary>
    public static void WriteBroken(CodeWriter code, IReadOnlyList<NamedInput> towers, bool onlyPredicts)
    {
        const string Body = " => throw Broken();";
        string? training = onlyPredicts ? null : Body;
        WriteMembers(code, towers, withShapes: false, "", Body, training, training, Body);
    }

    private static string InUse(string use, params string[] statements) =>
        $"\n{{\n    {string.Join("\n    ", [$"using var use = _modelState.{use}();", .. statements])}\n}}";

    private static void WriteMembers(
        CodeWriter code,
        IReadOnlyList<NamedInput> towers,
        bool withShapes,
        string returned,
        string predict,
        string? computeLoss,
        string? computeGradients,
        string joinSamples)
    {
        string parameters = string.Join(", ", towers.Select(tower => withShapes
            ? $"[{SurfaceEmitter.BatchShape(tower.Shape)}] {tower.SpanType} {tower.Parameter}"
            : $"{tower.SpanType} {tower.Parameter}"));
        string documented = string.Join("\n", towers.Select(tower =>
            $"/// <param name=\"{tower.Parameter.TrimStart('@')}\">The input of {tower.Name}{(withShapes ? $", [{tower.Shape.ToString(", ")}] for each sample" : "")}.</param>"));
        const string Targets = "global::ModelDsl.Targets targets";
        const string Floats = "global::System.ReadOnlySpan<float>";
        code.Line($"/// <summary>Runs one or more samples, given by their inputs, in inference mode.</summary>");
        code.Line(documented);
        code.Line($"/// <exception cref=\"global::System.ArgumentException\">An input's length does not fit, or the inputs give different numbers of samples.</exception>");
        code.Line(GeneratedCode.Attribute);
        code.Line($"{returned}public {Floats} Predict({parameters}){predict}");
        code.Separate();
        WriteTraining("ComputeLoss", computeLoss);
        WriteTraining("ComputeGradients", computeGradients);
        const string Summary = "/// <summary>Puts the inputs of one or more samples side by side, as a data set takes them.</summary>";
        if (joinSamples.Length > 0)
        {
            code.Line(Summary);
            code.Line(GeneratedCode.Attribute);
            code.Line($"public static float[] JoinSamples({parameters}){joinSamples}");
            return;
        }

        code.Line(Summary);
        code.Line(documented);
        WriteJoin(code, towers, "public static float[] JoinSamples", "", parameters);
        code.Separate();

        void WriteTraining(string member, string? body)
        {
            if (body is not null)
            {
                string other = $"{member}({Floats.Replace('<', '{').Replace('>', '}')}, global::ModelDsl.Targets)";
                code.Line($"/// <summary>As <see cref=\"{other}\"/>, from inputs by name.</summary>");
                code.Line(GeneratedCode.Attribute);
                code.Line($"public float {member}({parameters}, {Targets}){body}");
                code.Separate();
            }
        }
    }

    private static void WriteJoin(
        CodeWriter code,
        IReadOnlyList<NamedInput> towers,
        string header,
        string buffer,
        string? parameters = null,
        bool outBatch = false)
    {
        parameters ??= string.Join(", ", towers.Select(tower => $"{tower.SpanType} {tower.Parameter}"))
            + (outBatch ? ", out int batch" : "");
        int total = towers.Sum(tower => tower.Shape.Count);
        code.Line(GeneratedCode.Attribute);
        using (code.Block($"{header}({parameters})"))
        {
            const string Columns = "ModelKernels::InputColumns";
            for (int i = 0; i < towers.Count; i++)
            {
                NamedInput tower = towers[i];
                string others = i == 0 ? "" : ", batch";
                string variable = i != 0 ? "" : outBatch ? "batch = " : "int batch = ";
                code.Line($"{variable}{Columns}.Count({Literal.Of(tower.Parameter.TrimStart('@'))}, {tower.Parameter}.Length, {tower.Shape.Count}{others});");
            }

            code.Line(buffer.Length == 0 ? $"float[] samples = new float[batch * {total}];" : $"var samples = {buffer};");
            int start = 0;
            foreach (NamedInput tower in towers)
            {
                code.Line($"{Columns}.Copy({tower.Parameter}, samples, {start}, {tower.Shape.Count}, {total});");
                start += tower.Shape.Count;
            }

            code.Line("return samples;");
        }
    }
}
