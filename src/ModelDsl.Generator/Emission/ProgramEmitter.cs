using ModelDsl.Generator.Common;
using ModelDsl.Generator.Lowering;
using ModelDsl.Generator.Planning;

namespace ModelDsl.Generator.Emission;

/// <summary>
/// Writes a program as a straight-line method; one that is too long for the just-in-time compiler to optimise as a whole
/// becomes several, called in order.
/// </summary>
internal sealed class ProgramEmitter(CodeWriter code, LoweredModel model, ExecutionPlan plan)
{
    // The runtime compiles a method of more than some 2,000 locals or 60,000 bytes without optimising it. An operation
    // takes up to ten locals, and a hundred operations are about what one can still read in one piece.
    private const int MostOperationsInOneMethod = 100;
    private const int OperationsInAPart = 50;

    private const string FloatSpan = "global::ModelDsl.FloatSpan";

    private readonly OperationWriter _writer = new(code, model, plan);
    private readonly List<(string Method, int Start, int End)> _parts = [];
    private string _partParameters = $"{FloatSpan} samples, int batch";
    private string _partArguments = "samples, batch";
    private bool _isStep;

    public void WriteTraining()
    {
        int loss = plan.Operations.ToList().FindIndex(operation => operation is LossOperation);
        using (code.Region("Training: forward pass, loss and backward pass"))
        {
            using (code.Block($"private float Train({FloatSpan} samples, global::ModelDsl.Targets targets, int batch)"))
            {
                bool hasPenalty = plan.Operations.Any(operation => operation.AddsPenalty);
                if (hasPenalty)
                {
                    code.Line("_modelState.Penalty = 0f;");
                }

                if (plan.Operations.Count <= MostOperationsInOneMethod)
                {
                    WriteOperations(0, plan.Operations.Count);
                }
                else
                {
                    CallParts("TrainForward", 0, loss);
                    WriteOperations(loss, loss + 1);
                    code.Separate();
                    CallParts("TrainBackward", loss + 1, plan.Operations.Count);
                }

                WriteOutputs();
                code.Line(hasPenalty ? "return loss + _modelState.Penalty;" : "return loss;");
            }

            WriteParts();
        }
    }

    public void WriteInference()
    {
        bool isSmall = Enumerable.Range(0, plan.Operations.Count).All(new OperationWriter(new CodeWriter(), model, plan).TryWriteSmall);
        _writer.PackedWeights = plan.PackableWeights;
        using (code.Region("Inference: forward pass"))
        {
            if (isSmall)
            {
                WriteSmall();
                code.Separate();
            }

            using (code.Block($"private {FloatSpan} Infer({FloatSpan} samples, int batch)"))
            {
                if (isSmall)
                {
                    using (code.Block("if (batch == 1)"))
                    {
                        code.Line("return InferOne(samples);");
                    }

                    code.Separate();
                }

                int inline = plan.Operations.Count <= MostOperationsInOneMethod ? 0 : plan.Operations.Count - 1;
                CallParts("InferPart", 0, inline);
                WriteOperations(inline, plan.Operations.Count);
                WriteOutputs();
                code.Line($"return {_writer.Name(plan.Output)};");
            }

            WriteParts();
        }
    }

    /// <summary>Writes the program of one token, whose arena and position are the caller's.</summary>
    public void WriteStep()
    {
        _isStep = true;
        _partParameters = $"{FloatSpan} samples, {FloatSpan} arena, int position";
        _partArguments = "samples, arena, position";
        using (code.Region("Generation: forward pass of one token, after those that are kept"))
        {
            using (code.Block($"private {FloatSpan} InferStep({_partParameters})"))
            {
                int inline = plan.Operations.Count <= MostOperationsInOneMethod ? 0 : plan.Operations.Count - 1;
                CallParts("InferStepPart", 0, inline);
                WriteOperations(inline, plan.Operations.Count);
                code.Separate();
                code.Line($"return {_writer.Name(plan.Output)};");
            }

            WriteParts();
        }
    }

    // Where every layer is small, one sample takes less time than the calls of the kernels would. Compiled once, optimised, at
    // the first call: unlike the other programs this one does all the work itself.
    private void WriteSmall()
    {
        code.Line("[global::System.Runtime.CompilerServices.MethodImpl(");
        code.Line("    global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]");
        using (code.Block($"private {FloatSpan} InferOne({FloatSpan} samples)"))
        {
            code.Line("const int batch = 1;");
            WriteMemory(0, plan.Operations.Count);
            _writer.StartMethod();
            for (int i = 0; i < plan.Operations.Count; i++)
            {
                _writer.TryWriteSmall(i);
            }

            WriteOutputs();
            code.Line($"return {_writer.Name(plan.Output)};");
        }
    }

    private void CallParts(string name, int start, int end)
    {
        for (int number = 1; start < end; number++)
        {
            int next = Math.Min(start + OperationsInAPart, end);
            string method = $"{name}{number}";
            _parts.Add((method, start, next));
            code.Line($"{method}({_partArguments});");
            start = next;
        }
    }

    private void WriteParts()
    {
        foreach ((string method, int start, int end) in _parts)
        {
            code.Separate();
            using (code.Block($"private void {method}({_partParameters})"))
            {
                WriteOperations(start, end);
            }
        }
    }

    private void WriteOperations(int start, int end)
    {
        WriteMemory(start, end);
        _writer.StartMethod();
        for (int i = start; i < end; i++)
        {
            _writer.Write(i);
        }
    }

    private void WriteMemory(int start, int end)
    {
        Operation[] operations = [.. plan.Operations.Skip(start).Take(end - start)];
        Value[] values = [.. operations.SelectMany(operation => operation.Reads.Concat(operation.Writes))];
        MemoryPlan memory = plan.Memory;
        if (_isStep)
        {
            code.Line("const int batch = 1;");
        }
        else
        {
            string fixedFloats = memory.FixedFloats == 0 ? "" : $", {memory.FixedFloats}";
            code.Line($"var arena = _modelState.Arena(batch, {memory.FloatsPerSample}{fixedFloats});");
        }

        if (values.Any(value => value.IsParameter))
        {
            code.Line("var parameters = _modelState.Parameters;");
        }

        if (values.Any(value => value.Kind == ValueKind.ParameterGradient))
        {
            code.Line("var gradients = _modelState.Gradients;");
        }

        if (operations.Any(operation => operation.IsRandom))
        {
            code.Line("ulong seed = _modelState.Seed;");
            code.Line("long step = _modelState.TrainingStep;");
        }
    }

    private void WriteOutputs()
    {
        code.Separate();
        string start = plan.Memory.OffsetText(plan.Output.Root);
        code.Line($"_modelState.SetOutputs({start}, {OperationWriter.Scaled(plan.Output.Shape.Count)});");
    }
}
