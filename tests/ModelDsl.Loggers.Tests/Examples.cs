using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ModelDsl.Loggers.Tests;

/// <summary>Runs what docs/metrics.md shows of the loggers. The document's code stands here word for word.</summary>
public sealed class Examples
{
    [Fact]
    public void Figures_go_where_the_document_says()
    {
        using var temporary = new TemporaryFolder();
        string folder = temporary.Path;
        ILogger logger = NullLogger.Instance;
        Dataset classes = Dataset.FromLabels(new Shape(2), [1f, 0f, 0f, 1f], [0, 1]);
        var classifier = new Trainer<Watched>(new Watched(seed: 1), new Sgd());
        long steps = 0;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, own) =>
            {
                if (instrument is { Meter.Name: TrainingMeter.MeterName, Name: "modeldsl.training.steps" })
                {
                    own.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => steps += value);
        listener.Start();

        using var tensorBoard = new TensorBoardLogger(folder) { HistogramsEvery = 4 };
        using var meter = new TrainingMeter();
        classifier.Fit(classes, new FitOptions
        {
            Epochs = 4,
            Validation = classes,
            Observers = [tensorBoard, meter, new LoggingObserver(logger)],
        });
        Console.WriteLine($"see {tensorBoard.Path}");
        Assert.Equal(tensorBoard.Path, Assert.Single(Directory.GetFiles(folder)));
        Assert.Equal(4, steps);
    }

    [Fact]
    public void The_document_shows_what_runs_here()
    {
        string code = Unindented(Read("Examples.cs"));
        Match block = Assert.Single(Regex.Matches(
            Read("metrics.md"), "^```csharp norun\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline));
        Assert.Contains(Unindented(block.Groups[1].Value), code, StringComparison.Ordinal);
    }

    private static string Read(string name) =>
        new StreamReader(typeof(Examples).Assembly.GetManifestResourceStream(name)!)
            .ReadToEnd()
            .ReplaceLineEndings("\n");

    private static string Unindented(string code) => Regex.Replace(code, "^ +", "", RegexOptions.Multiline);
}
