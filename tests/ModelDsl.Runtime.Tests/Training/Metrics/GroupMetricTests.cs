namespace ModelDsl.Runtime.Tests.Training;

public sealed class GroupMetricTests
{
    private static readonly string[] Regions = ["north", "south", "south", "north", "south"];
    private static readonly float[] Outputs = [1, -1, 1, 1, -1];
    private static readonly float[] Targets = [1, 0, 0, 0, 1];

    [Fact]
    public void Figures_of_each_group_and_of_all_show_the_largest_difference()
    {
        MetricResult[] results = Measure(Metric.Accuracy(), Metric.PositiveRate(), Metric.FalsePositiveRate());

        AssertParts([("north", 0.5, 2), ("south", 1 / 3.0, 3), ("(all)", 0.4, 5)], results[0]);
        AssertParts([("north", 1, 2), ("south", 1 / 3.0, 3), ("(all)", 0.6, 5)], results[1]);
        AssertParts([("north", 1, 2), ("south", 0.5, 3), ("(all)", 2 / 3.0, 5)], results[2]);
        Assert.Equal([0.5 - (1 / 3.0), 1 - (1 / 3.0), 0.5], results.Select(result => result.Value));
        Assert.Equal("accuracy by region", results[0].Name);
    }

    [Fact]
    public void The_table_has_a_line_for_each_group()
    {
        string table = MetricTable.Of(Measure(Metric.Accuracy(), Metric.RocAuc()));

        Assert.Equal(
            """
            metric               value
            accuracy by region  0.1667
            roc auc by region   0.2500

                   count  accuracy by region  roc auc by region
            north      2              0.5000             0.5000
            south      3              0.3333             0.2500
            (all)      5              0.4000             0.4167

            """.ReplaceLineEndings("\n"),
            table);
    }

    [Fact]
    public void Subsets_and_splits_keep_each_samples_group()
    {
        IDataSource data = Data().Subset([4, 0, 0, 2]);

        Assert.Equal([1, 0, 0, 1], Enumerable.Range(0, 4).Select(data.Groups.Single().GroupOf));
        Assert.Equal([1, 0], Enumerable.Range(0, 2).Select(data.Subset([3, 1]).Groups.Single().GroupOf));
        Assert.Equal<string>(["north", "south"], data.Groups.Single().Names);
        (DataSubset remaining, DataSubset heldOut) = Data().Split(0.4f, seed: 3);
        Assert.Equal(
            [2, 3],
            Enumerable.Range(0, 2).Select(group => CountOf(remaining, group) + CountOf(heldOut, group)));

        static int CountOf(IDataSource part, int group) =>
            Enumerable.Range(0, part.Count).Count(i => part.Groups.Single().GroupOf(i) == group);
    }

    [Fact]
    public void A_view_with_groups_has_the_samples_labels_and_names_of_its_source()
    {
        Dataset source = Dataset.FromLabels(new Shape(1), [5f, 6f], [1, 0]).WithClassNames("no", "yes");
        IDataSource data = source.WithGroups("region", "a", "b").WithGroups("age", "old", "old");

        Assert.Equal([6f], data.GetSample(1));
        Assert.Equal(1, data.GetLabel(0));
        Assert.Equal<string>(["no", "yes"], data.ClassNames);
        Assert.Equal(["region", "age"], data.Groups.Select(column => column.Name));
    }

    [Fact]
    public void Views_keep_the_groups()
    {
        IDataSource images = Dataset.FromLabels(new Shape(2, 2), new float[8], [0, 1]).WithGroups("region", "a", "b");
        using PrefetchedSource prefetched = images.Prefetch();

        Assert.Equal("region", prefetched.Groups.Single().Name);
        Assert.Equal("region", images.Augment(Augmentation.FlipVertically()).Groups.Single().Name);
        Assert.Equal("region", images.Normalize(Normalization.MinMax(images, default)).Groups.Single().Name);
    }

    [Fact]
    public void A_group_that_is_not_in_a_pass_has_no_figure_and_does_not_count()
    {
        FixedOutputs model = FixedOutputs.Of(LossKind.BinaryCrossEntropy, 1);
        var metrics = new MetricSet(
            model.Description, [Metric.ByGroup(Metric.Accuracy(), "region")], Data().Subset([0, 3]));
        model.AddTo(metrics, [1, 1], (float[])[1, 1]);

        AssertParts([("north", 1, 2), ("south", double.NaN, 0), ("(all)", 1, 2)], metrics.Results.Single());
        Assert.Equal(0, metrics.Results.Single().Value);
    }

    [Fact]
    public void A_wrong_column_is_refused()
    {
        IDataSource data = Data();

        Assert.StartsWith(
            "expected 5 groups of age, one for each sample, got 2",
            Assert.Throws<ArgumentException>(() => data.WithGroups("age", "old", "young")).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "expected each column of groups once, got region twice",
            Assert.Throws<ArgumentException>(() => data.WithGroups("region", Regions)).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "expected a group of age for each sample, got none for sample 1",
            Assert.Throws<ArgumentException>(() => data.WithGroups("age", "a", "", "a", "a", "a")).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "Fixed: the metric accuracy by age needs data with the groups age (WithGroups), got region",
            Assert.Throws<ArgumentException>(() => new MetricSet(
                FixedOutputs.Describe(LossKind.BinaryCrossEntropy, new Shape(1)),
                [Metric.ByGroup(Metric.Accuracy(), "age")],
                data)).Message,
            StringComparison.Ordinal);
    }

    private static IDataSource Data() =>
        Dataset.FromValues(new Shape(1), Outputs, Targets).WithGroups("region", Regions);

    private static MetricResult[] Measure(params Metric[] metrics)
    {
        FixedOutputs model = FixedOutputs.Of(LossKind.BinaryCrossEntropy, 1);
        var set = new MetricSet(model.Description, metrics.Select(metric => Metric.ByGroup(metric, "region")), Data());
        model.AddTo(set, [.. Outputs.Take(2)], Targets.Take(2).ToArray());
        model.AddTo(set, [.. Outputs.Skip(2)], Targets.Skip(2).ToArray(), firstIndex: 2);
        return [.. set.Results];
    }

    private static void AssertParts((string, double, long)[] expected, MetricResult result) =>
        Assert.Equal(expected, result.Parts.Select(part => (part.Name, part.Value, part.Count)));
}
