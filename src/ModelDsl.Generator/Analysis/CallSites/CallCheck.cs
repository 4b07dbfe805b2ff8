using Microsoft.CodeAnalysis.Operations;

namespace ModelDsl.Generator.Analysis.CallSites;

/// <summary>Finds calls of models, trainers and data sets that certainly throw for what they are given besides samples.</summary>
internal static class CallCheck
{
    public static void Run(
        IInvocationOperation invocation, Known? instance, Arguments arguments, FlowContext context, Findings findings)
    {
        Datasets.Check(invocation, arguments, findings);
        DatasetCheck.Run(invocation, arguments, context, findings);
        CheckTargets(invocation, arguments, context, findings);
        CheckCopy(invocation, instance, arguments, findings);
    }

    /// <summary>Notes that a property needs a model that can be trained, where the model is a copy that cannot.</summary>
    public static void Run(IPropertyReferenceOperation property, Known? instance, FlowContext context, Findings findings)
    {
        if (instance is { Kind: KnownKind.Model, IsCopy: true }
            && Models.NeedsTraining(property.Property, context.Contracts.Of(property.Property.ContainingType, context.Cancellation)))
        {
            Report(instance, property.Property, property.Syntax.GetLocation(), findings);
        }
    }

    private static void CheckTargets(
        IInvocationOperation invocation, Arguments arguments, FlowContext context, Findings findings)
    {
        IMethodSymbol method = invocation.TargetMethod;
        if (Models.TakesTargets(method)
            && context.Contracts.Of(method.ContainingType, context.Cancellation) is { } contract
            && arguments["targets"] is { } targets
            && Models.TryCount(arguments, out long? batch))
        {
            findings.Add(TargetCheck.OfBatch(
                contract, $"{contract.Name}.{method.Name}", targets, batch, arguments.Place("targets")!));
        }
    }

    private static void CheckCopy(IInvocationOperation invocation, Known? instance, Arguments arguments, Findings findings)
    {
        IMethodSymbol method = invocation.TargetMethod;
        if (instance is { Kind: KnownKind.Model, IsCopy: true } && Models.NeedsTraining(method, contract: null))
        {
            Report(instance, method, invocation.Syntax.GetLocation(), findings);
        }
        else if (instance is { Kind: KnownKind.Trainer, IsCopy: true } && method.Name == "Fit")
        {
            Report(instance, method, invocation.Syntax.GetLocation(), findings);
        }
        else if (Memories.IsOurs(method.ContainingType, "ModelFile") && arguments["model"] is { Kind: KnownKind.Model, IsCopy: true } copy)
        {
            Report(copy, method, arguments.Place("model")!, findings);
        }
    }

    private static void Report(Known copy, ISymbol member, Location location, Findings findings) =>
        findings.Add(
            CopyCannotTrain.Message($"{member.ContainingType.Name}.{member.Name}").At(
                location, copy.Origin is { } origin ? [origin.Location] : []));
}
