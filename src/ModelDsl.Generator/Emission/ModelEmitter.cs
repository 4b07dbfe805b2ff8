using ModelDsl.Generator.Common;
using ModelDsl.Generator.Lowering;
using ModelDsl.Generator.Parsing;
using ModelDsl.Generator.Planning;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Emission;

/// <summary>Writes the generated half of a model.</summary>
internal static class ModelEmitter
{
    public static string Emit(ModelDeclaration declaration, ShapedModel shaped, MemoryMode mode, CancellationToken cancellation)
    {
        LoweredModel model = LoweredModel.From(shaped, cancellation);
        ExecutionPlan training = ExecutionPlan.ForTraining(model, mode, cancellation);
        ExecutionPlan inference = ExecutionPlan.ForInference(model, mode, cancellation);
        ExecutionPlan? step = model.Step is { } program ? ExecutionPlan.ForStep(program, mode, cancellation) : null;
        var code = new CodeWriter(cancellation);
        IEnumerable<string> tensors = model.Layout.Parameters.Select(parameter => parameter.MemberName);
        string[] members = [declaration.Name, .. declaration.Members, .. tensors];
        PartialTypeWriter.Write(code, declaration, () =>
        {
            SummaryTable.Write(code, model, withSummary: !declaration.IsDocumented);
            using (code.Block(PartialTypeWriter.ClassHeader(declaration, isGenerative: step is not null)))
            {
                SurfaceEmitter.Write(code, declaration, model, training, inference);
                if (step is not null)
                {
                    GeneratorEmitter.Write(code, model.Step!, step);
                }

                new ProgramEmitter(code, model, training, ProgramKind.Training, members).WriteTraining();
                new ProgramEmitter(code, model, inference, ProgramKind.Inference, members).WriteInference();
                if (step is not null)
                {
                    new ProgramEmitter(code, model, step, ProgramKind.Step, members).WriteStep();
                }
            }
        });
        return code.ToString();
    }
}
