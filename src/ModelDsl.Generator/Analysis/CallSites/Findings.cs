using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ModelDsl.Generator.Analysis.CallSites;

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
