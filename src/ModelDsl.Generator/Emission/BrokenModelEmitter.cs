using ModelDsl.Generator.Layers;

namespace ModelDsl.Generator.Emission;

/// <summary>
/// Writes the public members of a model that breaks a rule, without code behind them, so that the broken rule is the only
/// error and not one more at every use of the model.
/// </summary>
internal static class BrokenModelEmitter
{
    public static string Emit(ModelDeclaration declaration, EquatableArray<ShapeIssue> issues, CancellationToken cancellation)
    {
        var code = new CodeWriter(cancellation);
        if (declaration.IsForInference)
        {
            // What these switches add is for models that can be trained.
            declaration = declaration with
            {
                HasInputGradient = false,
                KeepsActivations = false,
                ClipsSamples = false,
                HasChecks = false,
            };
        }

        PartialTypeWriter.Write(code, declaration, () =>
        {
            using (code.Block(PartialTypeWriter.ClassHeader(declaration, isGenerative: true)))
            {
                WriteMembers(code, declaration, Reason(declaration, issues));
                if (IsOfTokens(declaration))
                {
                    WriteTokenOverloads(code, declaration);
                }

                WriteTensors(code, declaration, cancellation);
            }
        });
        return code.ToString();
    }

    private static bool IsOfTokens(ModelDeclaration declaration) =>
        declaration.Layers.Any(layer => layer.Attribute is InputAttribute { Type: ElementType.Token });

    private static void WriteMembers(CodeWriter code, ModelDeclaration declaration, string reason)
    {
        WriteInputs(code, declaration);
        WriteHeads(code, declaration);
        if (declaration.HasInputGradient)
        {
            BackwardEmitter.WriteBroken(code, IsOfTokens(declaration));
        }

        if (declaration.KeepsActivations)
        {
            ActivationEmitter.WriteBroken(code);
        }

        if (declaration.HasChecks)
        {
            ChecksEmitter.WriteBroken(code, declaration);
        }

        if (declaration.ClipsSamples)
        {
            ClippingEmitter.WriteBroken(code, IsOfTokens(declaration));
        }

        if (declaration.Precision == Precision.Float16 && !declaration.IsForInference)
        {
            code.Line(
                $$"""
                /// <inheritdoc />
                {{GeneratedCode.Attribute}}
                public float {{ModelMembers.LossScale}}
                {
                    get => throw Broken();
                    set => throw Broken();
                }
                """);
            code.Separate();
        }

        string type = declaration.TypeName;
        code.Line(
            $$"""
            /// <summary>Not available: the model breaks a rule of ModelDsl, see the compiler's diagnostics.</summary>
            {{GeneratedCode.Attribute}}
            public {{declaration.Identifier}}(ulong seed = 0) => throw Broken();

            /// <inheritdoc />
            {{GeneratedCode.Attribute}}
            public static global::ModelDsl.ModelDescription Architecture => throw Broken();

            /// <inheritdoc />
            {{GeneratedCode.Attribute}}
            public global::ModelDsl.ModelDescription Description => throw Broken();

            /// <inheritdoc />
            {{GeneratedCode.Attribute}}
            public global::System.Span<float> Parameters => throw Broken();

            /// <inheritdoc />
            {{GeneratedCode.Attribute}}
            public global::System.ReadOnlySpan<float> Outputs => throw Broken();

            {{GeneratedCode.Attribute}}
            static {{type}} global::ModelDsl.IInferenceModel<{{type}}>.Create(ulong seed) => throw Broken();

            /// <inheritdoc />
            {{GeneratedCode.Attribute}}
            public {{type}} ForInference() => throw Broken();

            /// <inheritdoc cref="Predict(global::System.ReadOnlySpan{float})" />
            {{GeneratedCode.Attribute}}
            public static {{type}} Load(string path) => throw Broken();

            /// <inheritdoc cref="Predict(global::System.ReadOnlySpan{float})" />
            {{GeneratedCode.Attribute}}
            public static {{type}} Load(string path, int maxHeaderBytes) => throw Broken();

            /// <inheritdoc cref="Predict(global::System.ReadOnlySpan{float})" />
            {{GeneratedCode.Attribute}}
            public void Save(string path) => throw Broken();

            /// <inheritdoc />
            {{GeneratedCode.Attribute}}
            public global::System.Span<float> GetInputBuffer(int count) => throw Broken();

            /// <inheritdoc />
            {{GeneratedCode.Attribute}}
            public global::System.ReadOnlySpan<float> Predict(global::System.ReadOnlySpan<float> samples) => throw Broken();

            /// <inheritdoc />
            {{GeneratedCode.Attribute}}
            public global::ModelDsl.TokenGenerator CreateGenerator() => throw Broken();

            /// <inheritdoc cref="Predict(global::System.ReadOnlySpan{float})" />
            {{GeneratedCode.Attribute}}
            public global::System.Collections.Generic.IEnumerable<int> Generate(
                global::System.ReadOnlySpan<int> prompt, int count, global::ModelDsl.TokenSampler sampler) => throw Broken();

            {{GeneratedCode.Attribute}}
            private static global::System.InvalidOperationException Broken() =>
                new({{Literal.Of(reason)}});
            """);
        if (!declaration.IsForInference)
        {
            code.Separate();
            WriteTraining(code);
        }
    }

