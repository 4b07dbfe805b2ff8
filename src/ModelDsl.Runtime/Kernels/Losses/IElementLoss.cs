namespace ModelDsl.Kernels;

/// <summary>As <see cref="ILoss"/>, with constants of its own.</summary>
internal interface IElementLoss
{
    /// <summary>l(output, target) and ∂l/∂output, lane by lane.</summary>
    TVector Evaluate<TVector>(TVector output, TVector target, out TVector derivative)
        where TVector : struct, ISimdVector<TVector>;
}
