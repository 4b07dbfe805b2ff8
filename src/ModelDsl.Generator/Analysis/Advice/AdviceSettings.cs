using System.Globalization;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ModelDsl.Generator.Analysis.Advice;

/// <summary>All that advice depends on besides the declaration of a model.</summary>
/// <param name="Budget">The most parameters that [Model] allows, where it says so.</param>
/// <param name="UsualBudget">The most that .editorconfig allows a model that states no budget.</param>
/// <param name="LongestSigmoidChain">How many sigmoids in a row are fine, where .editorconfig says so.</param>
internal sealed record AdviceSettings(int? Budget, int? UsualBudget, int? LongestSigmoidChain)
{
    private const string UsualBudgetKey = "modeldsl_max_parameters";
    private const string LongestSigmoidChainKey = "modeldsl_longest_sigmoid_chain";

    /// <summary>Reads the arguments of [Model] and the settings of .editorconfig for the model's file.</summary>
    public static AdviceSettings Read(AttributeData mark, AnalyzerConfigOptions options) =>
        new(BudgetOf(mark), Number(options, UsualBudgetKey), Number(options, LongestSigmoidChainKey));

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
