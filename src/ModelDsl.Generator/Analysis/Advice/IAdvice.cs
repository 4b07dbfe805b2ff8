using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Analysis.Advice;

/// <summary>Looks at a model that breaks no rule for what its author may not have meant.</summary>
internal interface IAdvice
{
    IEnumerable<ShapeIssue> Check(AdvisedModel model);
}
