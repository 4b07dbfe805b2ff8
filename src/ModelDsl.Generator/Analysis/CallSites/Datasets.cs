using System.Globalization;
using Microsoft.CodeAnalysis.Operations;

namespace ModelDsl.Generator.Analysis.CallSites;

/// <summary>What is known of data sets where they are made, and which of their parts do not fit each other.</summary>
internal static class Datasets
{
    /// <summary>Whether a type is the runtime's own source of samples, any source, or a part of one.</summary>
    public static bool IsSource(ITypeSymbol? type) =>
        Memories.IsOurs(type, "Dataset") || Memories.IsOurs(type, "DataSubset") || Memories.IsOurs(type, "IDataSource");

    /// <summary>What a method of <c>ModelDsl.Dataset</c> gives.</summary>
    public static Known? Evaluate(IMethodSymbol method, Known? instance, Arguments arguments, Origin origin) => method.Name switch
    {
        "FromLabels" or "FromValues" or "FromTargets" => Make(method.Name, arguments) with { Origin = origin },
        "FromText" => new Known(KnownKind.Dataset)
        {
            Dimensions = arguments.Number("length") is > 0 and { } length ? [length] : [],
            Labels = arguments.Number("length"),
            Values = 0,
            Classes = arguments.Number("vocabulary"),
            Origin = origin,
        },
        "WithClassNames" => instance,
        _ => null,
    };

    /// <summary>
    /// What a method of <c>ModelDsl.DataSplits</c> gives. A part may lack any label of the whole, but counts the same
    /// classes.
    /// </summary>
    public static Known? EvaluatePart(IMethodSymbol method, Arguments arguments) =>
        method.Name is "Subset" or "Split" or "StratifiedSplit" && arguments["source"] is { Kind: KnownKind.Dataset } whole
            ? whole with { Elements = [] }
            : null;

    /// <summary>Notes which arguments of a method that makes a data set are certainly refused.</summary>
    public static void Check(IInvocationOperation invocation, Arguments arguments, Findings findings)
    {
        IMethodSymbol method = invocation.TargetMethod;
        if (!Memories.IsOurs(method.ContainingType, "Dataset") || !method.IsStatic)
        {
            return;
        }

        string place = $"Dataset.{method.Name}";
        if (method.Name == "FromText")
        {
            CheckText(arguments, place, findings);
            return;
        }

        if (arguments["sampleShape"] is { Kind: KnownKind.Shape } shape
            && arguments.Place("samples") is { } samples
            && ShapeCheck.Compare(WithoutSamples(arguments["samples"]), new DeclaredShape(shape.Dimensions, IsBatch: true), place, samples)
                is { } broken)
        {
            findings.Add(broken);
            return;
        }

        long? count = CountOf(arguments);
        CheckAmount(arguments, "labels", method.Name == "FromLabels" ? count : null, count, place, findings);
        CheckAmount(arguments, "values", null, count, place, findings);
        CheckLabels(arguments, "labels", arguments.Number("classCount"), place, findings);
    }

    private static Known Make(string method, Arguments arguments)
    {
        long? count = CountOf(arguments);
        Known? labels = arguments["labels"];
        int? classes = arguments.Number("classCount");
        int? highest = labels is { Kind: KnownKind.Memory, Elements.IsEmpty: false } ? labels.Elements[labels.Elements.Count - 1] : null;
        return new Known(KnownKind.Dataset)
        {
            Dimensions = arguments["sampleShape"] is { Kind: KnownKind.Shape } shape ? shape.Dimensions : [],
            Labels = method == "FromLabels" ? 1 : PerSample(arguments, "labels", count),
            Values = method == "FromLabels" ? 0 : PerSample(arguments, "values", count),
            Classes = classes switch
            {
                > 0 => classes,

                // One more than the highest label, unless that one takes no part.
                0 when highest is >= 0 and < int.MaxValue && arguments.IsNull("ignoredLabel") => highest + 1,
                _ => null,
            },
            Elements = labels is { Kind: KnownKind.Memory } ? labels.Elements : [],
        };
    }

    private static int? PerSample(Arguments arguments, string parameter, long? count) =>
        arguments.IsNull(parameter) ? 0
        : arguments[parameter] is not { Kind: KnownKind.Memory, Count: { } all } ? null
        : all == 0 ? 0
        : count is { } samples && all % samples == 0 ? (int)(all / samples)
        : null;

    private static long? CountOf(Arguments arguments) =>
        arguments["sampleShape"] is { Kind: KnownKind.Shape, SampleSize: > 0 and var size }
        && arguments["samples"] is { Kind: KnownKind.Memory, Count: { } values } && values > 0 && values % size == 0
            ? values / size
            : null;

    private static void CheckText(Arguments arguments, string place, Findings findings)
    {
        if (arguments["tokens"] is { Kind: KnownKind.Memory, Count: { } tokens } text
            && arguments.Number("length") is { } length && length > 0 && tokens <= length)
        {
            findings.Add(
                LengthDoesNotFit.Message(place, $"more than {Number(length)} tokens", tokens)
                    .At(arguments.Place("tokens"), text.Origin is { } origin ? [origin.Location] : []));
        }

        CheckLabels(arguments, "tokens", arguments.Number("vocabulary") is > 0 and { } vocabulary ? vocabulary : null, place, findings);
    }

    private static void CheckAmount(
        Arguments arguments, string parameter, long? exactly, long? samples, string place, Findings findings)
    {
        if (arguments[parameter] is not { Kind: KnownKind.Memory, Count: { } amount } memory || samples is not { } count)
        {
            return;
        }

        bool fits = exactly is not null ? amount == exactly
            : place.EndsWith("FromValues", StringComparison.Ordinal) ? amount > 0 && amount % count == 0
            : amount % count == 0;
        if (!fits)
        {
            string what = parameter == "labels" ? "labels" : "target values";
            string expected = exactly is not null
                ? $"{Number(count)} {what} for {Number(count)} samples"
                : $"the same number of {what} for each of {Number(count)} samples";
            findings.Add(
                TargetsDoNotFit.Message(place, expected, Number(amount))
                    .At(arguments.Place(parameter), memory.Origin is { } origin ? [origin.Location] : []));
        }
    }

    private static void CheckLabels(Arguments arguments, string parameter, int? classes, string place, Findings findings)
    {
        int? ignored = arguments.Number("ignoredLabel");
        if (arguments[parameter] is { Kind: KnownKind.Memory } labels && (ignored is not null || arguments.IsNull("ignoredLabel")))
        {
            findings.Add(TargetCheck.OfLabels(
                classes is > 0 ? classes : null, label => label == ignored, labels, place, arguments.Place(parameter)!));
        }
    }

    // Outputs of a model may be put together to samples of any size here.
    private static Known? WithoutSamples(Known? memory) => memory is null ? null : memory with { Dimensions = [] };

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}

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
