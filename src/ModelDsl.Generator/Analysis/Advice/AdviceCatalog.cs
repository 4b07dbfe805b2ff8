namespace ModelDsl.Generator.Analysis.Advice;

/// <summary>
/// All advice, found by reflection over the compiler's own assembly, so that a new piece is a new file.
/// </summary>
internal static class AdviceCatalog
{
    public static IReadOnlyList<IAdvice> All { get; } =
    [
        .. typeof(IAdvice).Assembly.GetTypes()
            .Where(type => typeof(IAdvice).IsAssignableFrom(type) && !type.IsInterface)
            .Select(type => (IAdvice)Activator.CreateInstance(type)),
    ];
}

/// <summary>Looks at a model that breaks no rule for what its author may not have meant.</summary>
internal interface IAdvice
{
    IEnumerable<ShapeIssue> Check(AdvisedModel model);
}
