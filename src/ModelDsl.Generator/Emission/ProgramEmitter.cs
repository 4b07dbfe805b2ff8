using ModelDsl.Generator.Lowering.Clipping;
using ModelDsl.Generator.Planning;

namespace ModelDsl.Generator.Emission;

/// <summary>
/// Writes a program as a straight-line method. Three or more copies of a block become one method that is called for each; what is
/// still too long for the just-in-time compiler to optimise as a whole becomes several methods, called in order.
/// </summary>
internal sealed class ProgramEmitter
{
    // The runtime compiles a method of more than some 2,000 locals or 60,000 bytes without optimising it. An operation
    // takes up to ten locals, and a hundred operations are about what one can still read in one piece.
    private const int MostOperationsInOneMethod = 100;

    // Beyond it the JIT calls kernels that it else inlines: seven dense layers took 30 times as long as three.
    private const int SmallOperationsInAPart = 3;
    private const int OperationsInAPart = 50;

    private const string FloatSpan = "ModelKernels::FloatSpan";
    private const string Targets = "global::ModelDsl.Targets";

    private readonly CodeWriter _code;
    private readonly LoweredModel _model;
    private readonly ExecutionPlan _plan;
    private readonly ProgramKind _kind;
    private readonly HashSet<string> _taken;
    private readonly OperationWriter _writer;
    private readonly Dictionary<int, RepeatedSection> _repeats;
    private readonly MemberNames _members;
    private readonly List<(string Method, int Start, int End)> _parts = [];
    private readonly List<(string Method, RepeatedSection Section, int Start, int End)> _copies = [];
    private readonly List<(string Method, SampleLoop Loop, IReadOnlyList<Operation> Part)> _loops = [];

    /// <param name="code">Where to.</param>
    /// <param name="model">The model.</param>
    /// <param name="plan">The program.</param>
    /// <param name="kind">What it is for.</param>
    /// <param name="members">The names of the model's members.</param>
    /// <param name="others">The names of the class's other members: methods of the program's parts step aside.</param>
    /// <param name="findsParameters">Whether a copy for inference holds parameters in other places.</param>
    public ProgramEmitter(
        CodeWriter code,
        LoweredModel model,
        ExecutionPlan plan,
        ProgramKind kind,
        MemberNames members,
        IEnumerable<string> others,
        bool findsParameters = false)
    {
        _taken = new HashSet<string>(others, StringComparer.Ordinal);
        (_code, _model, _plan, _kind, _members) = (code, model, plan, kind, members);
        FindsParameters = findsParameters || (kind != ProgramKind.Training && plan.NarrowWeights.Count > 0);
        _writer = CreateWriter(code, null);
        _repeats = plan.Repeats.ToDictionary(section => section.Start);
    }

    /// <summary>
    /// Whether forward and backward pass of training are methods of their own, since others call them too.
    /// </summary>
    public bool SeparatesPasses { get; init; }

    private string Parameters => _kind switch
    {
        ProgramKind.Step => $"{FloatSpan} samples, {FloatSpan} arena, int position",
        ProgramKind.Clipping => $"{FloatSpan} samples, {Targets} targets, int batch, float maxNorm",
        _ when TakesArena => $"{FloatSpan} samples, {FloatSpan} arena, int batch",
        _ => $"{FloatSpan} samples, int batch",
    };

    // A copy that only predicts holds some of the parameters in 16 bits, and the others close together.
    private bool FindsParameters { get; }

    private string Arguments => _kind switch
    {
        ProgramKind.Step => "samples, arena, position",
        ProgramKind.Clipping => "samples, targets, batch, maxNorm",
        _ when TakesArena => "samples, arena, batch",
        _ => "samples, batch",
    };

    // Programs whose memory is the caller's: one token, or a part of a batch.
    private bool TakesArena =>
        _kind == ProgramKind.Step || (_kind == ProgramKind.Inference && _plan.SamplesInPart is not null);

