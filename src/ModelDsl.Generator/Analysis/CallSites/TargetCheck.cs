using System.Globalization;
using ModelDsl.Generator.Layers;

namespace ModelDsl.Generator.Analysis.CallSites;

/// <summary>Compares targets with what the losses of a model take. Silent where the kernels would not certainly throw.</summary>
internal static class TargetCheck
{
    /// <summary>The broken rule of the targets of one batch, or null.</summary>
    /// <param name="contract">What the model asks for.</param>
    /// <param name="place">What to call the call: <c>MnistMlp.ComputeLoss</c>.</param>
    /// <param name="targets">The targets.</param>
    /// <param name="batch">The number of samples, where it is known.</param>
    /// <param name="location">The argument.</param>
    public static Diagnostic? OfBatch(ModelContract contract, string place, Known? targets, long? batch, Location location)
    {
        if (targets is not { Kind: KnownKind.Targets } || contract.Heads.Count == 0)
        {
            return null;
        }

        TargetKinds kinds = contract.Heads[0].Targets;
        bool fits = contract.HasHeads
            ? Fits(targets.Labels, LabelsPerSample(contract), batch) && Fits(targets.Values, ValuesPerSample(contract), batch)
            : kinds switch
            {
                TargetKinds.None => targets.Labels is null or 0 && targets.Values is null or 0,
                TargetKinds.Values =>
                    targets.Labels is null or 0 && Fits(targets.Values, contract.Heads[0].Values, batch),
                TargetKinds.Labels => Fits(targets.Labels, contract.Heads[0].Rows, batch),

                // Either will do.
                _ when targets.Values == 0 => Fits(targets.Labels, contract.Heads[0].Rows, batch),
                _ when targets.Labels == 0 => Fits(targets.Values, contract.Heads[0].Values, batch),
                _ => true,
            };
        if (fits)
        {
            return OfLabels(contract, place, targets, location);
        }

        string samples = batch is { } count ? $" for {Number(count)} {(count == 1 ? "sample" : "samples")}" : "";
        string actual = Amount(targets.Labels, targets.Values) + samples;
        return TargetsDoNotFit.Message(place, Expectation(contract, kinds), actual).At(location, Locations(targets));
    }

    /// <summary>The broken rule of a data set that a model is trained or measured on, or null.</summary>
    public static Diagnostic? OfDataset(ModelContract contract, Known dataset, Location location)
    {
        if (contract.Heads.Count == 0)
        {
            return null;
        }

        HeadContract head = contract.Heads[0];
        string place = $"'{contract.Name}'";
        bool fits = contract.HasHeads
            ? Is(dataset.Labels, LabelsPerSample(contract)) && Is(dataset.Values, ValuesPerSample(contract))
            : !(dataset.Labels > 0 && dataset.Values > 0)
                && (dataset.Labels is null
                    || (dataset.Labels == 0
                        ? head.DatasetTargets != TargetKinds.Labels && Is(dataset.Values, head.Values)
                        : (head.DatasetTargets & TargetKinds.Labels) != 0 && dataset.Labels == head.Rows));
        if (!fits)
        {
            string expected = Expectation(contract, head.DatasetTargets);
            return TargetsDoNotFit.Message(place, expected, Amount(dataset.Labels, dataset.Values))
                .At(location, Locations(dataset));
        }

        if (!contract.HasHeads && dataset.Labels > 0 && dataset.Classes > head.Classes)
        {
            string expected = $"labels of {Number(head.Classes)} classes";
            return LabelsDoNotFit.Message(place, expected, $"{Number(dataset.Classes.Value)} classes")
                .At(location, Locations(dataset));
        }

        return OfLabels(contract, place, dataset, location);
    }

    /// <summary>The broken rule of labels whose numbers are known, or null.</summary>
    /// <param name="classes">The number of classes; null where any number from 0 on is one.</param>
    /// <param name="ignored">Whether a label takes no part.</param>
    /// <param name="labels">What holds the labels.</param>
    /// <param name="place">What takes them.</param>
    /// <param name="location">The argument.</param>
    public static Diagnostic? OfLabels(int? classes, Func<int, bool> ignored, Known labels, string place, Location location)
    {
        foreach (int label in labels.Elements)
        {
            if ((label < 0 || label >= classes) && !ignored(label))
            {
                string expected = classes is { } count ? $"labels from 0 to {Number(count - 1)}" : "labels from 0 on";
                return LabelsDoNotFit.Message(place, expected, Number(label)).At(location, Locations(labels));
            }
        }

        return null;
    }

    // Which head a label is for is not known, so the one with the most classes decides.
    private static Diagnostic? OfLabels(ModelContract contract, string place, Known targets, Location location)
    {
        HeadContract[] heads =
            [.. contract.Heads.Where(head => ((contract.HasHeads ? head.Targets : head.DatasetTargets) & TargetKinds.Labels) != 0)];
        int? classes = heads.Length > 0 && heads.Max(head => head.Classes) is < int.MaxValue and int most ? most : null;
        return heads.Length == 0
            ? null
            : OfLabels(
                classes, label => heads.Any(head => head.IgnoredLabel == label), targets, place, location);
    }

    private static bool Is(int? count, long expected) => count is null || count == expected;

    private static bool Fits(int? count, long perSample, long? batch) =>
        count is null
        || (perSample == 0 ? count == 0
            : batch is { } samples ? count == samples * perSample
            : count > 0 && count % perSample == 0);

    private static long LabelsPerSample(ModelContract contract) => contract.Heads.Sum(head => head.TakesLabels ? head.Rows : 0L);

    private static long ValuesPerSample(ModelContract contract) =>
        contract.Heads.Sum(head => head.TakesLabels ? 0L : head.Values);

    private static string Expectation(ModelContract contract, TargetKinds kinds)
    {
        HeadContract head = contract.Heads[0];
        (long labels, long values, string and) = contract.HasHeads
            ? (LabelsPerSample(contract), ValuesPerSample(contract), "and")
            : (
                (kinds & TargetKinds.Labels) != 0 ? head.Rows : 0,
                (kinds & TargetKinds.Values) != 0 ? head.Values : 0,
                "or");
        string expected = string.Join(
            $" {and} ", new[] { Text(labels, "label"), Text(values, "target value") }.Where(text => text.Length > 0));
        return expected.Length == 0 ? $"no targets ({head.Loss})" : $"{expected} per sample";
    }

    private static string Amount(int? labels, int? values) => (labels, values) switch
    {
        (0, 0) => "none",
        (0, _) => values is { } count ? Text(count, "target value") : "target values",
        (_, 0) => labels is { } count ? Text(count, "label") : "labels",
        _ => string.Join(
            " and ",
            new[] { labels is { } l ? Text(l, "label") : "labels", values is { } v ? Text(v, "target value") : "target values" }),
    };

    private static string Text(long count, string what) =>
        count == 0 ? "" : $"{Number(count)} {what}{(count == 1 ? "" : "s")}";

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<Location> Locations(Known value) => value.Origin is { } origin ? [origin.Location] : [];
}
