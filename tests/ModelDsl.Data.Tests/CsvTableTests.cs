using System.Globalization;

namespace ModelDsl.Data.Tests;

public sealed class CsvTableTests
{
    private static readonly TableOptions Plain = new() { Label = "kind" };

    [Fact]
    public void Columns_are_found_by_name_whatever_their_order()
    {
        using var folder = new TemporaryFolder();
        CsvTable train = Write(folder, "train.csv", "a,kind,b\n1,x,2\n3,y,4\n");
        CsvTable test = Write(folder, "test.csv", "extra,b,a,kind\nQ,6,5,y\n");
        var schema = TableSchema.Fit(train, Plain);
        Dataset set = schema.Load(test);
        Assert.Equal(["a", "b"], schema.FeatureNames.AsEnumerable());
        Assert.Equal(["x", "y"], set.ClassNames.AsEnumerable());
        Assert.Equal([5f, 6f], set.GetSample(0));
        Assert.Equal(1, set.GetLabel(0));
    }

    [Fact]
    public void Numbers_come_back_to_the_last_bit() =>
        Gen.Float[-1e30f, 1e30f].Array[1, 30].Sample(numbers =>
        {
            using var folder = new TemporaryFolder();
            string lines = string.Join(
                '\n', numbers.Select(number => $" {number.ToString("R", CultureInfo.InvariantCulture)} ,1"));
            CsvTable table = Write(folder, "set.csv", "x,y\n" + lines);
            Dataset set = TableSchema.Fit(table, new TableOptions { Values = ["y"] }).Load(table);
            Assert.Equal(numbers, Enumerable.Range(0, set.Count).Select(index => set.GetSample(index)[0]));
        }, iter: 20);

    [Fact]
    public void Quotes_separators_in_fields_other_line_ends_and_a_byte_order_mark_are_understood()
    {
        using var folder = new TemporaryFolder();
        CsvTable table = Write(
            folder, "set.csv", "\uFEFF\"the number\";kind\r\n1;\"a;\"\"b\"\"\"\r\n\r\n2;\"two\nlines\"\r\n", ';');
        Dataset set = TableSchema.Fit(table, Plain).Load(table);
        Assert.Equal(["a;\"b\"", "two\nlines"], set.ClassNames.AsEnumerable());
        Assert.Equal([2f], set.GetSample(1));
    }

    [Fact]
    public void Categories_become_a_feature_each()
    {
        using var folder = new TemporaryFolder();
        CsvTable table = Write(folder, "set.csv", "colour,size,kind\nred,10,x\ngreen,9,x\nred,10,y\n");
        var schema = TableSchema.Fit(table, Plain with { Categories = ["size", "colour"] });

        // Numbers in the order of numbers, texts in that of characters.
        Assert.Equal(["colour=green", "colour=red", "size=9", "size=10"], schema.FeatureNames.AsEnumerable());
        Assert.Equal([1f, 0f, 1f, 0f], schema.Load(table).GetSample(1));
    }

    [Theory]
    [InlineData(MissingValues.SkipRow, new[] { 1f, 10f, 5f, 30f })]
    [InlineData(MissingValues.Replace, new[] { 1f, 10f, 3f, 20f, 5f, 30f })]
    public void A_missing_number_is_treated_as_the_option_says(MissingValues missing, float[] expected)
    {
        using var folder = new TemporaryFolder();
        CsvTable table = Write(folder, "set.csv", "a,b,kind\n1,10,x\n,20,y\n5,30,x\n");
        Dataset set = TableSchema.Fit(table, Plain with { Missing = missing }).Load(table);
        Assert.Equal(expected, Enumerable.Range(0, set.Count).SelectMany(set.GetSample));
    }

    [Fact]
    public void A_missing_category_belongs_to_none_where_it_is_replaced()
    {
        using var folder = new TemporaryFolder();
        CsvTable table = Write(folder, "set.csv", "colour,kind\nred,x\nNA,y\nblue,y\n");
        Dataset set =
            TableSchema.Fit(table, Plain with { Categories = ["colour"], Missing = MissingValues.Replace }).Load(table);
        Assert.Equal([0f, 0f], set.GetSample(1));
    }