    public void WriteTraining()
    {
        (int loss, int afterLoss) = _plan.Comparison;
        using (_code.Region("Training: forward pass, loss and backward pass"))
        {
            _code.Line(GeneratedCode.Attribute);
            using (_code.Block($"private float Train({FloatSpan} samples, global::ModelDsl.Targets targets, int batch)"))
            {
                bool hasPenalty = _plan.AddsPenalty;
                if (SeparatesPasses)
                {
                    _code.Line("_modelState.Pass.Begin();");
                }

                if (hasPenalty)
                {
                    _code.Line("_modelState.Penalty = 0f;");
                }

                if (SeparatesPasses)
                {
                    _code.Line($"TrainForward({Arguments});");
                    WriteMethodBody("Train", loss, afterLoss);
                    _code.Separate();
                    _code.Line($"TrainBackward({Arguments});");
                }
                else if (UnitsOf(0, _plan.Operations.Count) <= MostOperationsInOneMethod)
                {
                    WriteMemory(0, _plan.Operations.Count);
                    _writer.StartMethod();
                    WriteUnits("TrainForward", 0, loss);
                    WriteUnits("TrainBackward", loss, _plan.Operations.Count);
                }
                else
                {
                    CallParts("TrainForward", 0, loss);
                    WriteMethodBody("TrainForward", loss, afterLoss);
                    _code.Separate();
                    CallParts("TrainBackward", afterLoss, _plan.Operations.Count);
                }

                WriteOutputs();
                if (_plan.InputGradient is { } inputGradient)
                {
                    _code.Line($"_modelState.Pass.SetInputGradient({Place(_plan.Memory, inputGradient)});");
                }

                _code.Line("_modelState.TrainingStep++;");
                _code.Line(hasPenalty ? "return loss + _modelState.Penalty;" : "return loss;");
            }

            if (SeparatesPasses)
            {
                WritePass("TrainForward", 0, loss);
                WritePass("TrainBackward", afterLoss, _plan.Operations.Count);
            }

            WriteOtherMethods();
        }
    }

    /// <summary>Writes the program whose gradients are the sum of those of the samples, each clipped to a
    /// norm.</summary>
    public void WriteClipping()
    {
        using (_code.Region("Training with the gradient of each sample clipped"))
        {
            _code.Line(GeneratedCode.Attribute);
            using (_code.Block($"private float TrainClipped({Parameters})"))
            {
                _code.Line("_modelState.Clipping.Begin(batch, maxNorm);");
                if (_plan.AddsPenalty)
                {
                    _code.Line("_modelState.Penalty = 0f;");
                }

                if (_plan.Operations.Count <= MostOperationsInOneMethod)
                {
                    WriteMethodBody("TrainClipped", 0, _plan.Operations.Count);
                }
                else
                {
                    CallParts("TrainClipped", 0, _plan.Operations.Count);
                }

                WriteOutputs();
                if (_plan.SampleSquares is { } squares)
                {
                    _code.Line($"_modelState.Clipping.SetNorms({Place(_plan.Memory, squares)});");
                }

                _code.Line("_modelState.TrainingStep++;");
                string loss = "_modelState.Clipping.End()";
                _code.Line($"return {loss}{(_plan.AddsPenalty ? " + _modelState.Penalty" : "")};");
            }

            WriteOtherMethods();
        }
    }

    public void WriteInference()
    {
        if (_plan.SamplesInPart is { } samples)
        {
            WriteParts(samples);
            return;
        }

        bool isSmall = _plan.Operations.Count <= MostOperationsInOneMethod
            && Enumerable.Range(0, _plan.Operations.Count).All(operation => _plan.SmallCall(operation) is not null);
        using (_code.Region("Inference: forward pass"))
        {
            if (isSmall)
            {
                WriteSmall();
                _code.Separate();
            }

            _code.Line(GeneratedCode.Attribute);
            using (_code.Block($"private {FloatSpan} Infer({FloatSpan} samples, int batch)"))
            {
                if (isSmall)
                {
                    using (_code.Block("if (batch == 1)"))
                    {
                        _code.Line("return InferOne(samples);");
                    }

                    _code.Separate();
                }

                WriteForward("Infer");
                WriteOutputs();
                _code.Line($"return {_writer.Name(_plan.Output)};");
            }

            WriteOtherMethods();
        }
    }

