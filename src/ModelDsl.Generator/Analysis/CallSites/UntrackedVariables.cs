using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ModelDsl.Generator.Analysis.CallSites;

/// <summary>
/// Finds the variables that may change where the flow does not see it: those that a lambda, a local function or a finally
/// block writes, and those that a reference or a pointer is taken of.
/// </summary>
internal static class UntrackedVariables
{
    public static ImmutableHashSet<ISymbol> Find(ControlFlowGraph graph)
    {
        var found = ImmutableHashSet.CreateBuilder<ISymbol>(SymbolEqualityComparer.Default);
        Collect(graph, function: null, found);
        return found.ToImmutable();
    }

    /// <summary>Every operation of a graph, those of the functions inside it not included.</summary>
    public static IEnumerable<IOperation> Operations(ControlFlowGraph graph) =>
        graph.Blocks.SelectMany(Operations);

    private static IEnumerable<IOperation> Operations(BasicBlock block)
    {
        IEnumerable<IOperation> roots = block.BranchValue is { } value ? block.Operations.Add(value) : block.Operations;
        return roots.SelectMany(operation => operation.DescendantsAndSelf());
    }

    private static void Collect(ControlFlowGraph graph, IMethodSymbol? function, ISet<ISymbol> found)
    {
        foreach (BasicBlock block in graph.Blocks)
        {
            bool isInFinally = IsInFinally(block);
            foreach (IOperation operation in Operations(block))
            {
                if (Written(operation) is { } written && (isInFinally || IsOfAnother(written, function)))
                {
                    found.Add(written);
                }

                if (Referenced(operation) is { } referenced)
                {
                    found.Add(referenced);
                }

                if (operation is IFlowAnonymousFunctionOperation anonymous)
                {
                    Collect(graph.GetAnonymousFunctionControlFlowGraph(anonymous), anonymous.Symbol, found);
                }
            }
        }

        foreach (IMethodSymbol local in graph.LocalFunctions)
        {
            Collect(graph.GetLocalFunctionControlFlowGraph(local), local, found);
        }
    }

    // A lambda's own variables change within its own flow only.
    private static bool IsOfAnother(ISymbol variable, IMethodSymbol? function) =>
        function is not null && !SymbolEqualityComparer.Default.Equals(variable.ContainingSymbol, function);

    private static ISymbol? Written(IOperation operation) => operation switch
    {
        IAssignmentOperation assignment => Variable(assignment.Target),
        IIncrementOrDecrementOperation increment => Variable(increment.Target),
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => Variable(argument.Value),

        // The parts of a deconstruction, and anything else that is written in ways not listed here.
        ILocalReferenceOperation { IsDeclaration: true } declared => declared.Local,
        ITupleOperation { Parent: IDeconstructionAssignmentOperation } => null,
        _ => operation.Parent is ITupleOperation ? Variable(operation) : null,
    };

    private static ISymbol? Referenced(IOperation operation) => operation switch
    {
        IAddressOfOperation address => Variable(address.Reference),
        ISimpleAssignmentOperation { IsRef: true } reference => Variable(reference.Value),
        _ => null,
    };

    private static ISymbol? Variable(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        _ => null,
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
