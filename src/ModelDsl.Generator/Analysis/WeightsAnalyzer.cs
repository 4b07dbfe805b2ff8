using Microsoft.CodeAnalysis.Diagnostics;
using ModelDsl.Generator.Analysis.Weights;

namespace ModelDsl.Generator.Analysis;

/// <summary>Compares the tensors of a model with those of the file that [Weights] names.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class WeightsAnalyzer : DiagnosticAnalyzer
{
    // A file of another model has any number of them, and one is enough to refuse it.
    private const int MostUnknown = 100;

    private const string WeightsAttribute = "ModelDsl.WeightsAttribute";

    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [WeightsNotFound.Rule, WeightsDamaged.Rule, TensorMissing.Rule, TensorDoesNotFit.Rule, TensorUnknown.Rule, TensorHasOtherType.Rule];

    /// <inheritdoc />
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName(WeightsAttribute) is { } weights)
            {
                start.RegisterSymbolAction(symbol => Analyze(symbol, weights), SymbolKind.NamedType);
            }
        });
    }

    private static void Analyze(SymbolAnalysisContext context, INamedTypeSymbol weightsAttribute)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        AttributeData? weights = type.GetAttributes().FirstOrDefault(attribute =>
            SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, weightsAttribute));
        if (weights?.ConstructorArguments is not [{ Value: string { Length: > 0 } path }]
            || !DeclarationRules.Check(type, context.CancellationToken).IsEmpty)
        {
            return;
        }

        ParsedModel model = ModelParser.Parse(type, context.CancellationToken);
        CheckedModel checkedModel = ModelCompiler.Check(model.Declaration, context.CancellationToken);
        if (checkedModel.Differentiated is not { } differentiated)
        {
            return;
        }

        Location place = ArgumentLocator.Find(
            weights, weights.AttributeConstructor!.Parameters[0].Name, context.CancellationToken);
        AdditionalText? file = context.Options.AdditionalFiles.FirstOrDefault(candidate => EndsWith(candidate.Path, path));
        if (file is null)
        {
            context.ReportDiagnostic(WeightsNotFound.Message(PrintableText.Escape(path), type.Name).At(place));
            return;
        }

        try
        {
            Compare(context, type, model, differentiated.Model.Layout, PrintableText.Escape(path), ReadHeader(file.Path, context.CancellationToken), place);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            context.ReportDiagnostic(
                WeightsDamaged.Message(PrintableText.Escape(path), PrintableText.Escape(exception.Message)).At(place));
        }
    }

    private static void Compare(
        SymbolAnalysisContext context,
        INamedTypeSymbol type,
        ParsedModel model,
        ParameterLayout layout,
        string path,
        IReadOnlyList<HeaderTensor> tensors,
        Location place)
    {
        Dictionary<string, HeaderTensor> byName = tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        foreach (Parameter parameter in layout.Parameters)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            string layer = parameter.Layer.Declaration.Text;
            string needed = parameter.Value.Shape.ToString();
            Location location = model.Sites[parameter.Layer.Index].Location(context.CancellationToken);
            if (!byName.TryGetValue(parameter.Id.FileName, out HeaderTensor? tensor))
            {
                context.ReportDiagnostic(
                    TensorMissing.Message(layer, parameter.Id.FileName, needed, path).At(location, [place]));
                continue;
            }

            byName.Remove(parameter.Id.FileName);
            if (!tensor.Dimensions.SequenceEqual(parameter.Value.Shape.Dimensions.Select(dimension => (long)dimension)))
            {
                context.ReportDiagnostic(
                    TensorDoesNotFit.Message(layer, parameter.Id.FileName, needed, path, tensor.ShownShape)
                        .At(location, [place]));
            }
            else if (!tensor.IsReadable)
            {
                context.ReportDiagnostic(
                    TensorHasOtherType.Message(layer, parameter.Id.FileName, path, tensor.ElementType)
                        .At(location, [place]));
            }
        }

        foreach (HeaderTensor tensor in byName.Values.OrderBy(tensor => tensor.Name, StringComparer.Ordinal).Take(MostUnknown))
        {
            context.ReportDiagnostic(
                TensorUnknown.Message(path, tensor.ShownName, tensor.ShownShape, type.Name).At(place));
        }
    }

    // An AdditionalText gives a file as text, all of it. This one is binary, may have gigabytes, and only its head matters.
#pragma warning disable RS1035 // Do not use APIs banned for analyzers
    private static IReadOnlyList<HeaderTensor> ReadHeader(string path, CancellationToken cancellation)
    {
        using FileStream file = File.OpenRead(path);
        return SafetensorsHeader.Read(file, cancellation);
    }
#pragma warning restore RS1035

    private static bool EndsWith(string file, string path)
    {
        string whole = file.Replace('\\', '/');
        string end = path.Replace('\\', '/');
        return whole.EndsWith(end, StringComparison.Ordinal)
            && (whole.Length == end.Length || whole[whole.Length - end.Length - 1] == '/');
    }
}