    // The forward pass of a few samples, and what calls it for all of a batch.
    private void WriteParts(int samples)
    {
        using (_code.Region("Inference: forward pass"))
        {
            string together = samples == 1 ? "One sample" : $"At most {samples} samples";
            const string Why = "their values between layers stay in the cache, and threads compute different ones";
            _code.Line($"// {together} at a time: {Why}.");
            _code.Line(GeneratedCode.Attribute);
            _code.Line($"private {FloatSpan} Infer({FloatSpan} samples, int batch) =>");
            MemoryPlan memory = _plan.Memory;
            string sizes = $"{samples}, {memory.FloatsPerSample}, {memory.FixedFloats}, {_plan.Output.Shape.Count}";
            _code.Line($"    _modelState.InferParts(this, samples, batch, {sizes});");
            _code.Separate();
            _code.Line(GeneratedCode.Attribute);
            _code.Line("private void Infer(global::System.ReadOnlySpan<float> samples) =>");
            _code.Line($"    _modelState.InferParts(this, samples, {sizes});");
            _code.Separate();
            _code.Line(GeneratedCode.Attribute);
            using (_code.Block($"{FloatSpan} ModelKernels::IPartwiseModel.InferPart({Parameters})"))
            {
                WriteForward("Infer");
                _code.Separate();
                _code.Line($"return {_writer.Name(_plan.Output)};");
            }

            WriteOtherMethods();
        }
    }

    /// <summary>
    /// Writes the loss of what the forward pass leaves, where it takes more than the calls of kernels.
    /// </summary>
    public void WriteEvaluation()
    {
        _code.Separate();
        _code.Line(GeneratedCode.Attribute);
        using (_code.Block($"private float Evaluate({FloatSpan} samples, {Targets} targets, int batch)"))
        {
            string infer = "Infer(samples, batch)";
            if (_model.HasHeads)
            {
                _code.Line($"{infer};");
            }

            for (int head = 0; head < _model.EvaluationInputs.Count; head++)
            {
                string output = _model.HasHeads ? $"_modelState.Heads.View({head})" : infer;
                _code.Line($"var {_writer.Name(_model.EvaluationInputs[head])} = {output};");
            }

            WriteMethodBody("Evaluate", 0, _plan.Operations.Count);
            _code.Separate();
            _code.Line("return loss;");
        }
    }

    /// <summary>Writes the program of one token, whose arena and position are the caller's.</summary>
    public void WriteStep()
    {
        using (_code.Region("Generation: forward pass of one token, after those that are kept"))
        {
            _code.Line(GeneratedCode.Attribute);
            using (_code.Block($"private {FloatSpan} InferStep({Parameters})"))
            {
                _code.Line("using var hold = _modelState.Hold(ModelKernels::ModelAccess.Read);");
                WriteForward("InferStep");
                _code.Separate();
                _code.Line($"return {_writer.Name(_plan.Output)};");
            }

            WriteOtherMethods();
        }
    }

    // One of the passes of training as a method.
    private void WritePass(string name, int start, int end)
    {
        _code.Separate();
        _code.Line(GeneratedCode.Attribute);
        using (_code.Block($"private void {name}({Parameters})"))
        {
            if (UnitsOf(start, end) <= MostOperationsInOneMethod)
            {
                WriteMethodBody(name, start, end);
            }
            else
            {
                CallParts(name, start, end);
            }
        }
    }

    private OperationWriter CreateWriter(CodeWriter code, CopyTemplate? template) => new(code, _model, _plan, _members, template)
    {
        TakesPackedWeights = _kind == ProgramKind.Inference,
        InputName = _kind == ProgramKind.Evaluation ? "modelOutput" : null,
        FindsParameters = FindsParameters,
    };

    private void WriteForward(string name)
    {
        int count = _plan.Operations.Count;
        int inline = UnitsOf(0, count) <= MostOperationsInOneMethod ? 0 : LastUnit();
        CallParts(name + "Part", 0, inline);
        WriteMethodBody(name, inline, count);
        _writer.Declare(_plan.Output.Root);
    }

