using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ModelDsl.Generator.Analysis.CallSites;

/// <summary>
/// A body of code with the functions inside it, and what the flow of one function alone does not show: the variables that may
/// change behind its back, and the memory whose elements may.
/// </summary>
internal sealed class Body
{
    // Evaluation goes as deep as expressions do, and a thread's stack ends somewhere. People do not write such expressions.
    private const int DeepestExpression = 200;

    private readonly HashSet<ISymbol> _untracked = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _written = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _changed = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _functions = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<(ControlFlowGraph Graph, CaptureId Id), List<ISymbol>> _captured = [];
    private readonly List<(ControlFlowGraph Graph, IMethodSymbol? Function)> _graphs = [];
    private readonly CancellationToken _cancellation;

    private Body(CancellationToken cancellation) => _cancellation = cancellation;

    /// <summary>The body itself, and each lambda and local function in it, at any depth.</summary>
    public IReadOnlyList<(ControlFlowGraph Graph, IMethodSymbol? Function)> Graphs => _graphs;

    /// <summary>Whether an expression is nested so deeply that evaluating it could take more than the stack.</summary>
    public bool IsTooDeep { get; private set; }

    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Body Of(ControlFlowGraph graph, IMethodSymbol? method, CancellationToken cancellation)
    {
        var body = new Body(cancellation);
        body._graphs.Add((graph, method));
        for (int i = 0; i < body._graphs.Count && !body.IsTooDeep; i++)
        {
            (ControlFlowGraph inner, IMethodSymbol? function) = body._graphs[i];
            if (function is not null)
            {
                body._functions.Add(function);
            }

            body.Scan(inner, isMain: i == 0, function);
        }

        return body;
    }

    /// <summary>Whether a variable changes only where the flow of the function that owns it sees it.</summary>
    public bool IsTracked(ISymbol variable) => !_untracked.Contains(variable);

    /// <summary>Whether a variable is given another value anywhere.</summary>
    public bool IsWritten(ISymbol variable) => _written.Contains(variable);

    /// <summary>Whether the elements of the memory in a variable may be others than those that it was made of.</summary>
    public bool MayChangeElements(ISymbol variable) => _changed.Contains(variable);

    /// <summary>Whether a parameter is that of the body or of a function in it, and not of the constructor around them.</summary>
    public bool Owns(IParameterSymbol parameter) => _functions.Contains(parameter.ContainingSymbol);

    /// <summary>The variables that an operand stands for: itself, or those that a capture was made of.</summary>
    public IEnumerable<ISymbol> Variables(IOperation operand, ControlFlowGraph graph) => operand switch
    {
        ILocalReferenceOperation local => [local.Local],
        IParameterReferenceOperation parameter => [parameter.Parameter],
        IDeclarationExpressionOperation declaration => Variables(declaration.Expression, graph),
        IFlowCaptureReferenceOperation capture =>
            _captured.TryGetValue((graph, capture.Id), out List<ISymbol>? variables) ? variables : [],
        _ => [],
    };

    private void Scan(ControlFlowGraph graph, bool isMain, IMethodSymbol? function)
    {
        foreach (IOperation operation in Operations(graph))
        {
            if (operation is IFlowCaptureOperation { Value: ILocalReferenceOperation or IParameterReferenceOperation } capture)
            {
                if (!_captured.TryGetValue((graph, capture.Id), out List<ISymbol>? variables))
                {
                    _captured[(graph, capture.Id)] = variables = [];
                }

                variables.AddRange(Variables(capture.Value, graph));
            }
        }

        foreach (BasicBlock block in graph.Blocks)
        {
            bool isInFinally = IsInFinally(block);
            foreach (IOperation operation in Operations(block))
            {
                foreach (ISymbol written in Written(operation, graph))
                {
                    _written.Add(written);
                    if (isInFinally || (!isMain && !SymbolEqualityComparer.Default.Equals(written.ContainingSymbol, function)))
                    {
                        _untracked.Add(written);
                    }
                }

                _untracked.UnionWith(Referenced(operation, graph));
                if (operation is ILocalReferenceOperation or IParameterReferenceOperation
                    && Memories.IsMemory(operation.Type) && !OnlyReads(operation))
                {
                    _changed.UnionWith(Variables(operation, graph));
                }

                if (operation is IFlowAnonymousFunctionOperation anonymous)
                {
                    _graphs.Add((graph.GetAnonymousFunctionControlFlowGraph(anonymous, _cancellation), anonymous.Symbol));
                }
            }
        }

        foreach (IMethodSymbol local in graph.LocalFunctions)
        {
            _graphs.Add((graph.GetLocalFunctionControlFlowGraph(local, _cancellation), local));
        }
    }

