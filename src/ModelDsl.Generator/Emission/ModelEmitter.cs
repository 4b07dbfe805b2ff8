using ModelDsl.Generator.Planning;

namespace ModelDsl.Generator.Emission;

/// <summary>Writes the generated half of a model.</summary>
internal static class ModelEmitter
{
    public static string Emit(
        ModelDeclaration declaration, PlannedModel planned, MemberNames members, CancellationToken cancellation)
    {
        (LoweredModel model, ExecutionPlan training, ExecutionPlan inference, ExecutionPlan? step) = planned;
        var code = new CodeWriter(cancellation);
        string[] others = [declaration.Name, .. declaration.Members, .. members.Tensors];
        PartialTypeWriter.Write(code, declaration, () =>
        {
            SummaryTable.Write(code, model, withSummary: !declaration.IsDocumented);
            string header = PartialTypeWriter.ClassHeader(
                declaration, isGenerative: step is not null, isPartwise: inference.SamplesInPart is not null);
            using (code.Block(header))
            {
                new SurfaceEmitter(code, declaration, planned, members).Write();
                if (step is not null)
                {
                    GeneratorEmitter.Write(code, model.Step!, step);
                }

                new ProgramEmitter(code, model, training, ProgramKind.Training, members, others)
                {
                    SeparatesPasses = declaration.HasInputGradient,
                }
                .WriteTraining();
                if (planned.Clipped is { } clipped)
                {
                    new ProgramEmitter(code, model, clipped, ProgramKind.Clipping, members, others).WriteClipping();
                }

                new ProgramEmitter(code, model, inference, ProgramKind.Inference, members, others).WriteInference();
                if (step is not null)
                {
                    new ProgramEmitter(code, model, step, ProgramKind.Step, members, others).WriteStep();
                }
            }
        });
        return code.ToString();
    }
}
