using System.CommandLine;
using Microsoft.CodeAnalysis;
using ModelDsl.Generator;
using ModelDsl.Generator.Parsing;
using ModelDsl.Tool.Explaining;
using ModelDsl.Tool.Projects;
using ModelDsl.Tool.Reports;

namespace ModelDsl.Tool.Commands;

/// <summary>
/// <c>modeldsl explain</c>: what the compiler makes of a project's models, and how long that takes at best.
/// </summary>
internal static class ExplainCommand
{
    private const int MostErrors = 20;

    /// <param name="output">Where the report goes.</param>
    /// <param name="error">Where the errors of models go.</param>
    public static Command Create(TextWriter output, TextWriter error)
    {
        var project = new Argument<string>("project")
        {
            Description = "A C# project (.csproj), or a folder with one.",
            DefaultValueFactory = _ => ".",
        };
        var model = new Option<string?>("--model")
        {
            Description = "The name of the model; all models where it is not given.",
            HelpName = "NAME",
        };
        var program = new Option<ModelProgram>("--program")
        {
            Description = "Which of the model's programs.",
            DefaultValueFactory = _ => ModelProgram.Training,
        };
        Option<int> batch = Number("--batch", "The samples of a batch.", "N", "a whole number of at least 1", 32,
            (string text, out int value) =>
                int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= 1);
        Option<double> peak = Rate("--peak", "What the processor computes at most, in GFLOP/s.");
        Option<double> bandwidth = Rate("--bandwidth", "What the memory delivers at most, in GB/s.");
        var format = new Option<ReportFormat>("--format")
        {
            Description = "How the report is written.",
            DefaultValueFactory = _ => ReportFormat.Table,
        };
        var svg = new Option<string?>("--svg")
        {
            Description = "A file for a drawing of the arena: one rectangle for each value.",
            HelpName = "FILE",
        };
        var framework = new Option<string?>("--framework")
        {
            Description = "The target framework, of a project with several.",
            HelpName = "TFM",
        };
        var configuration = new Option<string?>("--configuration")
        {
            Description = "The project's configuration.",
            HelpName = "NAME",
        };

        var command = new Command("explain", "Explains what the compiler makes of a model.")
        {
            project, model, program, batch, peak, bandwidth, format, svg, framework, configuration,
        };
        command.SetAction(parsed =>
        {
            double? peakRate = parsed.GetValue(peak) is > 0 and var flops ? flops : null;
            double? bandwidthRate = parsed.GetValue(bandwidth) is > 0 and var bytes ? bytes : null;
            if (peakRate is null != bandwidthRate is null)
            {
                throw new ToolException(
                    "--peak and --bandwidth: a time is predicted from both; expected both or none.");
            }

            var settings = new ExplainSettings(
                parsed.GetValue(program), parsed.GetValue(batch), peakRate, bandwidthRate);
            Compilation compilation = ProjectLoader.Load(
                parsed.GetRequiredValue(project), parsed.GetValue(framework), parsed.GetValue(configuration));
            return Run(
                compilation,
                parsed.GetValue(model),
                settings,
                parsed.GetValue(format),
                parsed.GetValue(svg),
                output,
                error);
        });
        return command;
    }

    /// <summary>Explains models of a compilation, and returns the exit code.</summary>
    internal static int Run(
        Compilation compilation,
        string? name,
        ExplainSettings settings,
        ReportFormat format,
        string? svg,
        TextWriter output,
        TextWriter error)
    {
        var models = ProjectModels.Read(compilation);
        IReadOnlyList<ModelDeclaration> chosen = Choose(models, name);
        List<ModelExplanation> explanations = [];
        List<CheckedModel> broken = [];
        foreach (ModelDeclaration declaration in chosen)
        {
            CheckedModel model = ModelCompiler.Check(declaration, CancellationToken.None);
            if (model.Differentiated is null)
            {
                broken.Add(model);
            }
            else if (Explainer.Explain(model, settings) is { } explanation)
            {
                explanations.Add(explanation);
            }
            else if (name is not null)
            {
                throw new ToolException(
                    $"The model {declaration.Name} has no program '{settings.Program}': see --help.");
            }
        }

        if (svg is not null && explanations.Count != 1)
        {
            throw new ToolException(
                $"--svg draws one model, and there are {explanations.Count} to explain: choose one by --model.");
        }

        if (explanations.Count > 0)
        {
            Report.Write(explanations, format, output);
        }

        if (svg is not null)
        {
            File.WriteAllText(svg, ArenaDrawing.Draw(explanations[0]));
        }

        bool anyBroken = broken.Count > 0 || (name is null && !models.Errors.IsEmpty);
        if (anyBroken)
        {
            WriteErrors(models, error);
        }

        return anyBroken ? CommandLine.Failure : CommandLine.Success;
    }

    private static IReadOnlyList<ModelDeclaration> Choose(ProjectModels models, string? name)
    {
        if (models.Declarations.IsEmpty && models.Errors.IsEmpty)
        {
            throw new ToolException("The project has no class that is marked with [Model].");
        }

        if (name is null)
        {
            return models.Declarations;
        }

        ModelDeclaration[] found =
            [.. models.Declarations.Where(model => model.Name == name || model.HintName == name)];
        string others = string.Join(", ", models.Declarations.Select(model => model.HintName));
        return found switch
        {
            [_] => found,
            [] => throw new ToolException(
                $"--model: there is no model '{PrintableText.Name(name)}'; expected one of: {others}."),
            _ => throw new ToolException(
                $"--model: several models are called '{name}': "
                    + $"{string.Join(", ", found.Select(model => model.HintName))}. Give the full name."),
        };
    }

    private static void WriteErrors(ProjectModels models, TextWriter error)
    {
        Diagnostic[] errors = [.. models.Errors.IsEmpty ? models.CompilerErrors() : models.Errors];
        foreach (Diagnostic diagnostic in errors.Take(MostErrors))
        {
            error.WriteLine(diagnostic.ToString());
        }

        if (errors.Length > MostErrors)
        {
            error.WriteLine($"... and {errors.Length - MostErrors} more.");
        }
    }

    private delegate bool TryParse<T>(string text, out T value);

    private static Option<double> Rate(string name, string description) =>
        Number(name, description, "X", "a number above 0", 0d, (string text, out double value) =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            && value > 0 && double.IsFinite(value));

    private static Option<T> Number<T>(
        string name, string description, string helpName, string expected, T usual, TryParse<T> tryParse) =>
        new(name)
        {
            Description = description,
            HelpName = helpName,
            DefaultValueFactory = _ => usual,
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (!tryParse(text, out T value))
                {
                    result.AddError($"{name}: expected {expected}, got '{PrintableText.Name(text)}'");
                }

                return value;
            },
        };
}