    // Where every layer is small, one sample takes less time than the calls of the kernels would. Compiled once,
    // optimised, at the first call: unlike the other programs this one does all the work itself. The JIT inlines only
    // so much into one method, so many layers are several.
    private void WriteSmall()
    {
        int count = _plan.Operations.Count;
        List<(string Method, int Start, int End)> parts = [];
        for (int start = 0; count > SmallOperationsInAPart && start < count; start += SmallOperationsInAPart)
        {
            int number = parts.Count + 1;
            parts.Add((UniqueMethod($"InferOnePart{number}"), start, Math.Min(start + SmallOperationsInAPart, count)));
        }

        using (SmallMethod($"private {FloatSpan} InferOne({FloatSpan} samples)"))
        {
            foreach ((string method, _, _) in parts)
            {
                _code.Line($"{method}(samples);");
            }

            WriteSmall(parts.Count == 0 ? 0 : count, count);
            _writer.Declare(_plan.Output.Root);
            WriteOutputs();
            _code.Line($"return {_writer.Name(_plan.Output)};");
        }

        foreach ((string method, int start, int end) in parts)
        {
            _code.Separate();
            using (SmallMethod($"private void {method}({FloatSpan} samples)"))
            {
                WriteSmall(start, end);
            }
        }
    }

    private IDisposable SmallMethod(string header)
    {
        _code.Line(GeneratedCode.Attribute);
        _code.Line("[global::System.Runtime.CompilerServices.MethodImpl(");
        _code.Line("    global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]");
        return _code.Block(header);
    }

    private void WriteSmall(int start, int end)
    {
        _code.Line("const int batch = 1;");
        WriteMemory([.. Enumerable.Range(start, end - start)]);
        _writer.StartMethod();
        for (int i = start; i < end; i++)
        {
            _writer.WriteSmall(i);
        }
    }

    private void CallParts(string name, int start, int end)
    {
        for (int number = 1; start < end; number++)
        {
            int next = start;
            for (int units = 0; units < OperationsInAPart && next < end; units++)
            {
                next = AfterUnit(next);
            }

            string method = $"{name}{number}";
            while (!_taken.Add(method))
            {
                method = $"{name}{++number}";
            }

            _parts.Add((method, start, next));
            _code.Line($"{method}({Arguments});");
            start = next;
        }
    }

    // The methods that those before have called.
    private void WriteOtherMethods()
    {
        foreach ((string method, int start, int end) in _parts)
        {
            _code.Separate();
            _code.Line(GeneratedCode.Attribute);
            using (_code.Block($"private void {method}({Parameters})"))
            {
                WriteMethodBody(method, start, end);
            }
        }

        foreach ((string method, RepeatedSection section, int start, int end) in _copies)
        {
            WriteCopies(method, section, start, end);
        }

        foreach ((string method, SampleLoop loop, IReadOnlyList<Operation> part) in _loops)
        {
            WriteSample(method, loop, part);
        }
    }

    private void WriteMethodBody(string name, int start, int end)
    {
        WriteMemory(start, end);
        _writer.StartMethod();
        WriteUnits(name, start, end);
    }

    private void WriteUnits(string name, int start, int end)
    {
        for (int i = start; i < end; i = AfterUnit(i))
        {
            if (RepeatAt(i) is { } repeat)
            {
                CallCopies(name, repeat);
            }
            else if (_plan.Operations[i] is SampleLoop loop)
            {
                CallSamples(name, i, loop);
            }
            else
            {
                _writer.Write(i);
            }
        }
    }

    private void CallCopies(string name, RepeatedSection section)
    {
        _code.Separate();
        string block = UniqueNames.Of(section.Block);
        _code.Line($"// {block}: copies {section.Copies[0].Path.Copy} to {section.Copies[section.Copies.Count - 1].Path.Copy}, the same operations on other memory");
        using (_code.Block($"for (int copy = 0; copy < {section.Copies.Count}; copy++)"))
        {
            for (int start = 0; start < section.Length; start += OperationsInAPart)
            {
                int end = Math.Min(start + OperationsInAPart, section.Length);
                string part = section.Length <= OperationsInAPart ? "" : $"_{(start / OperationsInAPart) + 1}";
                string method = UniqueMethod($"{name}_{UniqueNames.Capitalized(block)}{part}");
                _copies.Add((method, section, start, end));
                int width = WriteTemplate(section, start, end, _code.CreateDraft()).Width;
                _code.Line($"{method}({Arguments}, new({Places(method)}, copy * {width}, {width}));");
            }
        }
    }

