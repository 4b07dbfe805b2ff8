using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ModelDsl.Generator.Diagnostics;

namespace ModelDsl.Generator.Analysis.CallSites;

/// <summary>Compares a data set with the model that is trained or evaluated on it.</summary>
internal static class DatasetCheck
{
    public static void Run(IInvocationOperation invocation, Arguments arguments, FlowContext context, Findings findings)
    {
        if (invocation.TargetMethod.ContainingType is not { Name: "Trainer", TypeArguments: [INamedTypeSymbol model] } trainer
            || !Memories.IsOurs(trainer, "Trainer")
            || context.Contracts.Of(model, context.Cancellation) is not { } contract)
        {
            return;
        }

        foreach ((IArgumentOperation operation, Known? value) in arguments.All)
        {
            if (value is { Kind: KnownKind.Dataset })
            {
                Location location = operation.Value.Syntax.GetLocation();
                findings.Add(OfSamples(contract, value, location) ?? TargetCheck.OfDataset(contract, value, location));
            }
        }
    }

    // A data set of the same size under other dimensions is fine at run time, and so it is here.
    private static Diagnostic? OfSamples(ModelContract contract, Known dataset, Location location) =>
        dataset.Dimensions.IsEmpty || dataset.SampleSize == contract.InputSize
            ? null
            : DatasetDoesNotFit.Message(
                contract.Name,
                contract.InputSize,
                Known.Text(contract.Input),
                dataset.SampleSize,
                Known.Text(dataset.Dimensions))
                .At(location, dataset.Origin is { } origin ? [origin.Location] : []);
}
