using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ModelDsl.Tool.Explaining;

namespace ModelDsl.Tool.Reports;

/// <summary>How a report is written.</summary>
internal enum ReportFormat
{
    /// <summary>Tables on the console.</summary>
    Table,

    /// <summary>Markdown, for a pull request or a wiki.</summary>
    Markdown,

    /// <summary>JSON, for programs: a list with one object for each model.</summary>
    Json,
}

/// <summary>Writes explanations.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },

        // Shapes and arrows as they are: nobody puts the file into a page of HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write(IReadOnlyList<ModelExplanation> models, ReportFormat format, TextWriter output)
    {
        switch (format)
        {
            case ReportFormat.Json:
                output.WriteLine(JsonSerializer.Serialize(models, Options));
                break;
            case ReportFormat.Markdown:
                foreach (ModelExplanation model in models)
                {
                    MarkdownReport.Write(model, output);
                }

                break;
            default:
                foreach (ModelExplanation model in models)
                {
                    TableReport.Write(model, output);
                }

                break;
        }
    }
}
