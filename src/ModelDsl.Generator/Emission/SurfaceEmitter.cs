using ModelDsl.Generator.Planning;

namespace ModelDsl.Generator.Emission;

/// <summary>Writes the public members of a model.</summary>
internal sealed class SurfaceEmitter(
    CodeWriter code, ModelDeclaration declaration, PlannedModel planned, MemberNames members)
{
    /// <summary>The attribute that tells analyzers of shapes.</summary>
    public const string ShapeAttribute = "global::ModelDsl.Shape";

    private static readonly string Trainable =
        $$"""
        /// <inheritdoc />
        {{GeneratedCode.Attribute}}
        public global::System.Span<float> TrainableParameters => _modelState.TrainableParameterSpan;

        /// <inheritdoc />
        {{GeneratedCode.Attribute}}
        public global::System.Span<float> Gradients => _modelState.GradientSpan;
        """;

    private static readonly string Step =
        $$"""
        /// <inheritdoc />
        {{GeneratedCode.Attribute}}
        public long TrainingStep
        {
            get => _modelState.TrainingStep;
            set => _modelState.TrainingStep = value;
        }
        """;

    private LoweredModel Model => planned.Model;

    // Members that a model which only predicts does not have, with an empty line behind them.
    private string ForTraining(string members) => Model.IsForInference ? "" : members + "\n\n";

    public void Write()
    {
        code.Line(GeneratedCode.Attribute);
        code.Line("private readonly ModelKernels::ModelState _modelState;");
        code.Separate();
        foreach (Head head in Model.Heads)
        {
            foreach ((string list, IReadOnlyList<float> numbers) in head.Loss.ListsOf(head.Layer))
            {
                code.Line(GeneratedCode.Attribute);
                code.Line($"private static readonly float[] {members.Of(head.Layer, list)} = {Literal.Of(numbers)};");
                code.Separate();
            }
        }

        code.Line("/// <summary>Creates the model with parameters drawn from a seed.</summary>");
        code.Line(
            "/// <param name=\"seed\">The same seed gives the same parameters and the same dropout masks.</param>");
        code.Line(GeneratedCode.Attribute);
        code.Line($"public {declaration.Identifier}(ulong seed = 0) => _modelState = new(Architecture, seed);");
        code.Separate();
        code.Line(GeneratedCode.Attribute);
        code.Line($"private {declaration.Identifier}(ModelKernels::ModelState state) => _modelState = state;");
        code.Separate();
        DescriptionEmitter.Write(code, declaration, planned, members);
        code.Separate();
        WriteContract();
        if (Model.Input.IsTokens)
        {
            code.Separate();
            WriteTokenOverloads();
        }

        if (planned.Training.IsRandom)
        {
            code.Separate();
            code.Line("/// <inheritdoc />");
            code.Line(GeneratedCode.Attribute);
            code.Line("ulong global::ModelDsl.IModel.DropoutSeed");
            code.Line("{");
            code.Line("    get => _modelState.Seed;");
            code.Line("    set => _modelState.Seed = value;");
            code.Line("}");
        }

        if (declaration.Precision == Precision.Float16 && !declaration.IsForInference)
        {
            code.Separate();
            code.Line("/// <inheritdoc />");
            code.Line(GeneratedCode.Attribute);
            code.Line($"public float {ModelMembers.LossScale}");
            code.Line("{");
            code.Line("    get => _modelState.LossScale;");
            code.Line("    set => _modelState.LossScale = value;");
            code.Line("}");
        }

        if (declaration.HasInputGradient)
        {
            code.Separate();
            BackwardEmitter.Write(code, planned);
        }

        if (declaration.KeepsActivations)
        {
            code.Separate();
            ActivationEmitter.Write(code);
        }

        if (declaration.HasChecks)
        {
            code.Separate();
            ChecksEmitter.Write(code, declaration);
        }

        if (declaration.ClipsSamples)
        {
            code.Separate();
            ClippingEmitter.Write(code, Model);
        }

        if (planned.Training.AddsPenalty)
        {
            code.Separate();
            code.Line("/// <inheritdoc />");
            code.Line(GeneratedCode.Attribute);
            code.Line("float global::ModelDsl.IModel.Penalty => _modelState.Penalty;");
        }

        if (Model.HasHeads)
        {
            code.Separate();
            HeadEmitter.Write(code, Model);
        }

        if (NamedInput.Of(Model) is { Count: > 0 } towers)
        {
            code.Separate();
            NamedInputEmitter.Write(code, towers, Model.TrainingOutput.Shape, Model.IsForInference);
        }

        WriteParameters();
    }

    private void WriteContract()
    {
        string type = declaration.TypeName;
        var text = new CallText(
            value => throw new InvalidOperationException($"{value} is not there after the forward pass."), members);
        const string hold =
            "ModelKernels::ModelHold global::ModelDsl.IInferenceModel.Hold(ModelKernels::ModelAccess access)";
        string input = BatchShape(Model.Input);
        string output = BatchShape(Model.TrainingOutput.Shape);
        string weights = declaration.Precision == Precision.Float32
            ? PackedWeights(text)
            : $"global::ModelDsl.Precision.{declaration.Precision}{string.Concat(NarrowWeights().Select(weight => $", {weight}"))}";
        code.Line(
            $$"""
            /// <inheritdoc />
            {{GeneratedCode.Attribute}}
            public global::ModelDsl.ModelDescription Description => Architecture;

            /// <inheritdoc />
            {{GeneratedCode.Attribute}}
            public global::System.Span<float> Parameters => _modelState.ParameterSpan;

            {{ForTraining(Trainable)}}/// <inheritdoc />
            {{GeneratedCode.Attribute}}
            [{{output}}]
            public global::System.ReadOnlySpan<float> Outputs => _modelState.Outputs;

            {{ForTraining(Step)}}{{GeneratedCode.Attribute}}
            static {{type}} global::ModelDsl.IInferenceModel<{{type}}>.Create(ulong seed) => new(seed);

            {{GeneratedCode.Attribute}}
            {{hold}} => _modelState.Hold(access);

            /// <inheritdoc />
            {{GeneratedCode.Attribute}}
            public {{type}} ForInference() => new(_modelState.ForInference({{weights}}));

            /// <summary>Reads a model that <see cref="Save(string)"/> wrote.</summary>
            /// <param name="path">A safetensors file.</param>
            /// <exception cref="global::System.IO.InvalidDataException">The file is damaged or holds another architecture.</exception>
            {{GeneratedCode.Attribute}}
            public static {{type}} Load(string path) => Load(path, global::ModelDsl.SafetensorsFile.MaxHeaderBytes);

            /// <summary>As <see cref="Load(string)"/>, with a limit for what a header may take.</summary>
            /// <param name="path">A safetensors file.</param>
            /// <param name="maxHeaderBytes">The most bytes of a header to take memory for; a longer one is refused.</param>
            {{GeneratedCode.Attribute}}
            public static {{type}} Load(string path, int maxHeaderBytes)
            {
                var model = new {{type}}(new ModelKernels::ModelState(Architecture));
                global::ModelDsl.ModelFile.Load(path, model, maxHeaderBytes);
                return model;
            }

            /// <summary>Writes the parameters as a safetensors file, whole or not at all.</summary>
            {{GeneratedCode.Attribute}}
            public void Save(string path) => global::ModelDsl.ModelFile.Save(path, this);

            /// <inheritdoc />
            {{GeneratedCode.Attribute}}
            [return: {{input}}]
            public global::System.Span<float> GetInputBuffer(int count) => _modelState.GetInputBuffer(count);

            {{ComputingMembers("float", "samples", "LoadSamples", _ => "<inheritdoc />")}}
            """);
        if (planned.Evaluation is null && !Model.IsForInference)
        {
            WriteEvaluation(text);
        }
    }

    private void WriteEvaluation(CallText text)
    {
        code.Separate();
        code.Line(GeneratedCode.Attribute);
        const string Parameters = "ModelKernels::FloatSpan samples, global::ModelDsl.Targets targets, int batch";
        using (code.Block($"private float Evaluate({Parameters})"))
        {
            code.Line($"{(Model.HasHeads ? "Infer" : "var output = Infer")}(samples, batch);");
            foreach (KernelCall call in Model.Evaluation)
            {
                text.Write(code, call);
            }

            code.Line("return loss;");
        }
    }

    private string PackedWeights(CallText text) =>
        string.Join(", ", planned.Inference.PackableWeights.Looked(code.Cancellation).Select(packable =>
            packable.Geometry is { } geometry
                ? Layout("Filters", packable.Weight, text.Texts(geometry.Arguments))
                : Layout(
                    "Matrix", packable.Weight, [$"{packable.Weight.Shape.Rows}", $"{packable.Weight.Shape.Columns}"])));

    private string Layout(string kind, Value weight, string[] shape) =>
        $"ModelKernels::WeightLayout.{kind}({Model.Layout.OffsetOf(weight.Root)}, {string.Join(", ", shape)})";

    // Where each weight lies, and its length.
    private IEnumerable<string> NarrowWeights() => planned.NarrowWeights
        .Looked(code.Cancellation)
        .Select(weight => $"({weight.Offset}, {weight.Length})");

    private void WriteTokenOverloads() =>
        code.Line(ComputingMembers(
            "int", "tokens", "LoadTokens", member => $"<summary>As <see cref=\"{member}\"/>, from tokens.</summary>"));

    // What computes with samples: of numbers, or of tokens.
    private string ComputingMembers(
        string element, string samples, string load, Func<string, string> document)
    {
        string input = BatchShape(Model.Input);
        string output = BatchShape(Model.TrainingOutput.Shape);
        const string Numbers = "global::System.ReadOnlySpan{float}";
        const string Targets = "global::ModelDsl.Targets";
        string predict = element == "float" && planned.Inference.SamplesInPart is not null
            ? $"Infer({samples})"
            : $"Infer(_modelState.{load}({samples}, out int batch), batch)";
        string training =
            $$"""
            /// {{document($"ComputeGradients({Numbers}, {Targets})")}}
            {{GeneratedCode.Attribute}}
            public float ComputeGradients(
                [{{input}}] global::System.ReadOnlySpan<{{element}}> {{samples}}, {{Targets}} targets)
            {
                using var use = _modelState.UseToTrain();
                return Train(_modelState.{{load}}({{samples}}, out int batch), targets, batch);
            }

            /// {{document($"ComputeLoss({Numbers}, {Targets})")}}
            {{GeneratedCode.Attribute}}
            public float ComputeLoss(
                [{{input}}] global::System.ReadOnlySpan<{{element}}> {{samples}}, {{Targets}} targets)
            {
                using var use = _modelState.Use();
                return Evaluate(_modelState.{{load}}({{samples}}, out int batch), targets, batch);
            }
            """;
        return
            $$"""
            {{ForTraining(training)}}/// {{document($"Predict({Numbers})")}}
            {{GeneratedCode.Attribute}}
            [return: {{output}}]
            public global::System.ReadOnlySpan<float> Predict(
                [{{input}}] global::System.ReadOnlySpan<{{element}}> {{samples}})
            {
                using var use = _modelState.Use();
                {{predict}};
                return use.Outputs;
            }
            """;
    }

    private void WriteParameters()
    {
        foreach (Parameter parameter in Model.Layout.Parameters)
        {
            string text = SummaryTable.Escape(parameter.Layer.Declaration.Quoted);
            string shape = $"[{parameter.Value.Shape.ToString(", ")}]";
            string tensor = $"The tensor {parameter.Id.FileName} of {shape}, from {text}.";
            WriteTensor(members.Of(parameter), "Parameters", tensor, parameter);
            if (members.GradientOf(parameter) is { } gradient && !Model.IsForInference)
            {
                WriteTensor(
                    gradient,
                    "Gradients",
                    $"The last batch's gradient by {parameter.Id.FileName}, of {shape}.",
                    parameter);
            }
        }

        void WriteTensor(string member, string memory, string summary, Parameter parameter)
        {
            code.Separate();
            code.Line($"/// <summary>{summary}</summary>");
            code.Line(GeneratedCode.Attribute);
            code.Line($"[{ShapeAttribute}({parameter.Value.Shape.ToString(", ")})]");
            string place = $"{Model.Layout.OffsetOf(parameter.Value)}, {parameter.Value.Shape.Count}";
            code.Line($"public global::System.Span<float> {member} => {memory}.Slice({place});");
        }
    }

    /// <summary>The attribute of a batch of a shape, without brackets.</summary>
    public static string BatchShape(TensorShape shape) => $"{ShapeAttribute}({shape.ToString(", ")}, Batch = true)";

    /// <summary>A shape as the runtime's, its type left to the context.</summary>
    public static string Shape(TensorShape shape) => $"new({shape.ToString(", ")})";
}
