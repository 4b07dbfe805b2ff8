using Microsoft.ML;
using Microsoft.ML.Data;

namespace ModelDsl.Data.Tests;

public sealed class DataViewTableTests
{
    private static readonly MLContext Context = new(seed: 1);

    [Fact]
    public void Numbers_truth_values_texts_and_vectors_become_columns()
    {
        var table = new DataViewTable(Context.Data.LoadFromEnumerable(Rows));
        Assert.Equal(["Size", "Count", "IsNew", "Kind", "Features[0]", "Features[1]"], table.Columns);
        Assert.Equal(["Features[0]", "Features[1]"], table.ColumnsOf("Features"));
        Assert.Equal(["Size"], table.ColumnsOf("Size"));
        Dataset set = TableSchema.Fit(table, new TableOptions { Label = "Kind" }).Load(table);
        Assert.Equal([1.5f, 7f, 1f, 0.5f, 0.25f], set.GetSample(0));
        Assert.Equal([2.5f, 8f, 0f, 3f, 4f], set.GetSample(1));
        Assert.Equal(["house", "tree"], set.ClassNames.AsEnumerable());
        Assert.Equal([1, 0], [set.GetLabel(0), set.GetLabel(1)]);
    }

    [Fact]
    public void A_key_is_read_by_the_text_it_stands_for_and_as_its_number_from_0_on()
    {
        IDataView rows = Context.Data.LoadFromEnumerable(Rows);
        IDataView keyed = Context.Transforms.Conversion.MapValueToKey("Key", "Kind").Fit(rows).Transform(rows);
        var table = new DataViewTable(keyed);
        Dataset byText = TableSchema.Fit(table, new TableOptions { Features = ["Size"], Label = "Key" }).Load(table);
        Assert.Equal(["house", "tree"], byText.ClassNames.AsEnumerable());
        Assert.Equal(1, byText.GetLabel(0));
        Dataset byNumber = TableSchema.Fit(table, new TableOptions { Features = ["Key"], Values = ["Size"] })
            .Load(table);
        Assert.Equal([0f, 1f], [byNumber.GetSample(0)[0], byNumber.GetSample(1)[0]]);
    }

    [Fact]
    public void Transforms_of_ML_NET_train_a_model_here()
    {
        IDataView rows = Context.Data.LoadFromEnumerable(Enumerable.Range(0, 40).Select(i => new Row
        {
            Size = i,
            Count = i,
            Kind = i % 2 == 0 ? "tree" : "house",
            Features = [i, 2 * i],
        }));
        IDataView scaled = Context.Transforms.NormalizeMinMax("Features").Fit(rows).Transform(rows);
        var table = new DataViewTable(scaled);
        var options = new TableOptions { Features = [.. table.ColumnsOf("Features")], Label = "Kind" };
        Dataset set = TableSchema.Fit(table, options).Load(table);
        Assert.Equal([1f, 1f], set.GetSample(39));
        Assert.Equal(40, set.Count);
    }

    [Fact]
    public void What_is_missing_or_no_number_is_refused_by_row_and_column()
    {
        IDataView rows = Context.Data.LoadFromEnumerable(
            [Rows[0], new Row { Size = float.NaN, Kind = "tree", Features = [1f, 2f] }]);
        var table = new DataViewTable(rows, "houses");
        AssertRefused("houses, row 2, column Size: expected a value, got none", new TableOptions { Label = "Kind" });
        AssertRefused("houses, row 1, column Kind: expected a number, got text", new TableOptions());
        Assert.Throws<ArgumentException>(() => table.ColumnsOf("Other"));

        void AssertRefused(string message, TableOptions options) => Assert.Contains(
            message,
            Assert.Throws<InvalidDataException>(() => TableSchema.Fit(table, options).Load(table)).Message,
            StringComparison.Ordinal);
    }

    private static Row[] Rows =>
    [
        new() { Size = 1.5f, Count = 7, IsNew = true, Kind = "tree", Features = [0.5f, 0.25f] },
        new() { Size = 2.5f, Count = 8, IsNew = false, Kind = "house", Features = [3f, 4f] },
    ];

    private sealed class Row
    {
        public float Size { get; set; }

        public long Count { get; set; }

        public bool IsNew { get; set; }

        public string Kind { get; set; } = string.Empty;

        [VectorType(2)]
        public float[] Features { get; set; } = [];
    }
}
