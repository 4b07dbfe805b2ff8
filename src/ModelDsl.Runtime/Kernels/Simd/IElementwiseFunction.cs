namespace ModelDsl.Kernels;

/// <summary>A function of the elements of a run, in vectors of whatever width is at hand.</summary>
internal interface IElementwiseFunction
{
    /// <summary>The new values of the elements that start at <paramref name="index"/> in the run.</summary>
    TVector Invoke<TVector>(TVector values, int index)
        where TVector : struct, ISimdVector<TVector>;
}