    [Fact]
    public void Target_values_stand_beside_features_that_are_chosen()
    {
        using var folder = new TemporaryFolder();
        CsvTable table = Write(folder, "set.csv", "p,q,r,s\n1,2,3,4\n5,6,7,8\n");
        Dataset set = TableSchema.Fit(table, new TableOptions { Features = ["s", "p"], Values = ["r", "q"] })
            .Load(table);
        float[] values = new float[2];
        set.GatherValues([1], values);
        Assert.Equal([8f, 5f], set.GetSample(1));
        Assert.Equal([7f, 6f], values);
    }

    [Theory]
    [InlineData("a,kind\n1,x\n2\n", "line 3: expected 2 fields, got 1")]
    [InlineData("a,kind\n1,x\n\n2,y,z\n", "line 4: expected 2 fields, got 3")]
    [InlineData("a,kind\n1,x\n2x,y\n", "line 3, column a: expected a number, got 2x")]
    [InlineData("a,kind\n1,x\n\"1,5\",y\n", "line 3, column a: expected a number, got 1,5")]
    [InlineData("a,kind\n1,x\ninf,y\n", "line 3, column a: expected a number")]
    [InlineData("a,kind\n1,x\n,y\n", "line 3, column a: expected a value, got none")]
    [InlineData("a,kind\n1,x\n2,\n", "line 3, column kind: expected a class, got none")]
    [InlineData("a,kind\n", "expected at least one line of data, got none")]
    public void A_bad_line_is_refused_by_file_and_line(string content, string message)
    {
        using var folder = new TemporaryFolder();
        CsvTable table = Write(folder, "set.csv", content);
        InvalidDataException error = Assert.Throws<InvalidDataException>(
            () => TableSchema.Fit(table, Plain).Load(table));
        Assert.Contains("set.csv", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a,,kind\n1,2,x\n")]
    [InlineData("a,a,kind\n1,2,x\n")]
    [InlineData("a, a,kind\n1,2,x\n")]
    public void A_header_without_a_name_for_each_column_is_refused(string content)
    {
        using var folder = new TemporaryFolder();
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Write(folder, "set.csv", content));
        Assert.Contains("set.csv, line 1: expected a name for each column", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_schema_does_not_know_is_refused_by_file_and_line()
    {
        using var folder = new TemporaryFolder();
        CsvTable train = Write(folder, "train.csv", "colour,kind\nred,x\n");
        var schema = TableSchema.Fit(train, Plain with { Categories = ["colour"] });
        AssertRefused(
            "test.csv, line 2, column colour: expected one of 1 known categories, got blue",
            () => schema.Load(Write(folder, "test.csv", "colour,kind\nblue,x\n")));
        AssertRefused(
            "test.csv, line 3, column kind: expected one of 1 known classes, got y",
            () => schema.Load(Write(folder, "test.csv", "colour,kind\nred,x\nred,y\n")));

        static void AssertRefused(string message, Action action) =>
            Assert.Contains(message, Assert.Throws<InvalidDataException>(action).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_that_do_not_fit_the_table_are_refused()
    {
        using var folder = new TemporaryFolder();
        CsvTable table = Write(folder, "set.csv", "a,kind\n1,x\n");
        AssertRefused("expected a column other, got 2 columns: a, kind", new TableOptions { Label = "other" });
        AssertRefused(
            "expected each column once, as a feature or as a target, got a twice",
            new TableOptions { Features = ["a"], Values = ["a"] });
        AssertRefused(
            "expected at least one column of features, got none", new TableOptions { Ignored = ["a", "kind"] });
        AssertRefused("expected categories among the features, got kind", Plain with { Categories = ["kind"] });

        void AssertRefused(string message, TableOptions options) =>
            Assert.Contains(
                message,
                Assert.Throws<ArgumentException>(() => TableSchema.Fit(table, options)).Message,
                StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_missing_or_a_folder_is_refused()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<FileNotFoundException>(() => CsvTable.Open(folder.Combine("none.csv")));
        Assert.Throws<IOException>(() => CsvTable.Open(folder.Path));
        Assert.Throws<DirectoryNotFoundException>(() => CsvTable.Open(folder.Combine("none/none.csv")));
        Assert.Throws<ArgumentException>(() => Write(folder, "set.csv", "a\n1\n", '.'));
    }

    private static CsvTable Write(TemporaryFolder folder, string name, string content, char separator = ',')
    {
        string path = folder.Combine(name);
        File.WriteAllText(path, content);
        return CsvTable.Open(path, separator);
    }
}
