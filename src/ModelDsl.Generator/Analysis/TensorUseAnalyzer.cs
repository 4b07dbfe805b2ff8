using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using ModelDsl.Generator.Parsing.Methods;

namespace ModelDsl.Generator.Analysis;

/// <summary>Finds tensors that no forward method leads to: what uses them would throw when the program runs.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TensorUseAnalyzer : DiagnosticAnalyzer
{
    private static readonly ImmutableArray<OperationKind> Kinds =
    [
        OperationKind.Invocation, OperationKind.PropertyReference, OperationKind.Binary, OperationKind.Unary,
        OperationKind.Conversion,
    ];

    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [TensorOutsideForward.Rule];

    /// <inheritdoc />
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName(ForwardReader.TensorType) is not null)
            {
                start.RegisterOperationAction(Analyze, Kinds);
            }
        });
    }

    private static void Analyze(OperationAnalysisContext context)
    {
        IOperation operation = context.Operation;
        if (!IsOfTensor(operation) || HasTensors(context.ContainingSymbol) || IsWithinAnother(operation))
        {
            return;
        }

        // A local function or a lambda may have tensors of its own.
        for (IOperation? around = operation.Parent; around is not null; around = around.Parent)
        {
            IMethodSymbol? method =
                (around as ILocalFunctionOperation)?.Symbol ?? (around as IAnonymousFunctionOperation)?.Symbol;
            if (method is not null && HasTensors(method))
            {
                return;
            }
        }

        context.ReportDiagnostic(
            TensorOutsideForward.Message(ExpressionText.Of(operation.Syntax)).At(ExpressionSite.LocationOf(operation.Syntax)));
    }

    // The outermost of a chain is told.
    private static bool IsWithinAnother(IOperation operation)
    {
        for (IOperation? around = operation.Parent; around is not null && IsOfExpression(around); around = around.Parent)
        {
            if (IsOfTensor(around))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOfExpression(IOperation operation) =>
        operation is IArgumentOperation or IConversionOperation or ITupleOperation or IInvocationOperation
            or IPropertyReferenceOperation or IBinaryOperation or IUnaryOperation;

    private static bool IsOfTensor(IOperation operation) => ForwardReader.IsTensor(operation switch
    {
        IInvocationOperation invocation => invocation.TargetMethod.ContainingType,
        IPropertyReferenceOperation property => property.Property.ContainingType,
        IBinaryOperation binary => binary.OperatorMethod?.ContainingType,
        IUnaryOperation unary => unary.OperatorMethod?.ContainingType,
        IConversionOperation conversion => conversion.OperatorMethod?.ContainingType,
        _ => null,
    });

    private static bool HasTensors(ISymbol symbol) => symbol is IMethodSymbol method
        && (Names(method.ReturnType) || method.Parameters.Any(parameter => Names(parameter.Type)));

    // The type itself, an array of it, or a type that is given it.
    private static bool Names(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => Names(array.ElementType),
        INamedTypeSymbol named => ForwardReader.IsTensor(named) || named.TypeArguments.Any(Names),
        _ => false,
    };
}
