using ModelDsl.Tool.Explaining;
using Spectre.Console;

namespace ModelDsl.Tool.Reports;

/// <summary>An explanation as tables on the console.</summary>
internal static class TableReport
{
    /// <summary>What stands in the place of refusals where there are none.</summary>
    public const string NothingRefused = "Each element-wise operation runs where its rows are made.";

    // A file has no edge to wrap at.
    private const int FileWidth = 160;

    public static void Write(ModelExplanation model, TextWriter output)
    {
        IAnsiConsole console = Console(output);
        output.WriteLine(model.Model);
        output.WriteLine(Figures.Summary(model));
        console.Write(Operations(model));
        output.WriteLine(model.Refusals.Count == 0 ? NothingRefused : "Not fused:");
        foreach (ExplainedRefusal refusal in model.Refusals)
        {
            output.WriteLine($"- {RefusalText(refusal)}");
        }

        output.WriteLine(Figures.Memory(model.Arena));
        if (model.Budget is { } budget)
        {
            output.WriteLine(budget);
        }

        output.WriteLine();
    }

    /// <summary>What was not fused and why, in one line.</summary>
    public static string RefusalText(ExplainedRefusal refusal)
    {
        string maker = refusal.Maker is null ? "" : $" into {refusal.Maker}";
        return $"{refusal.Operation}: {refusal.Layer} ({refusal.Stage}){maker}: {refusal.Reason}.";
    }

    /// <summary>What stands before the layers of an operation.</summary>
    public static string PassText(ProgramPass pass) => pass switch
    {
        ProgramPass.Backward => "backward of ",
        ProgramPass.Recomputed => "again ",
        _ => "",
    };

    private static Table Operations(ModelExplanation model)
    {
        bool hasTimes = model.Seconds is not null;
        Table table = new Table().Border(TableBorder.Simple);
        table.AddColumn(new TableColumn("#").RightAligned());
        table.AddColumn(new TableColumn("Operation"));
        table.AddColumn(new TableColumn("FLOPs").RightAligned().NoWrap());
        table.AddColumn(new TableColumn("Bytes").RightAligned().NoWrap());
        if (hasTimes)
        {
            table.AddColumn(new TableColumn("Time").RightAligned().NoWrap());
            table.AddColumn(new TableColumn("Limit").NoWrap());
        }

        foreach (ExplainedOperation operation in model.Operations)
        {
            string layers = PassText(operation.Pass) + string.Join(" → ", operation.Layers);
            string head = $"{layers}: {string.Join(", ", operation.Sources)}";
            string[] cells =
            [
                operation.Number.ToString(CultureInfo.InvariantCulture),
                $"{Markup.Escape(head)}\n[grey]{Markup.Escape(operation.Text)}[/]",
                Figures.Flops(operation.Flops, operation.IsEstimate),
                Figures.Bytes(operation.Bytes),
                .. hasTimes ? (string[])[Figures.Time(operation.Seconds), operation.Limit.ToString()!] : [],
            ];
            table.AddRow(cells);
        }

        return table;
    }

    // Said outright, as Spectre.Console would go by the environment, which may well name a terminal.
    private static IAnsiConsole Console(TextWriter output)
    {
        var target = new AnsiConsoleOutput(output);
        if (target.IsTerminal)
        {
            return AnsiConsole.Create(new AnsiConsoleSettings { Out = target });
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = target,
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Width = FileWidth;
        return console;
    }
}
