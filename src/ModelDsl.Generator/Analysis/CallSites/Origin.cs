using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Analysis.CallSites;

/// <summary>Where a value came from.</summary>
/// <param name="Text">What to call it: <c>Encoder.Predict</c>.</param>
/// <param name="Location">The expression that made it.</param>
internal sealed record Origin(string Text, Location Location)
{
    /// <summary>The place of an operation, called by its text.</summary>
    public static Origin Of(IOperation operation) => new(operation.Syntax.ToString(), operation.Syntax.GetLocation());
}
