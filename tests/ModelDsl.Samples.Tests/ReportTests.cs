using System.Globalization;
using MnistSample.Reports;
using SkiaSharp;

namespace ModelDsl.Samples.Tests;

public sealed class ReportTests
{
    private static readonly string[] Digits = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

    [Fact]
    public void History_is_written_one_epoch_a_line_with_points_whatever_the_culture()
    {
        var german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        german.NumberFormat.NumberDecimalSeparator = ",";
        german.NumberFormat.NumberGroupSeparator = ".";
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = german;
            string csv = CsvLogger.Format(
                [Epoch(1, 0.25, 0.925, 0.125, 0.9575) with { Step = 750 }, Epoch(2, 1234.5, null, null, null) with { Step = 1500 }]);

            Assert.Equal(
                """
                epoch,step,loss,accuracy,validation_loss,validation_accuracy,samples_per_second,training_seconds,validation_seconds
                1,750,0.250000,0.925000,0.125000,0.957500,32000,1.500,0.250
                2,1500,1234.500000,,,,32000,1.500,0.250

                """.ReplaceLineEndings("\n"),
                csv);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(500)]
    public void Learning_curves_are_a_PNG_of_the_stated_size(int epochs)
    {
        EpochResult[] history =
            [.. Enumerable.Range(1, epochs).Select(epoch => Epoch(epoch, 1.0 / epoch, 0.9, 1.1 / epoch, 0.91))];

        AssertPicture(LearningCurves.Width, LearningCurves.Height, LearningCurves.Draw(HistoryOf(history)));
    }

    [Fact]
    public void Learning_curves_are_drawn_without_validation_too() =>
        AssertPicture(
            LearningCurves.Width, LearningCurves.Height, LearningCurves.Draw(HistoryOf(Epoch(1, 0.5, null, null, null))));

    [Fact]
    public void The_confusion_matrix_is_a_PNG_that_differs_with_the_counts()
    {
        byte[] perfect = ConfusionMatrixPicture.Draw(Confusion(mistakes: 0), Digits);
        byte[] flawed = ConfusionMatrixPicture.Draw(Confusion(mistakes: 5), Digits);

        Assert.NotEqual(perfect, flawed);
        using SKBitmap? picture = SKBitmap.Decode(flawed);
        Assert.NotNull(picture);
        Assert.InRange(picture.Width, 1400, 1600);
        Assert.InRange(picture.Height, 1300, 1500);
    }

    [Fact]
    public void Long_class_names_make_the_confusion_matrix_grow()
    {
        using SKBitmap digits = SKBitmap.Decode(ConfusionMatrixPicture.Draw(Confusion(0), Digits));
        using SKBitmap fashion = SKBitmap.Decode(ConfusionMatrixPicture.Draw(Confusion(0), Mnist.FashionClassNames));

        Assert.True(fashion.Width > digits.Width);
        Assert.True(fashion.Height > digits.Height);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(WorstImagesSheet.Capacity + 7)]
    public void The_sheet_of_worst_digits_has_the_stated_size_for_any_number_of_them(int count)
    {
        MisreadImage[] worst =
            [.. Enumerable.Range(0, count).Select(index => new MisreadImage(index, new float[784], 1, 7, 0.99f, 0.001f))];

        AssertPicture(WorstImagesSheet.Width, WorstImagesSheet.Height, WorstImagesSheet.Draw(worst, Digits));
    }

    [Fact]
    public void Text_is_drawn_with_the_typeface_that_the_program_carries()
    {
        Assert.Equal("Inter", Typeface.Regular.FamilyName);
        using var brush = new TextBrush(20, SKColors.Black);
        Assert.True(brush.Measure("98.4 %") > 40);
        Assert.True(brush.Measure("→") > 5);
    }

    [Fact]
    public void The_worst_images_are_those_whose_true_class_is_least_probable()
    {
        // The echo model's logits are the image's first ten values; the true class is 3 throughout.
        float[][] logits =
        [
            Logits((3, 5f)),
            Logits((1, 5f)),
            Logits((2, 9f)),
            Logits((4, 1f)),
        ];
        int[] labels = [3, 3, 3, 3];
        Dataset dataset = Dataset.FromLabels(
            new Shape(28, 28), logits.SelectMany(values => values.Concat(new float[774])).ToArray(), labels, 10);

        IReadOnlyList<MisreadImage> worst = MisreadImages.FindWorst(new EchoModel(), dataset, count: 2);

        Assert.Equal([2, 1], worst.Select(image => image.Index));
        Assert.Equal((3, 2), (worst[0].TrueLabel, worst[0].PredictedLabel));
        Assert.True(worst[0].Probability > 0.99f);
    }

    private static float[] Logits(params (int Class, float Value)[] values)
    {
        float[] logits = new float[10];
        foreach ((int index, float value) in values)
        {
            logits[index] = value;
        }

        return logits;
    }

    /// <summary>The confusion matrix of 20 images of each class, of which some are taken for the next class.</summary>
    private static ConfusionMatrix Confusion(int mistakes)
    {
        const int PerClass = 20;
        float[] images = new float[10 * PerClass * 784];
        int[] labels = new int[10 * PerClass];
        for (int index = 0; index < labels.Length; index++)
        {
            labels[index] = index / PerClass;
            int answer = index % PerClass < mistakes ? (labels[index] + 1) % 10 : labels[index];
            images[(index * 784) + answer] = 1;
        }

        Dataset dataset = Dataset.FromLabels(new Shape(28, 28), images, labels, 10);
        return new Trainer<EchoModel>(new EchoModel(), new Sgd()).Evaluate(dataset).Confusion!;
    }

    private static void AssertPicture(int width, int height, byte[] png)
    {
        using SKBitmap? picture = SKBitmap.Decode(png);
        Assert.NotNull(picture);
        Assert.Equal((width * Picture.Scale, height * Picture.Scale), (picture.Width, picture.Height));
        Assert.True(picture.Pixels.Distinct().Skip(1).Any(), "the picture is blank");
    }

    private static History HistoryOf(params EpochResult[] epochs) => new([.. epochs]);

    private static EpochResult Epoch(
        int epoch, double loss, double? accuracy, double? validationLoss, double? validationAccuracy) =>
        new(
            epoch,
            loss,
            accuracy,
            validationLoss,
            validationAccuracy,
            TimeSpan.FromSeconds(1.5),
            TimeSpan.FromSeconds(0.25),
            SamplesPerSecond: 32_000);
}
