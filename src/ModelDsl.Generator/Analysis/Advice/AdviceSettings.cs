using System.Globalization;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ModelDsl.Generator.Analysis.Advice;

/// <summary>All that advice depends on besides the declaration of a model.</summary>
/// <param name="Budget">The most parameters that [Model] allows, where it says so.</param>
/// <param name="UsualBudget">The most that .editorconfig allows a model that states no budget.</param>
/// <param name="LongestSigmoidChain">How many sigmoids in a row are fine, where .editorconfig says so.</param>
/// <param name="TellsShapes">Whether the project asks for what flows through each layer.</param>
internal sealed record AdviceSettings(int? Budget, int? UsualBudget, int? LongestSigmoidChain, bool TellsShapes)
{
    private const string UsualBudgetKey = "modeldsl_max_parameters";
    private const string LongestSigmoidChainKey = "modeldsl_longest_sigmoid_chain";

    /// <summary>Reads the arguments of [Model] and the settings of .editorconfig for the model's file.</summary>
    /// <param name="mark">[Model].</param>
    /// <param name="file">The model's file.</param>
    /// <param name="options">The settings of the file.</param>
    /// <param name="compilation">The options of the project.</param>
    /// <param name="cancellation">Passed on to the settings' provider.</param>
    public static AdviceSettings Read(
        AttributeData mark,
        SyntaxTree file,
        AnalyzerConfigOptions options,
        CompilationOptions compilation,
        CancellationToken cancellation) =>
        new(
            BudgetOf(mark),
            Number(options, UsualBudgetKey),
            Number(options, LongestSigmoidChainKey),
            IsOn(ShapesOfLayer.Id, file, compilation, cancellation));

    // Whether a rule is on that is off by default: what it says is worked out for those alone who ask.
    private static bool IsOn(
        string rule, SyntaxTree file, CompilationOptions options, CancellationToken cancellation) =>
        options.SpecificDiagnosticOptions.TryGetValue(rule, out ReportDiagnostic severity)
            ? severity is not (ReportDiagnostic.Suppress or ReportDiagnostic.Default)
            : options.SyntaxTreeOptionsProvider is { } settings
                && (settings.TryGetDiagnosticValue(file, rule, cancellation, out severity)
                    || settings.TryGetGlobalDiagnosticValue(rule, cancellation, out severity))
                && severity is not (ReportDiagnostic.Suppress or ReportDiagnostic.Default);

    private static int? BudgetOf(AttributeData mark)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in mark.NamedArguments)
        {
            if (argument.Key == ModelParser.Budget)
            {
                return argument.Value.Value as int?;
            }
        }

        return null;
    }

    private static int? Number(AnalyzerConfigOptions options, string key) =>
        options.TryGetValue(key, out string? text)
        && int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number)
        && number >= 0
            ? number
            : null;
}
