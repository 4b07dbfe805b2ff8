using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Analysis.CallSites;

/// <summary>The contracts of the models of one compilation, each made when it is first asked for.</summary>
internal sealed class ModelContracts
{
    private readonly ConcurrentDictionary<ITypeSymbol, ModelContract?> _known = new(SymbolEqualityComparer.Default);

    /// <summary>What a model's class asks for; null where a type is no model, or one that breaks a rule.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ModelContract? Of(ITypeSymbol? type, CancellationToken cancellation)
    {
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Class } named)
        {
            return null;
        }

        if (!_known.TryGetValue(named, out ModelContract? contract))
        {
            contract = ModelContract.Of(named, cancellation);
            _known.TryAdd(named, contract);
        }

        return contract;
    }
}
