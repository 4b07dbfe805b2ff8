using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ModelDsl.Generator.Analysis.CallSites;

namespace ModelDsl.Generator.Analysis;

/// <summary>Reports calls that certainly throw: for the number of values, targets, labels, indices, or for a copy of a model.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CallSiteAnalyzer : DiagnosticAnalyzer
{
    private const string ShapeAttribute = "ModelDsl.ShapeAttribute";

    private readonly FlowObserver? _observer;

    /// <summary>The analyzer that a compiler makes.</summary>
    public CallSiteAnalyzer()
    {
    }

    /// <summary>An analyzer that tells of its steps.</summary>
    internal CallSiteAnalyzer(FlowObserver observer) => _observer = observer;

    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        LengthDoesNotFit.Rule, SamplesDoNotFit.Rule, DatasetDoesNotFit.Rule, TargetsDoNotFit.Rule, LabelsDoNotFit.Rule,
        IndexOutsideResult.Rule, CopyCannotTrain.Rule, ResultIsOverwritten.Rule,
    ];

    /// <inheritdoc />
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypeByMetadataName(ShapeAttribute) is not null)
            {
                var contracts = new ModelContracts();
                start.RegisterOperationBlockAction(block => Analyze(block, contracts));
            }
        });
    }

    private void Analyze(OperationBlockAnalysisContext context, ModelContracts contracts)
    {
        // The parts of one member (a constructor's initialiser and its body) are one flow, and share their root. The root of
        // top-level statements is the whole file's.
        var roots = new HashSet<IOperation>();
        foreach (IOperation block in context.OperationBlocks)
        {
            IOperation root = block;
            while (root.Parent is { } parent)
            {
                root = parent;
            }

            // Most methods have nothing to do with models: the flow is followed only where something could be wrong.
            if (roots.Add(root)
                && root is IMethodBodyBaseOperation or IBlockOperation or ISymbolInitializerOperation
                && IsConcerned(root, context.OwningSymbol, context.CancellationToken)
                && GraphOf(context, block) is { } graph)
            {
                var flow = new ShapeFlow(contracts, _observer, context.CancellationToken);
                foreach (Diagnostic diagnostic in flow.Run(graph, context.OwningSymbol as IMethodSymbol))
                {
                    context.ReportDiagnostic(diagnostic);
                }
            }
        }
    }

    // Null where statements are nested more deeply than the stack allows the compiler itself to follow them.
    private static ControlFlowGraph? GraphOf(OperationBlockAnalysisContext context, IOperation block)
    {
        try
        {
            return context.GetControlFlowGraph(block);
        }
        catch (InsufficientExecutionStackException)
        {
            return null;
        }
    }

    private static bool IsConcerned(IOperation root, ISymbol owner, CancellationToken cancellation)
    {
        if (owner is IMethodSymbol method && DeclaredShape.OfResult(method) is not null)
        {
            return true;
        }

        foreach (IOperation operation in root.DescendantsAndSelf())
        {
            cancellation.Look();
            bool concerned = operation switch
            {
                ILocalFunctionOperation local => DeclaredShape.OfResult(local.Symbol) is not null,
                IArgumentOperation { Parameter: { } parameter } =>
                    Memories.IsMemory(parameter.Type)
                        ? DeclaredShape.Of(parameter) is not null
                        : Datasets.IsSource(parameter.Type) || Memories.IsOurs(parameter.Type, "Targets"),
                IInvocationOperation { TargetMethod: var called } =>
                    called.Name == "ForInference" || Memories.IsOurs(called.ContainingType, "Dataset"),
                IFieldReferenceOperation { Field: var field } => Memories.IsMemory(field.Type) && DeclaredShape.Of(field) is not null,
                IPropertyReferenceOperation { Property: var property } =>
                    Memories.IsMemory(property.Type) && DeclaredShape.Of(property) is not null,
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
