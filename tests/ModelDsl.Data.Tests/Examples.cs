using System.Text.RegularExpressions;
using Apache.Arrow.Types;
using Microsoft.ML;
using Microsoft.ML.Data;
using SkiaSharp;

namespace ModelDsl.Data.Tests;

/// <summary>Runs what docs/data-formats.md shows. The documents' code stands here word for word.</summary>
public sealed class Examples
{
    [Fact]
    public void Tables_are_read_as_the_document_says() => InFolder(() =>
    {
        File.WriteAllText(
            "train.csv", "id,species,island,bill\n1,adelie,dream,39.5\n2,gentoo,biscoe,\n3,adelie,biscoe,40.5\n");
        File.WriteAllText("test.csv", "bill,island,species,id\n47,dream,gentoo,9\n");
        var table = CsvTable.Open("train.csv");
        var schema = TableSchema.Fit(table, new TableOptions
        {
            Label = "species",
            Categories = ["island"],
            Ignored = ["id"],
            Missing = MissingValues.Replace,
        });
        Dataset train = schema.Load(table);
        Dataset test = schema.Load(CsvTable.Open("test.csv"));
        Assert.Equal(["island=biscoe", "island=dream", "bill"], schema.FeatureNames.AsEnumerable());
        Assert.Equal([1f, 0f, 40f], train.GetSample(1));
        Assert.Equal([0f, 1f, 47f], test.GetSample(0));
        Assert.Equal("gentoo", test.ClassNames[test.GetLabel(0)]);
        ParquetTableTests.Write(
            "more.parquet", ("species", new[] { "gentoo" }), ("island", new[] { "biscoe" }), ("bill", new[] { 50f }));
        File.WriteAllBytes("others.arrow", ArrowFiles.Write(
        [
            ArrowFiles.Batch(
                ("species", ArrowFiles.Texts("adelie")),
                ("island", ArrowFiles.Texts("dream")),
                ("bill", ArrowFiles.Values<float>(FloatType.Default, 60f))),
        ]));
        IDataView dataView = new MLContext().Data.LoadFromEnumerable([new Row { Features = [1f, 2f], Price = 7f }]);
        Dataset rows = schema.Load(ParquetTable.Open("more.parquet"));
        Dataset others = schema.Load(ArrowTable.Open("others.arrow"));

        var view = new DataViewTable(dataView);
        var options = new TableOptions { Features = [.. view.ColumnsOf("Features")], Values = ["Price"] };
        Dataset prices = TableSchema.Fit(view, options).Load(view);
        Assert.Equal([1f, 0f, 50f], rows.GetSample(0));
        Assert.Equal([0f, 1f, 60f], others.GetSample(0));
        Assert.Equal([1f, 2f], prices.GetSample(0));
    });

    [Fact]
    public void Images_are_read_as_the_document_says() => InFolder(() =>
    {
        foreach (string name in (string[])["cats", "dogs"])
        {
            Directory.CreateDirectory(Path.Combine("pictures", name));
            using SKBitmap bitmap = new(4, 4);
            bitmap.Erase(name == "cats" ? SKColors.White : SKColors.Black);
            using FileStream file = File.Create(Path.Combine("pictures", name, "1.png"));
            bitmap.Encode(file, SKEncodedImageFormat.Png, quality: 100);
        }

        var images = ImageFolder.Open("pictures", height: 32, width: 32, isGray: false);
        using PrefetchedSource ready =
            images.Augment(Augmentation.FlipHorizontally(), Augmentation.Crop(0.8f)).Prefetch();
        Dataset inMemory = images.ToDataset();
        Assert.Equal(["cats", "dogs"], inMemory.ClassNames.AsEnumerable());
        Assert.All(ready.GetSample(0), value => Assert.Equal(1f, value, 1e-5f));
        Assert.Equal(images.GetSample(1), inMemory.GetSample(1));
    });

    [Fact]
    public void The_document_shows_what_runs_here()
    {
        string code = Unindented(Read("Examples.cs"));
        MatchCollection blocks = Regex.Matches(
            Read("data-formats.md"), "^```csharp\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline);
        Assert.Equal(3, blocks.Count);
        Assert.All(blocks, block => Assert.Contains(Unindented(block.Groups[1].Value), code, StringComparison.Ordinal));
    }

    // The examples name files without a folder.
    private static void InFolder(Action action)
    {
        using var folder = new TemporaryFolder();
        string before = Directory.GetCurrentDirectory();
        Directory.SetCurrentDirectory(folder.Path);
        try
        {
            action();
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
        }
    }

    private static string Read(string name) =>
        new StreamReader(typeof(Examples).Assembly.GetManifestResourceStream(name)!).ReadToEnd()
            .ReplaceLineEndings("\n");

    private static string Unindented(string code) => Regex.Replace(code, "^ +", "", RegexOptions.Multiline);

    private sealed class Row
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        public float Price { get; set; }
    }
}
