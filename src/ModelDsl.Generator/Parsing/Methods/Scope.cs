namespace ModelDsl.Generator.Parsing.Methods;

/// <summary>
/// The variables and type parameters of a method that is read, and of the one around a local function.
/// </summary>
/// <param name="around">That of the method around; null for a method of a class.</param>
internal sealed class Scope(Scope? around)
{
    private readonly Scope? _around = around;
    private readonly Dictionary<ISymbol, MethodValue> _values = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, ITypeSymbol> _types = new(SymbolEqualityComparer.Default);

    /// <summary>The value of a variable; null where it has none.</summary>
    public MethodValue? Find(ISymbol variable) =>
        _values.TryGetValue(variable, out MethodValue? value) ? value : _around?.Find(variable);

    /// <summary>Gives a variable a value.</summary>
    public void Set(ISymbol variable, MethodValue value)
    {
        Scope owner = this;
        for (Scope? scope = this; scope is not null; scope = scope._around)
        {
            owner = scope._values.ContainsKey(variable) ? scope : owner;
        }

        owner._values[variable] = value;
    }

    /// <summary>Says what a type parameter stands for.</summary>
    public void Set(ITypeParameterSymbol parameter, ITypeSymbol type) => _types[parameter] = type;

    /// <summary>A type, where it is a type parameter the one that stands for it.</summary>
    public ITypeSymbol Find(ITypeSymbol type) =>
        _types.TryGetValue(type, out ITypeSymbol? known) ? known : _around?.Find(type) ?? type;
}
