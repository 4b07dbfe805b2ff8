using Microsoft.CodeAnalysis.FlowAnalysis;

namespace ModelDsl.Generator.Analysis.CallSites;

/// <summary>
/// Follows shapes through a body of code as nullable analysis follows null: a state for each basic block, joined where ways meet,
/// until nothing changes; then one more pass that checks.
/// </summary>
/// <remarks>
/// It ends: a block is visited again only when its state has lost facts, and a state holds at most
/// <see cref="Known.MostFacts"/> for each variable. Real code needs two or three visits of a block; <see cref="MostSteps"/> is far
/// beyond that, and code that needs more is left alone.
/// </remarks>
/// <param name="contracts">What models ask for.</param>
/// <param name="observer">Is told of each step; null where nobody counts.</param>
/// <param name="cancellation">Is looked at in every loop.</param>
internal sealed class ShapeFlow(ModelContracts contracts, FlowObserver? observer, CancellationToken cancellation)
{
    private const int FewestMostSteps = 1000;
    private const int MostVisitsOfBlock = 50;

    private readonly Findings _findings = new();

    /// <summary>The most steps that a graph of so many blocks is given.</summary>
    public static int MostSteps(int blocks) => FewestMostSteps + (MostVisitsOfBlock * blocks);

    /// <summary>The rules that a body with the functions inside it breaks; none where following it would take too long.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IEnumerable<Diagnostic> Run(ControlFlowGraph graph, IMethodSymbol? method)
    {
        Body body = Body.Of(graph, method, cancellation);
        if (body.IsTooDeep)
        {
            return [];
        }

        foreach ((ControlFlowGraph inner, IMethodSymbol? function) in body.Graphs)
        {
            FlowState?[] entry = new FlowState?[inner.Blocks.Length];
            var context = new FlowContext(body, inner, function, contracts, cancellation);
            if (!Follow(context, entry))
            {
                return [];
            }

            var checker = new OperationEvaluator(context, _findings);
            foreach (BasicBlock block in inner.Blocks)
            {
                if (block.IsReachable && entry[block.Ordinal] is { } state)
                {
                    checker.VisitBlock(block, state.Clone());
                }
            }
        }

        return _findings.InOrder();
    }

    /// <summary>Fills in what holds at the entry of each block that can be reached, or gives up.</summary>
    private bool Follow(FlowContext context, FlowState?[] entry)
    {
        ControlFlowGraph graph = context.Graph;
        var evaluator = new OperationEvaluator(context, findings: null);
        int left = MostSteps(graph.Blocks.Length);

        // The first in the text first: what a loop starts from is then complete before its body is followed again.
        var pending = new SortedSet<int> { 0 };
        entry[0] = context.Start();
        foreach (BasicBlock block in graph.Blocks)
        {
            if (IsHandlerEntry(block))
            {
                // Exceptions come from anywhere, so nothing is known here.
                entry[block.Ordinal] = new FlowState();
                pending.Add(block.Ordinal);
            }
        }

        while (pending.Count > 0)
        {
            cancellation.Look();
            observer?.OnStep();
            if (left-- == 0)
            {
                observer?.OnGivenUp();
                return false;
            }

            BasicBlock block = graph.Blocks[pending.Min];
            pending.Remove(block.Ordinal);
            FlowState state = entry[block.Ordinal]!.Clone();
            Known? branch = evaluator.VisitBlock(block, state);
            bool? decided = branch is { Kind: KnownKind.Truth, Count: { } truth } ? truth == 1 : null;
            bool jumpsIfTrue = block.ConditionKind == ControlFlowConditionKind.WhenTrue;
            if (decided is null || block.ConditionKind == ControlFlowConditionKind.None || decided != jumpsIfTrue)
            {
                Propagate(block.FallThroughSuccessor?.Destination, state, entry, pending);
            }

            if (decided is null || decided == jumpsIfTrue)
            {
                Propagate(block.ConditionalSuccessor?.Destination, state, entry, pending);
            }
        }

        return true;
    }

    private static void Propagate(BasicBlock? destination, FlowState state, FlowState?[] entry, SortedSet<int> pending)
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
            pending.Add(destination.Ordinal);
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
}
