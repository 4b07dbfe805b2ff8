using ModelDsl;
using Spectre.Console;

namespace MnistSample.Display;

/// <summary>Shows a training while it runs, in the way that suits the console.</summary>
internal static class TrainingDisplay
{
    /// <summary>Runs <paramref name="fit"/> with an observer that shows it.</summary>
    /// <param name="console">Where to show it.</param>
    /// <param name="fit">The training.</param>
    public static History Run(IAnsiConsole console, Func<ITrainingObserver, History> fit) => Terminal.IsLive(console)
        ? console.Live(new Text("")).Start(live => fit(new LiveTrainingDisplay(console, live, new TrainingProgress())))
        : fit(new ProgressBar(console.Profile.Out.Writer));
}
