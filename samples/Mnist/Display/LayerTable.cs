using ModelDsl;
using Spectre.Console;

namespace MnistSample.Display;

/// <summary>Shows each layer's output shape, parameters and memory, and what memory training takes.</summary>
internal static class LayerTable
{
    /// <summary>Writes the table.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="model">The model to show.</param>
    /// <param name="batchSize">The batch that the activations' memory is given for.</param>
    /// <param name="optimizerStates">How many values the optimizer keeps for each parameter; Adam: 2.</param>
    public static void Write(IAnsiConsole console, ModelDescription model, int batchSize, int optimizerStates)
    {
        Table table = Tables.Create(
            Tables.Text("Layer"), Tables.Number("Output shape"), Tables.Number("Parameters"), Tables.Number("Memory"));
        foreach (LayerDescription layer in model.Layers)
        {
            bool hasParameters = layer.ParameterCount > 0;
            table.AddRow(
                Markup.Escape(layer.Declaration),
                layer.OutputShape.ToString(),
                hasParameters ? Figures.Count(layer.ParameterCount) : "",
                hasParameters ? Bytes(layer.ParameterCount) : "");
        }

        long parameters = model.ParameterLength;
        long activations = (long)model.TrainingFloatsPerSample * batchSize;
        table.AddEmptyRow();
        table.AddRow(
            $"[bold]{Markup.Escape(model.Name)}[/]",
            model.OutputShape.ToString(),
            $"[bold]{Figures.Count(model.ParameterCount)}[/]",
            $"[bold]{Bytes(parameters)}[/]");
        table.AddRow("gradients", "", "", Bytes(parameters));
        table.AddRow("optimizer state", "", "", Bytes(optimizerStates * parameters));
        table.AddRow($"activations, batch of {Figures.Count(batchSize)}", "", "", Bytes(activations));
        long training = ((2 + optimizerStates) * parameters) + activations;
        table.AddRow("[bold]memory to train[/]", "", "", $"[bold]{Bytes(training)}[/]");
        console.Write(table);
    }

    private static string Bytes(long floats) => Figures.Size(floats * sizeof(float));
}
