using MnistSample.Display;
using Spectre.Console;

namespace ModelDsl.Samples.Tests;

public sealed class DisplayTests
{
    [Fact]
    public void The_live_display_shows_a_row_for_each_epoch_with_its_figures()
    {
        string screen = ShowTraining(epochs: 2, height: 30);

        Assert.Contains("Val. acc.", screen, StringComparison.Ordinal);
        Assert.Contains("1/2", screen, StringComparison.Ordinal);
        Assert.Contains("2/2", screen, StringComparison.Ordinal);
        Assert.Contains("91.25 %", screen, StringComparison.Ordinal);
        Assert.Contains("93.75 %", screen, StringComparison.Ordinal);
        Assert.Contains("s left", screen, StringComparison.Ordinal);
    }

    [Fact]
    public void The_live_display_drops_the_oldest_epochs_where_the_screen_is_full()
    {
        string last = ShowTraining(epochs: 40, height: 12).Split("Epoch")[^1];

        Assert.Contains("40/40", last, StringComparison.Ordinal);
        Assert.DoesNotContain("36/40", last, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.04, "0.0 s")]
    [InlineData(59.94, "59.9 s")]
    [InlineData(185, "3:05 min")]
    [InlineData(3723, "1:02:03 h")]
    [InlineData(90_000, "25:00:00 h")]
    public void Durations_are_written_as_people_say_them(double seconds, string expected) =>
        Assert.Equal(expected, Figures.Duration(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(999, "999 B")]
    [InlineData(20_520, "20.5 kB")]
    [InlineData(1_607_680, "1.6 MB")]
    [InlineData(2_500_000_000, "2.50 GB")]
    public void Sizes_are_written_in_the_unit_that_fits(long bytes, string expected) =>
        Assert.Equal(expected, Figures.Size(bytes));

    private static string ShowTraining(int epochs, int height)
    {
        using var screen = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(screen),
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.Yes,
        });
        console.Profile.Width = 100;
        console.Profile.Height = height;
        console.Live(new Text("")).Start(live =>
        {
            ITrainingObserver display = new LiveTrainingDisplay(console, live, new TrainingProgress());
            for (int epoch = 1; epoch <= epochs; epoch++)
            {
                display.OnEpochStarted(epoch, epochs, batches: 1);
                display.OnBatchCompleted(new BatchResult(epoch, epochs, 1, 1, 128, 0.25, 0.9125));
                display.OnEpochCompleted(new EpochResult(
                    epoch, 0.25, 0.9125, 0.2, 0.9375, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(0.2), 128));
            }
        });
        return screen.ToString();
    }
}
