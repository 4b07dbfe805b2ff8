using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace ModelDsl.Generator.Analysis.CallSites;

/// <summary>What stays the same while the flow of one function is followed.</summary>
/// <param name="Body">The body that the function stands in.</param>
/// <param name="Graph">The function's graph.</param>
/// <param name="Function">The function; null for an initialiser.</param>
/// <param name="Contracts">What models ask for.</param>
/// <param name="Cancellation">Is looked at for each operation.</param>
internal sealed record FlowContext(
    Body Body, ControlFlowGraph Graph, IMethodSymbol? Function, ModelContracts Contracts, CancellationToken Cancellation)
{
    /// <summary>What is known where the function starts: the shapes that its parameters are declared with.</summary>
    public FlowState Start()
    {
        var state = new FlowState();
        if (Function is not null)
        {
            foreach (IParameterSymbol parameter in Function.Parameters)
            {
                if (Body.IsTracked(parameter))
                {
                    state[parameter] = DeclaredShape.Of(parameter)?.ToKnown();
                }
            }
        }

        return state;
    }

    /// <summary>
    /// What is known of a parameter of another function: the shape that it is declared with, unless it is given another value.
    /// </summary>
    public Known? OfOuter(IParameterSymbol parameter) =>
        SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, Function) || Body.IsWritten(parameter)
            ? null
            : DeclaredShape.Of(parameter)?.ToKnown();
}
