using ModelDsl;
using Spectre.Console;

namespace MnistSample.Display;

/// <summary>Shows how well each class is told from the others.</summary>
internal static class ClassAccuracyTable
{
    /// <summary>Writes a line a class: its accuracy, its mistakes, and what it is most often taken for.</summary>
    public static void Write(IAnsiConsole console, ConfusionMatrix confusion, IReadOnlyList<string> classNames)
    {
        Table table = Tables.Create(
            Tables.Text("Class"),
            Tables.Number("Accuracy"),
            Tables.Number("Right"),
            Tables.Number("Wrong"),
            Tables.Text("Most often taken for"));
        for (int actual = 0; actual < confusion.ClassCount; actual++)
        {
            int wrong = confusion.CountOf(actual) - confusion[actual, actual];
            int rival = Enumerable.Range(0, confusion.ClassCount)
                .Where(predicted => predicted != actual)
                .MaxBy(predicted => confusion[actual, predicted]);
            table.AddRow(
                Markup.Escape(classNames[actual]),
                Figures.Percent(confusion.AccuracyOf(actual)),
                Figures.Count(confusion[actual, actual]),
                Figures.Count(wrong),
                wrong == 0
                    ? ""
                    : $"{Markup.Escape(classNames[rival])}  [grey]{Figures.Count(confusion[actual, rival])}×[/]");
        }

        console.Write(table);
    }
}
