using System.Globalization;
using System.Numerics.Tensors;
using System.Text;
using MnistSample.Images;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MnistSample.Display;

/// <summary>Shows what a model makes of an image: each class's probability, with a bar, and the answer.</summary>
internal static class ProbabilityTable
{
    private const int BarWidth = 30;

    /// <summary>Writes the table; on a terminal, with the image as the model sees it beside it.</summary>
    public static void Write(IAnsiConsole console, float[] image, float[] probabilities)
    {
        int answer = TensorPrimitives.IndexOfMax(probabilities);
        char block = console.Profile.Capabilities.Unicode ? '█' : '#';
        Table table = Tables.Create(Tables.Number("Class"), Tables.Number("Probability"), Tables.Text(""));
        for (int index = 0; index < probabilities.Length; index++)
        {
            string style = index == answer ? "bold green" : "default";
            var bar = new string(block, (int)MathF.Round(probabilities[index] * BarWidth));
            table.AddRow(
                $"[{style}]{index}[/]",
                $"[{style}]{Figures.Percent(probabilities[index])}[/]",
                $"[{style}]{bar.PadRight(BarWidth)}[/]");
        }

        IRenderable shown = Terminal.IsLive(console) && console.Profile.Capabilities.Unicode
            ? new Columns(new Markup(Blocks(image)), table).Collapse()
            : table;
        console.Write(shown);
        console.MarkupLineInterpolated($"The image shows class [bold green]{answer}[/].");
    }

    /// <summary>Two rows of pixels in one line of text: the upper half of each character in its own colour.</summary>
    private static string Blocks(float[] image)
    {
        const int Side = DigitNormalization.Side;
        var text = new StringBuilder();
        for (int y = 0; y < Side; y += 2)
        {
            for (int x = 0; x < Side; x++)
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"[{Gray(image[(y * Side) + x])} on {Gray(image[((y + 1) * Side) + x])}]▀[/]");
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static string Gray(float value)
    {
        int level = (int)MathF.Round(value * 255);
        return string.Create(CultureInfo.InvariantCulture, $"rgb({level},{level},{level})");
    }
}
