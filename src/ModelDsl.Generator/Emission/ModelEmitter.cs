using ModelDsl.Generator.Planning;

namespace ModelDsl.Generator.Emission;

/// <summary>Writes the generated half of a model.</summary>
internal static class ModelEmitter
{
    /// <param name="declaration">The model.</param>
    /// <param name="planned">Its programs.</param>
    /// <param name="others">
    /// The same programs with their memory laid out in other ways, by the names of the classes that have them.
    /// </param>
    /// <param name="members">The names of its members.</param>
    /// <param name="cancellation">Looked at for each line.</param>
    public static string Emit(
        ModelDeclaration declaration,
        PlannedModel planned,
        IReadOnlyList<(string Name, PlannedModel Planned)> others,
        MemberNames members,
        CancellationToken cancellation)
    {
        var code = new CodeWriter(cancellation);
        PartialTypeWriter.Write(code, declaration, () =>
        {
            SummaryTable.Write(
                code, planned.Model, withSummary: !declaration.IsDocumented, planned.Recomputation);
            using (code.Block(HeaderOf(declaration, planned)))
            {
                WriteMembers(code, declaration, planned, members);
                foreach ((string name, PlannedModel other) in others)
                {
                    ModelDeclaration inner = declaration with
                    {
                        Name = name,
                        TypeParameters = "",
                        Members = [],
                        HasChecks = false,
                    };
                    code.Separate();
                    using (code.Block($"private sealed {HeaderOf(inner, other)}"))
                    {
                        WriteMembers(code, inner, other, members);
                    }
                }

                foreach ((string name, EquatableArray<int> integers) in members.Integers)
                {
                    code.Separate();
                    code.Line(GeneratedCode.Attribute);
                    code.Line($"private static readonly int[] {name} = {Literal.Of(integers)};");
                }
            }
        });
        return code.ToString();
    }

    private static string HeaderOf(ModelDeclaration declaration, PlannedModel planned) =>
        PartialTypeWriter.ClassHeader(
            declaration,
            isGenerative: planned.Step is not null,
            isPartwise: planned.Inference.SamplesInPart is not null);

    private static void WriteMembers(
        CodeWriter code, ModelDeclaration declaration, PlannedModel planned, MemberNames members)
    {
        (LoweredModel model, ExecutionPlan training, ExecutionPlan inference, ExecutionPlan? step) = planned;
        string[] others = [declaration.Name, .. declaration.Members, .. members.Tensors];
        new SurfaceEmitter(code, declaration, planned, members).Write();
        if (step is not null)
        {
            GeneratorEmitter.Write(code, model.Step!, step);
        }

        if (!model.IsForInference)
        {
            new ProgramEmitter(code, model, training, ProgramKind.Training, members, others)
            {
                SeparatesPasses = declaration.HasInputGradient,
            }
            .WriteTraining();
        }

        if (planned.Clipped is { } clipped)
        {
            new ProgramEmitter(code, model, clipped, ProgramKind.Clipping, members, others).WriteClipping();
        }

        new ProgramEmitter(code, model, inference, ProgramKind.Inference, members, others).WriteInference();
        if (planned.Evaluation is { } evaluation)
        {
            bool findsParameters = inference.NarrowWeights.Count > 0;
            new ProgramEmitter(
                code, model, evaluation, ProgramKind.Evaluation, members, others, findsParameters).WriteEvaluation();
        }

        if (step is not null)
        {
            new ProgramEmitter(code, model, step, ProgramKind.Step, members, others).WriteStep();
        }
    }
}