    // A loop over the samples, which calls the methods that compute one of them.
    private void CallSamples(string name, int index, SampleLoop loop)
    {
        _writer.WriteHead(loop, isBackward: !loop.HasLoss);
        string penalty = loop.AddsGradient && _plan.AddsPenalty ? "_modelState.Penalty" : "";
        if (penalty.Length > 0)
        {
            _code.Line($"float penaltyOfBatch = {penalty};");
        }

        string step = loop.AddsGradient ? "Sample"
            : loop.HasLoss ? "Loss"
            : UniqueNames.Capitalized(UniqueNames.Of(loop.Layer.Path));
        using (_code.Block("for (int sample = 0; sample < batch; sample++)"))
        {
            if (penalty.Length > 0)
            {
                _code.Line($"{penalty} = penaltyOfBatch;");
            }

            string samples = $"samples.Slice(sample * {_model.Input.Count}, {_model.Input.Count})";
            for (int start = 0; start < loop.Body.Count; start += OperationsInAPart)
            {
                string method = UniqueMethod($"{name}_{step}");
                _loops.Add((method, loop, [.. loop.Body.Skip(start).Take(OperationsInAPart)]));
                string targets = loop.HasLoss ? "_modelState.Clipping.TargetsOf(targets, sample), " : "";
                _code.Line($"{method}({samples}, {targets}batch, sample);");
            }

            if (loop.AddsGradient)
            {
                _code.Line("_modelState.Clipping.AddGradient(sample);");
            }
        }

        _writer.WriteFreed(index);
    }

    private void WriteSample(string method, SampleLoop loop, IReadOnlyList<Operation> part)
    {
        _code.Separate();
        _code.Line("// One sample of the batch: each value is that of a batch of 1.");
        _code.Line(GeneratedCode.Attribute);
        string targets = loop.HasLoss ? $"{Targets} targets, " : "";
        using (_code.Block($"private void {method}({FloatSpan} samples, {targets}int batch, int sample)"))
        {
            WriteMemory(part, "Clipping.SampleGradients");
            var writer = new OperationWriter(_code, _model, _plan, _members) { IsOfOneSample = true };
            foreach (Operation operation in part)
            {
                writer.Write(operation, isBackward: operation is not LossOperation);
            }

            if (part.Any(operation => operation is LossOperation))
            {
                _code.Line("_modelState.Clipping.AddLoss(loss);");
            }
        }
    }

    // The table of a method for copies.
    private static string Places(string method) => $"{method}_Places";

    private string UniqueMethod(string name)
    {
        string method = name;
        for (int number = 2; _taken.Contains(method) || _taken.Contains(Places(method)); number++)
        {
            method = $"{name}_{number}";
        }

        _taken.Add(method);
        return method;
    }

    private void WriteCopies(string method, RepeatedSection section, int start, int end)
    {
        _code.Separate();
        _code.Line($"// One copy of {UniqueNames.Of(section.Block)}; {CopyTemplate.Table} says where its values lie.");
        CopyTemplate template;
        _code.Line(GeneratedCode.Attribute);
        using (_code.Block($"private void {method}({Parameters}, global::System.ReadOnlySpan<int> {CopyTemplate.Table})"))
        {
            WriteMemory([.. Enumerable.Range(section.Start + start, end - start)]);
            template = WriteTemplate(section, start, end, _code);
        }

        _code.Separate();
        _code.Line(GeneratedCode.Attribute);
        _code.Line($"private static readonly int[] {Places(method)} =");
        _code.Line("[");
        using (_code.Indent())
        {
            foreach (IEnumerable<int> numbers in template.Rows)
            {
                _code.Line($"{string.Join(", ", numbers.Select(number => $"{number}"))},");
            }
        }

        _code.Line("];");
    }

    // Writes the operations from start to end of the first copy as those of all copies.
    private CopyTemplate WriteTemplate(RepeatedSection section, int start, int end, CodeWriter code)
    {
        var template = new CopyTemplate(section);
        OperationWriter writer = CreateWriter(code, template);
        for (int i = section.Start + start; i < section.Start + end; i++)
        {
            writer.Write(i);
        }

        return template;
    }

