using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace ModelDsl.Generator.Analysis.CallSites;

/// <summary>
/// Follows shapes through a method as nullable analysis follows null: a state for each basic block, joined where ways meet,
/// until nothing changes; then one more pass that checks.
/// </summary>
internal sealed class ShapeFlow(IMethodSymbol? method, Action<Diagnostic> report, CancellationToken cancellation)
{
    /// <summary>Analyses a method's body with the functions inside it.</summary>
    public void Run(ControlFlowGraph graph)
    {
        ImmutableHashSet<ISymbol> untracked = UntrackedVariables.Find(graph);
        Run(graph, untracked, method);
        foreach ((ControlFlowGraph inner, IMethodSymbol function) in Inner(graph))
        {
            cancellation.ThrowIfCancellationRequested();
            Run(inner, untracked, function);
        }
    }

    private void Run(ControlFlowGraph graph, ImmutableHashSet<ISymbol> untracked, IMethodSymbol? method)
    {
        var entry = new FlowState?[graph.Blocks.Length];
        entry[0] = new FlowState();
        var pending = new Queue<BasicBlock>();
        pending.Enqueue(graph.Blocks[0]);
        foreach (BasicBlock handler in graph.Blocks.Where(IsHandlerEntry))
        {
            // Exceptions come from anywhere, so nothing is known here.
            entry[handler.Ordinal] = new FlowState();
            pending.Enqueue(handler);
        }

        while (pending.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            BasicBlock block = pending.Dequeue();
            FlowState state = entry[block.Ordinal]!.Clone();
            new OperationEvaluator(state, untracked, report: null, method).VisitBlock(block);
            Propagate(block.FallThroughSuccessor?.Destination, state, entry, pending);
            Propagate(block.ConditionalSuccessor?.Destination, state, entry, pending);
        }

        foreach (BasicBlock block in graph.Blocks.Where(block => block.IsReachable))
        {
            if (entry[block.Ordinal] is { } state)
            {
                new OperationEvaluator(state.Clone(), untracked, report, method).VisitBlock(block);
            }
        }
    }

    private static void Propagate(BasicBlock? destination, FlowState state, FlowState?[] entry, Queue<BasicBlock> pending)
    {
        if (destination is null)
        {
            return;
        }

        FlowState? before = entry[destination.Ordinal];
        FlowState? joined = before is null ? state.Clone() : before.JoinedWith(state);
        if (joined is not null)
        {
            entry[destination.Ordinal] = joined;
            pending.Enqueue(destination);
        }
    }

    private static bool IsHandlerEntry(BasicBlock block)
    {
        for (ControlFlowRegion? region = block.EnclosingRegion; region is not null; region = region.EnclosingRegion)
        {
            if (region.FirstBlockOrdinal != block.Ordinal)
            {
                return false;
            }

            if (region.Kind is ControlFlowRegionKind.Catch or ControlFlowRegionKind.Filter
                or ControlFlowRegionKind.FilterAndHandler or ControlFlowRegionKind.Finally)
            {
                return true;
            }
        }

        return false;
    }

    private IEnumerable<(ControlFlowGraph Graph, IMethodSymbol Function)> Inner(ControlFlowGraph graph)
    {
        var local = graph.LocalFunctions.Select(function => (graph.GetLocalFunctionControlFlowGraph(function, cancellation), function));
        var anonymous = UntrackedVariables.Operations(graph)
            .OfType<IFlowAnonymousFunctionOperation>()
            .Select(function => (graph.GetAnonymousFunctionControlFlowGraph(function, cancellation), function.Symbol));
        foreach ((ControlFlowGraph Graph, IMethodSymbol Function) inner in local.Concat(anonymous))
        {
            yield return inner;
            foreach ((ControlFlowGraph Graph, IMethodSymbol Function) deeper in Inner(inner.Graph))
            {
                yield return deeper;
            }
        }
    }
}
