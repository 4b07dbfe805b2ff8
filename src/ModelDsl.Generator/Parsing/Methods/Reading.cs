using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.Operations;

namespace ModelDsl.Generator.Parsing.Methods;

/// <summary>What all methods share that are read for one forward pass.</summary>
/// <param name="compilation">The project.</param>
/// <param name="forward">The forward method.</param>
/// <param name="graph">Takes the layers.</param>
/// <param name="calls">Makes layers of calls and operators.</param>
/// <param name="addSource">Takes the types whose methods and fields are read.</param>
/// <param name="cancellation">Looked at for each step.</param>
internal sealed class Reading(
    Compilation compilation,
    IMethodSymbol forward,
    GraphBuilder graph,
    LayerCalls calls,
    Action<INamedTypeSymbol> addSource,
    CancellationToken cancellation)
{
    private const int MostSteps = 400_000;

    private readonly HashSet<IMethodSymbol> _around = new(SymbolEqualityComparer.Default);
    private int _steps;

    public GraphBuilder Graph => graph;

    public LayerCalls Calls => calls;

    /// <summary>Counts a step; false, after reporting, where there were more than any method can have.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public bool Step()
    {
        cancellation.Look();
        if (!graph.IsFull && _steps < MostSteps)
        {
            _steps++;
            return true;
        }

        graph.Report(
            ForwardNotReadable.Message(forward.Name, "it has too many layers or steps; use fewer turns of its loops"),
            forward.Locations[0]);
        return false;
    }

    /// <summary>Whether there is room for a deeper call.</summary>
    public bool HasStack()
    {
        try
        {
            RuntimeHelpers.EnsureSufficientExecutionStack();
            return true;
        }
        catch (InsufficientExecutionStackException)
        {
            return false;
        }
    }

    /// <inheritdoc cref="GraphBuilder.Refuse"/>
    public void Refuse(SyntaxNode syntax, string reason, Location? call)
    {
        // What comes of stopping is no fault of its own.
        if (!graph.IsFull && _steps < MostSteps)
        {
            graph.Refuse(syntax, reason, call);
        }
    }

    /// <summary>Notes that a method is being read; false where it is already.</summary>
    public bool Enter(IMethodSymbol method) => _around.Add(method);

    /// <summary>Notes that a method has been read.</summary>
    public void Leave(IMethodSymbol method) => _around.Remove(method);

    /// <summary>The statements of a method of this project; null where there are none.</summary>
    public IEnumerable<IOperation>? Body(IMethodSymbol method)
    {
        if (Syntax(method) is not { } syntax)
        {
            return null;
        }

        return Model(syntax).GetOperation(syntax, cancellation) switch
        {
            IMethodBodyOperation { BlockBody: { } block } => block.Operations,
            IMethodBodyOperation { ExpressionBody: { } block } => block.Operations,
            ILocalFunctionOperation { Body: { } block } => block.Operations,
            _ => null,
        };
    }

    /// <summary>The value that a field of this project is declared with; null where there is none.</summary>
    public IOperation? Initializer(IFieldSymbol field) =>
        Syntax(field) is Microsoft.CodeAnalysis.CSharp.Syntax.VariableDeclaratorSyntax { Initializer: { } initializer }
            ? (Model(initializer).GetOperation(initializer, cancellation) as IFieldInitializerOperation)?.Value
            : null;

    private SyntaxNode? Syntax(ISymbol symbol)
    {
        foreach (SyntaxReference reference in symbol.DeclaringSyntaxReferences)
        {
            if (compilation.ContainsSyntaxTree(reference.SyntaxTree))
            {
                addSource(symbol.ContainingType);
                return reference.GetSyntax(cancellation);
            }
        }

        return null;
    }

    private SemanticModel Model(SyntaxNode syntax) => compilation.GetSemanticModel(syntax.SyntaxTree);
}
