using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Text;

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
    /// What is known of a parameter of another function: the shape that it is declared with, unless it is given another
    /// value.
    /// </summary>
    public Known? OfOuter(IParameterSymbol parameter) =>
        SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, Function) || Body.IsWritten(parameter)
            ? null
            : DeclaredShape.Of(parameter)?.ToKnown();
}

/// <summary>Counts what the analysis does, for those who prove that it ends.</summary>
internal class FlowObserver
{
    private int _steps;
    private int _givenUp;

    /// <summary>The visits of basic blocks.</summary>
    public int Steps => _steps;

    /// <summary>The functions that took more steps than they are given.</summary>
    public int GivenUp => _givenUp;

    /// <summary>A basic block is about to be visited.</summary>
    public virtual void OnStep() => Interlocked.Increment(ref _steps);

    /// <summary>A function takes too many steps.</summary>
    public void OnGivenUp() => Interlocked.Increment(ref _givenUp);
}

/// <summary>The broken rules of one body.</summary>
internal sealed class Findings
{
    private readonly Dictionary<(string Id, TextSpan Place), Diagnostic> _found = [];
    private readonly Dictionary<ISymbol, Diagnostic> _firstOf = new(SymbolEqualityComparer.Default);

    /// <summary>Notes a broken rule, once for each place.</summary>
    public void Add(Diagnostic? diagnostic)
    {
        if (diagnostic is not null && !_found.ContainsKey((diagnostic.Id, diagnostic.Location.SourceSpan)))
        {
            _found.Add((diagnostic.Id, diagnostic.Location.SourceSpan), diagnostic);
        }
    }

    /// <summary>Notes a broken rule of which only the first in the text is reported for each variable.</summary>
    public void AddFirst(ISymbol variable, Diagnostic diagnostic)
    {
        if (!_firstOf.TryGetValue(variable, out Diagnostic? first)
            || diagnostic.Location.SourceSpan.Start < first.Location.SourceSpan.Start)
        {
            _firstOf[variable] = diagnostic;
        }
    }

    /// <summary>All of them in the order of the text.</summary>
    public IEnumerable<Diagnostic> InOrder() =>
        _found.Values.Concat(_firstOf.Values).OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start);
}
