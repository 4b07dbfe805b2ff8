using ModelDsl.Generator.Planning;

namespace ModelDsl.Generator.Emission;

/// <summary>
/// Writes the members that run the passes of training one by one: forward, backward from a given gradient of the
/// outputs, and the gradient of the samples.
/// </summary>
internal static class BackwardEmitter
{
    private const string Floats = "global::System.ReadOnlySpan<float>";
    private const string Tokens = "global::System.ReadOnlySpan<int>";

    /// <summary>The members with the code behind them.</summary>
    public static void Write(CodeWriter code, PlannedModel planned)
    {
        (LoweredModel model, ExecutionPlan plan) = (planned.Model, planned.Training);
        foreach (BatchInput input in BatchInput.Of(model))
        {
            WriteForward(code, model, input);
        }

        WriteBackward(code, planned);
        if (plan.InputGradient is not null)
        {
            code.Separate();
            code.Line("/// <inheritdoc />");
            code.Line(GeneratedCode.Attribute);
            code.Line(Annotation(model.Input));
            code.Line($"public {Floats} {ModelMembers.InputGradient} => _modelState.Pass.InputGradient;");
        }

        code.Separate();
        code.Line(GeneratedCode.Attribute);
        using (code.Block("private void RunForward(ModelKernels::FloatSpan samples, int batch)"))
        {
            code.Line("_modelState.Pass.Begin();");
            if (plan.AddsPenalty)
            {
                code.Line("_modelState.Penalty = 0f;");
            }

            code.Line("TrainForward(samples, batch);");
            ProgramEmitter.WriteOutputs(code, plan);
            code.Line("_modelState.Pass.EndForward(batch);");
        }
    }

    /// <summary>The members of a model that breaks a rule, by name only.</summary>
    public static void WriteBroken(CodeWriter code, bool isOfTokens)
    {
        code.Line(
            $$"""
            /// <inheritdoc />
            {{GeneratedCode.Attribute}}
            public {{Floats}} Forward({{Floats}} samples) => throw Broken();

            /// <inheritdoc />
            {{GeneratedCode.Attribute}}
            public void Backward({{Floats}} outputGradient, bool accumulate = false) => throw Broken();

            /// <inheritdoc />
            {{GeneratedCode.Attribute}}
            public {{Floats}} {{ModelMembers.InputGradient}} => throw Broken();
            """);
        if (isOfTokens)
        {
            code.Separate();
            code.Line("/// <inheritdoc cref=\"Predict(global::System.ReadOnlySpan{float})\" />");
            code.Line(GeneratedCode.Attribute);
            code.Line($"public {Floats} Forward({Tokens} tokens) => throw Broken();");
        }

        code.Separate();
    }

    private static string Annotation(TensorShape shape) => $"[{SurfaceEmitter.BatchShape(shape)}]";

    private static void WriteForward(CodeWriter code, LoweredModel model, BatchInput input)
    {
        string output = SurfaceEmitter.BatchShape(model.TrainingOutput.Shape);
        string summary = input.Source is null
            ? "/// <inheritdoc />"
            : "/// <summary>As <see cref=\"Forward(global::System.ReadOnlySpan{float})\"/>, "
                + $"{input.Source}.</summary>";
        code.Line(
            $$"""
            {{summary}}
            {{GeneratedCode.Attribute}}
            [return: {{output}}]
            public {{Floats}} Forward(
                {{input.Parameters}})
            {
                using var use = _modelState.UseToTrain();
                RunForward({{input.Load}}, batch);
                return use.Outputs;
            }
            """);
        code.Separate();
    }

    private static void WriteBackward(CodeWriter code, PlannedModel planned)
    {
        (LoweredModel model, ExecutionPlan plan) = (planned.Model, planned.Training);
        code.Line("/// <inheritdoc />");
        code.Line(GeneratedCode.Attribute);
        code.Line("public void Backward(");
        using (code.Block(
            $"    {Annotation(model.TrainingOutput.Shape)} {Floats} outputGradient, bool accumulate = false)"))
        {
            code.Line("using var use = _modelState.UseToTrain();");
            code.Line("int batch = _modelState.Pass.BeginBackward(outputGradient, accumulate);");
            code.Line($"var arena = {ProgramEmitter.ArenaOf(plan.Memory)};");
            int start = 0;
            int total = model.TrainingOutput.Shape.Count;
            foreach ((Head head, Value gradientOfOutput) in model.Heads.Zip(
                planned.OutputGradients, (head, gradient) => (head, gradient)))
            {
                int count = head.Output.Shape.Count;
                string place = $"arena.Slice({ProgramEmitter.Place(plan.Memory, gradientOfOutput)})";
                code.Line(model.HasHeads
                    ? $"ModelKernels::InputColumns.Take(outputGradient, {place}, {start}, {count}, {total});"
                    : $"outputGradient.CopyTo({place});");
                start += count;
            }

            // What the loss has left would stay, or be added to.
            foreach (Value own in plan.GradientsOfLosses)
            {
                string place = $"{model.Layout.OffsetOf(own)}, {own.Shape.Count}";
                code.Line($"_modelState.Gradients.Slice({place}).AsSpan().Clear();");
            }

            code.Line("TrainBackward(_modelState.Input(batch), batch);");
            if (plan.InputGradient is { } gradient)
            {
                code.Line($"_modelState.Pass.SetInputGradient({ProgramEmitter.Place(plan.Memory, gradient)});");
            }

            code.Line("_modelState.Pass.EndBackward(accumulate);");
        }
    }
}