    // Every operation of a graph, those of the functions inside it not included.
    private IEnumerable<IOperation> Operations(ControlFlowGraph graph) => graph.Blocks.SelectMany(Operations);

    private IEnumerable<IOperation> Operations(BasicBlock block)
    {
        var pending = new Stack<(IOperation Operation, int Depth)>();
        foreach (IOperation root in block.BranchValue is { } value ? block.Operations.Add(value) : block.Operations)
        {
            pending.Push((root, 0));
            while (pending.Count > 0)
            {
                _cancellation.Look();
                (IOperation operation, int depth) = pending.Pop();
                yield return operation;
                IsTooDeep |= depth > DeepestExpression;
                foreach (IOperation child in operation.ChildOperations)
                {
                    // A long sum is a chain of left operands, which evaluation walks without going deeper.
                    bool isLeft = operation is IBinaryOperation binary && binary.LeftOperand == child;
                    pending.Push((child, isLeft ? depth : depth + 1));
                }
            }
        }
    }

    private IEnumerable<ISymbol> Written(IOperation operation, ControlFlowGraph graph) => operation switch
    {
        IAssignmentOperation assignment => Variables(assignment.Target, graph),
        IIncrementOrDecrementOperation increment => Variables(increment.Target, graph),
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => Variables(argument.Value, graph),
        IPatternOperation pattern => DeclaredBy(pattern) is { } declared ? [declared] : [],
        ILocalReferenceOperation { IsDeclaration: true } declared => [declared.Local],

        // The parts of a deconstruction.
        { Parent: ITupleOperation } => Variables(operation, graph),
        _ => [],
    };

    /// <summary>The variable that a pattern gives a value to.</summary>
    public static ISymbol? DeclaredBy(IPatternOperation pattern) => pattern switch
    {
        IDeclarationPatternOperation declaration => declaration.DeclaredSymbol,
        IRecursivePatternOperation recursive => recursive.DeclaredSymbol,
        IListPatternOperation list => list.DeclaredSymbol,
        _ => null,
    };

    // What a reference or a pointer may outlive the operation with.
    private IEnumerable<ISymbol> Referenced(IOperation operation, ControlFlowGraph graph) => operation switch
    {
        IAddressOfOperation address => Variables(address.Reference, graph),
        ISimpleAssignmentOperation { IsRef: true } reference => Variables(reference.Value, graph),
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.In or RefKind.RefReadOnlyParameter } argument
            when MayKeepReference(argument.Parent) => Variables(argument.Value, graph),
        _ => [],
    };

    private static bool MayKeepReference(IOperation? call) =>
        call is IInvocationOperation { TargetMethod: { ReturnsByRef: true } or { ReturnsByRefReadonly: true } }
        || call?.Type is { IsRefLikeType: true }
        || call is IInvocationOperation { Instance.Type.IsRefLikeType: true };

    /// <summary>Whether a use of memory leaves its elements as they are, and hands it to nobody who could change them.</summary>
    private static bool OnlyReads(IOperation reference) => reference.Parent switch
    {
        IPropertyReferenceOperation { Property.IsIndexer: false } => true,
        IPropertyReferenceOperation element => IsRead(element),
        IArrayElementReferenceOperation element => IsRead(element),
        ISimpleAssignmentOperation assignment => assignment.Target == reference,
        IConversionOperation conversion => IsReadOnly(conversion.Type),
        IArgumentOperation { Parameter: { RefKind: RefKind.None } parameter } =>
            IsReadOnly(parameter.Type) || Memories.IsOurs(parameter.ContainingType, "Dataset"),
        IInvocationOperation { TargetMethod.Name: "ToArray" or "CopyTo" } => true,
        _ => false,
    };

    private static bool IsReadOnly(ITypeSymbol? type) =>
        Memories.IsOurs(type, "Targets") || (Memories.IsSpanOrMemory(type) && type!.Name is "ReadOnlySpan" or "ReadOnlyMemory");

    private static bool IsRead(IOperation element) => element.Parent switch
    {
        IAssignmentOperation assignment => assignment.Target != element && assignment is not ISimpleAssignmentOperation { IsRef: true },
        IIncrementOrDecrementOperation or IAddressOfOperation or IFlowCaptureOperation or ITupleOperation => false,
        IArgumentOperation { Parameter.RefKind: not RefKind.None } => false,
        _ => true,
    };

    private static bool IsInFinally(BasicBlock block)
    {
        for (ControlFlowRegion? region = block.EnclosingRegion; region is not null; region = region.EnclosingRegion)
        {
            if (region.Kind == ControlFlowRegionKind.Finally)
            {
                return true;
            }
        }

        return false;
    }
}
