using Microsoft.CodeAnalysis.Operations;

namespace ModelDsl.Generator.Analysis.CallSites;

/// <summary>The results of methods that map samples to samples, such as a model's Predict.</summary>
internal static class Results
{
    /// <summary>As many samples as went in, where that is known.</summary>
    public static Known Of(DeclaredShape result, Arguments arguments, Origin origin)
    {
        int? count = null;
        int batches = 0;
        foreach ((IArgumentOperation operation, Known? value) in arguments.All)
        {
            if (operation.Parameter is { } parameter && DeclaredShape.Of(parameter) is { IsBatch: true } declared)
            {
                batches++;
                long? values = value is { Kind: KnownKind.Memory } memory && memory.Count % declared.Size == 0
                    ? memory.Count / declared.Size * result.Size
                    : null;
                count = values is > 0 and <= int.MaxValue and { } known ? (int)known : null;
            }
        }

        return Known.Samples(result.Dimensions, batches == 1 ? count : null, origin);
    }
}
