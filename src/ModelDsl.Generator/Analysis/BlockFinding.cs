using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Analysis;

/// <summary>A rule that a layer of a block breaks, the same for all uses of the block.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Layer">The number of the layer in the block.</param>
/// <param name="Argument">The argument.</param>
internal readonly record struct BlockFinding(string Rule, int Layer, string? Argument)
{
    public static BlockFinding Of(Finding finding) => new(finding.Rule.Id, finding.Place!.Number, finding.Argument);

    public static BlockFinding Of(ShapeIssue issue) => new(issue.Rule.Id, issue.Place!.Number, issue.Argument);
}
