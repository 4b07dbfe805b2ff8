using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ModelDsl.Generator.Diagnostics;

namespace ModelDsl.Generator.Analysis.CallSites;

/// <summary>Compares the samples of a data set with the input of the model that is trained or evaluated on it.</summary>
internal static class DatasetCheck
{
    public static void Run(IInvocationOperation invocation, ImmutableArray<Known?> arguments, Action<Diagnostic> report)
    {
        if (invocation.TargetMethod.ContainingType is not { Name: "Trainer", TypeArguments: [INamedTypeSymbol model] } trainer
            || !Memories.IsOurs(trainer, "Trainer")
            || InputOf(model) is not { } input)
        {
            return;
        }

        for (int i = 0; i < arguments.Length; i++)
        {
            // A data set of the same size under other dimensions is fine at run time, and so it is here.
            if (arguments[i] is { Kind: KnownKind.Dataset } dataset && dataset.SampleSize != input.Size)
            {
                report(Diagnostic.Create(
                    DatasetDoesNotFit.Rule,
                    invocation.Arguments[i].Value.Syntax.GetLocation(),
                    dataset.Origin is { } origin ? [origin.Location] : [],
                    model.Name,
                    input.Size.ToString(CultureInfo.InvariantCulture),
                    Known.Text(input.Dimensions),
                    dataset.SampleSize.ToString(CultureInfo.InvariantCulture),
                    Known.Text(dataset.Dimensions)));
            }
        }
    }

    private static DeclaredShape? InputOf(INamedTypeSymbol model) =>
        model.GetMembers("Predict").OfType<IMethodSymbol>()
            .SelectMany(method => method.Parameters)
            .Select(DeclaredShape.Of)
            .FirstOrDefault(shape => shape is not null);
}
