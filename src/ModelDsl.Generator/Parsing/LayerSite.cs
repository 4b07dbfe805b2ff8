namespace ModelDsl.Generator.Parsing;

/// <summary>Where a layer stands in the text: an attribute of a class, or an expression in a method.</summary>
internal abstract class LayerSite
{
    /// <summary>The types that the layer is given.</summary>
    public abstract ImmutableArray<ITypeSymbol> TypeArguments { get; }

    /// <summary>The layer as a whole; none where there is no text.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public abstract Location Location(CancellationToken cancellation);

    /// <summary>
    /// An argument, or the whole layer where that is not written. An element of a list is told by its number, as in
    /// <c>dimensions[1]</c>, and so is a type argument, as in <c>&lt;0&gt;</c>.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public abstract Location Location(string? argument, CancellationToken cancellation);

    /// <summary>
    /// Where the expression itself stands, where <see cref="Location(CancellationToken)"/> is a call that leads to it.
    /// </summary>
    public virtual Location? Inner => null;
}
