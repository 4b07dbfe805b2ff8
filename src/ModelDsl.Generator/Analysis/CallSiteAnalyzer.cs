using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ModelDsl.Generator.Analysis.CallSites;
using ModelDsl.Generator.Diagnostics;

namespace ModelDsl.Generator.Analysis;

/// <summary>Reports arguments, results and assignments whose number of values is known and does not fit.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CallSiteAnalyzer : DiagnosticAnalyzer
{
    private const string ShapeAttribute = "ModelDsl.ShapeAttribute";

    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [LengthDoesNotFit.Rule, SamplesDoNotFit.Rule, DatasetDoesNotFit.Rule];

    /// <inheritdoc />
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName(ShapeAttribute) is not null)
            {
                start.RegisterOperationBlockAction(Analyze);
            }
        });
    }

    private static void Analyze(OperationBlockAnalysisContext context)
    {
        foreach (IOperation block in context.OperationBlocks)
        {
            // Most methods have nothing to do with models: the flow is followed only where something could be wrong.
            if (block is IBlockOperation or IFieldInitializerOperation or IPropertyInitializerOperation
                && IsConcerned(block, context.OwningSymbol, context.CancellationToken))
            {
                ControlFlowGraph graph = context.GetControlFlowGraph(block);
                new ShapeFlow(context.OwningSymbol as IMethodSymbol, context.ReportDiagnostic, context.CancellationToken).Run(graph);
            }
        }
    }

    private static bool IsConcerned(IOperation block, ISymbol owner, CancellationToken cancellation)
    {
        if (owner is IMethodSymbol method && DeclaredShape.OfResult(method) is not null)
        {
            return true;
        }

        foreach (IOperation operation in block.Descendants())
        {
            cancellation.ThrowIfCancellationRequested();
            bool concerned = operation switch
            {
                ILocalFunctionOperation local => DeclaredShape.OfResult(local.Symbol) is not null,
                IArgumentOperation { Parameter: { } parameter } =>
                    Memories.IsMemory(parameter.Type) ? DeclaredShape.Of(parameter) is not null : Memories.IsOurs(parameter.Type, "Dataset"),
                ISimpleAssignmentOperation { Target: IFieldReferenceOperation { Field: var field } } => DeclaredShape.Of(field) is not null,
                ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var property } } =>
                    DeclaredShape.Of(property) is not null,
                _ => false,
            };
            if (concerned)
            {
                return true;
            }
        }

        return false;
    }
}