    private static void WriteTraining(CodeWriter code) => code.Line(
            $$"""
            /// <inheritdoc />
            {{GeneratedCode.Attribute}}
            public global::System.Span<float> TrainableParameters => throw Broken();

            /// <inheritdoc />
            {{GeneratedCode.Attribute}}
            public global::System.Span<float> Gradients => throw Broken();

            /// <inheritdoc />
            {{GeneratedCode.Attribute}}
            public long TrainingStep
            {
                get => throw Broken();
                set => throw Broken();
            }

            /// <inheritdoc />
            {{GeneratedCode.Attribute}}
            public float ComputeGradients(
                global::System.ReadOnlySpan<float> samples, global::ModelDsl.Targets targets) => throw Broken();

            /// <inheritdoc />
            {{GeneratedCode.Attribute}}
            public float ComputeLoss(
                global::System.ReadOnlySpan<float> samples, global::ModelDsl.Targets targets) => throw Broken();
            """);

    // What the analyzers report, for those who have silenced them. No lines of the file: an edit elsewhere changes nothing here.
    private static string Reason(ModelDeclaration declaration, EquatableArray<ShapeIssue> issues)
    {
        string[] broken =
        [
            .. issues.Where(issue => issue.Message.IsError).Select(issue =>
            {
                string place = issue.Place?.Index is { } index ? $" (layer attribute {index + 1}: {declaration.Layers[index].Quoted})" : "";
                return $"{issue.Rule.Id}: {issue.Message}{place}";
            }),
        ];
        return broken.Length == 0
            ? $"{declaration.Name} cannot run: the C# compiler rejects one of its attributes"
            : $"{declaration.Name} breaks a rule of ModelDsl. {string.Join(" ", broken)}";
    }

    private static void WriteTensors(CodeWriter code, ModelDeclaration declaration, CancellationToken cancellation)
    {
        var own = new HashSet<string>(declaration.Members, StringComparer.Ordinal) { declaration.Name };
        foreach (string member in new MemberNames(KnownTensors.Of(declaration, cancellation), []).Tensors)
        {
            if (!own.Contains(member) && !GeneratedMembers.IsTaken(member))
            {
                code.Separate();
                code.Line("/// <inheritdoc cref=\"Parameters\" />");
                code.Line(GeneratedCode.Attribute);
                code.Line($"public global::System.Span<float> {member} => throw Broken();");
            }
        }
    }

    private static void WriteTokenOverloads(CodeWriter code, ModelDeclaration declaration)
    {
        code.Separate();
        code.Line(
            $$"""
            /// <inheritdoc cref="Predict(global::System.ReadOnlySpan{float})" />
            {{GeneratedCode.Attribute}}
            public global::System.ReadOnlySpan<float> Predict(
                global::System.ReadOnlySpan<int> tokens) => throw Broken();
            """);
        if (declaration.IsForInference)
        {
            return;
        }

        code.Separate();
        code.Line(
            $$"""
            /// <inheritdoc cref="Predict(global::System.ReadOnlySpan{float})" />
            {{GeneratedCode.Attribute}}
            public float ComputeGradients(
                global::System.ReadOnlySpan<int> tokens, global::ModelDsl.Targets targets) => throw Broken();

            /// <inheritdoc cref="Predict(global::System.ReadOnlySpan{float})" />
            {{GeneratedCode.Attribute}}
            public float ComputeLoss(
                global::System.ReadOnlySpan<int> tokens, global::ModelDsl.Targets targets) => throw Broken();
            """);
    }

    private static void WriteInputs(CodeWriter code, ModelDeclaration declaration)
    {
        if (declaration.Layers.Count == 0)
        {
            return;
        }

        NamedInput[] inputs =
            [.. ModelInputs.HasTowers(declaration.Layers[0]) ? Towers(declaration.Layers[0]) : OwnInputs(declaration)];

        // Two of one name are reported, and no method has two parameters of one name.
        int names = inputs.Select(input => input.Name).Distinct(StringComparer.Ordinal).Count();
        if (names > 1 && names == inputs.Length)
        {
            NamedInputEmitter.WriteBroken(code, inputs, declaration.IsForInference);
            code.Separate();
        }
    }

    private static IEnumerable<NamedInput> Towers(LayerDeclaration layer)
    {
        for (int i = 0; i < layer.TypeArguments.Count; i++)
        {
            if (layer.TypeArguments[i].Block is { } block && ModelInputs.StartsWithInput(block))
            {
                yield return Input(ModelInputs.NameOf(layer, i), block.Layers[0]);
            }
        }
    }

    private static IEnumerable<NamedInput> OwnInputs(ModelDeclaration declaration)
    {
        var names = new LayerNames(declaration.Layers, LayerPlace.InModel(0));
        return declaration.Layers
            .TakeWhile((layer, number) =>
                layer.Attribute is InputAttribute && (number == 0 || ModelInputs.IsFurtherInput(layer)))
            .Select((layer, number) => Input(names.NameOf(number, []), layer));
    }

    private static NamedInput Input(string name, LayerDeclaration input) =>
        new(name, new TensorShape(1) with { IsTokens = InputLayer.IsOfTokens(input) });

    private static void WriteHeads(CodeWriter code, ModelDeclaration declaration)
    {
        LayerDeclaration? outputs = declaration.Layers.FirstOrDefault(layer => LayerCatalog.Find(layer.AttributeType) is { TakesHeads: true });
        if (outputs is null)
        {
            return;
        }

        List<string> members = ["HeadLosses"];
        for (int i = 0; i < outputs.TypeArguments.Count; i++)
        {
            if (outputs.TypeArguments[i].Block is not null)
            {
                members.Add(ModelMembers.HeadOutputs(ModelInputs.NameOf(outputs, i)));
            }
        }

        foreach (string member in members.Where(member => member != declaration.Name && !declaration.Members.Contains(member)))
        {
            code.Line("/// <inheritdoc cref=\"Predict(global::System.ReadOnlySpan{float})\" />");
            code.Line(GeneratedCode.Attribute);
            code.Line($"public global::System.ReadOnlySpan<float> {member} => throw Broken();");
            code.Separate();
        }
    }
}
