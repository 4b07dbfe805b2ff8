using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Operations;

namespace ModelDsl.Generator.Analysis.CallSites;

/// <summary>The results of methods that map samples to samples, such as a model's Predict.</summary>
internal static class Results
{
    /// <summary>As many samples as went in, where that is known.</summary>
    public static Known Of(DeclaredShape result, IInvocationOperation invocation, ImmutableArray<Known?> arguments, Origin origin)
    {
        int? count = null;
        int batches = 0;
        for (int i = 0; i < arguments.Length; i++)
        {
            if (invocation.Arguments[i].Parameter is { } parameter && DeclaredShape.Of(parameter) is { IsBatch: true } declared)
            {
                batches++;
                long? values = arguments[i] is { Kind: KnownKind.Memory } memory && memory.Count % declared.Size == 0
                    ? memory.Count / declared.Size * result.Size
                    : null;
                count = values is > 0 and <= int.MaxValue and { } known ? (int)known : null;
            }
        }

        return Known.Samples(result.Dimensions, batches == 1 ? count : null, origin);
    }
}
