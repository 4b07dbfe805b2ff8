namespace ModelDsl.Generator.Analysis.Advice;

/// <summary>The gradient of an input that has none.</summary>
internal sealed class InputGradientAdvice : IAdvice
{
    public IEnumerable<ShapeIssue> Check(AdvisedModel model) =>
        model.HasInputGradient && !ModelInputs.HasNumbers(model.Lowered.Layers)
            ? [new ShapeIssue(TokensHaveNoGradient.Message(model.Name), null, ModelParser.InputGradient)]
            : [];
}
