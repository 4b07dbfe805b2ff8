namespace ModelDsl.Kernels;

/// <summary>A cross-entropy, by the share that each class has of a row's target.</summary>
internal unsafe interface ITargetShares
{
    /// <summary>The shares of some classes; zero in empty lanes.</summary>
    /// <param name="t">The row's targets, or null.</param>
    /// <param name="i">The first class.</param>
    /// <param name="count">The number of lanes that are filled.</param>
    TVector Shares<TVector>(float* t, int i, int count)
        where TVector : struct, ISimdVector<TVector>;
}
