namespace ModelDsl.CompilerServices;

/// <summary>A function of two elements, lane by lane.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IBinaryFunction
{
    /// <summary>f(x, y).</summary>
    /// <param name="x">The values that a stage changes.</param>
    /// <param name="y">The operand.</param>
    /// <typeparam name="TVector">The vector.</typeparam>
    static abstract TVector Apply<TVector>(TVector x, TVector y)
        where TVector : struct, ISimdVector<TVector>;
}