    private void WriteMemory(int start, int end)
    {
        List<int> single = [];
        for (int i = start; i < end; i = AfterUnit(i))
        {
            if (RepeatAt(i) is null)
            {
                single.Add(i);
            }
        }

        WriteMemory(single);
    }

    // The variables that the operations of a method share.
    private void WriteMemory(IReadOnlyList<int> indices)
    {
        if (_kind == ProgramKind.Step && ReadsBatch(indices))
        {
            _code.Line("const int batch = 1;");
        }

        // The methods of loops have variables of their own.
        IEnumerable<Operation> operations = indices.Select(index => _plan.Operations[index]);
        WriteMemory([.. operations.Where(operation => operation is not SampleLoop)], "Gradients");
    }

    private void WriteMemory(IReadOnlyList<Operation> operations, string gradients)
    {
        Value[] values =
        [
            .. operations
                .Looked(_code.Cancellation)
                .SelectMany(operation => operation.Values),
        ];
        if (!TakesArena)
        {
            string arena = _kind == ProgramKind.Evaluation ? "LossArena" : "Arena";
            _code.Line($"var arena = {ArenaOf(_plan.Memory, arena)};");
        }

        if (!FindsParameters && values.Any(value => value.Root.IsParameter))
        {
            _code.Line("var parameters = _modelState.Parameters;");
        }

        if (values.Any(value => value.Kind == ValueKind.ParameterGradient))
        {
            _code.Line($"var gradients = _modelState.{gradients};");
        }

        if (operations.Any(operation => operation.IsRandom))
        {
            _code.Line($"ulong seed = _modelState.{(SeparatesPasses ? "Pass." : "")}Seed;");
            _code.Line($"long step = _modelState.{(SeparatesPasses ? "Pass.Step" : "TrainingStep")};");
        }
    }

    // The program's last method reads it for the output; an unused constant would be a warning.
    private bool ReadsBatch(IReadOnlyList<int> indices) => indices.Contains(_plan.Operations.Count - 1)
        || indices.Select(index => _plan.Operations[index]).Any(operation =>
            operation.Calls.Any(call => call.ReadsBatch) || operation.Values.Any(value => value.Root.IsPerSample));

    private void WriteOutputs()
    {
        _code.Separate();
        WriteOutputs(_code, _plan);
    }

    /// <summary>Notes where the outputs of a batch lie, and where of what stays of a training step.</summary>
    public static void WriteOutputs(CodeWriter code, ExecutionPlan plan)
    {
        code.Line($"_modelState.SetOutputs({Place(plan.Memory, plan.Output)});");
        for (int i = 0; i < plan.HeadOutputs.Count; i++)
        {
            code.Line($"_modelState.Heads.SetOutputs({i}, {Place(plan.Memory, plan.HeadOutputs[i])});");
        }

        if (plan.KeepsActivations)
        {
            ActivationEmitter.WriteNote(code, plan.Memory);
        }
    }

    /// <summary>Where a value starts that each sample has for itself, and how long it is.</summary>
    public static string Place(MemoryPlan memory, Value value) =>
        $"{Literal.Of(memory.StartOf(value.Root))}, {Literal.Of(Size.Times(value.Shape.Count))}";

    /// <summary>The view of the working memory of a batch.</summary>
    public static string ArenaOf(MemoryPlan memory, string arena = "Arena") =>
        $"_modelState.{arena}(batch, {memory.FloatsPerSample}"
            + $"{(memory.FixedFloats == 0 ? "" : $", {memory.FixedFloats}")})";

    // A unit is an operation, or all copies of a block.
    private RepeatedSection? RepeatAt(int operation) => _repeats.TryGetValue(operation, out RepeatedSection? section) ? section : null;

    private int AfterUnit(int operation) => RepeatAt(operation)?.End ?? operation + 1;

    private int UnitsOf(int start, int end)
    {
        int units = 0;
        for (int i = start; i < end; i = AfterUnit(i))
        {
            _code.Cancellation.Look();
            units++;
        }

        return units;
    }

    private int LastUnit()
    {
        int last = 0;
        for (int i = 0; i < _plan.Operations.Count; i = AfterUnit(i))
        {
            _code.Cancellation.Look();
            last = i;
        }

        return last;
    }
}
