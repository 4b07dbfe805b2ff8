namespace ModelDsl.Extensibility;

/// <summary>
/// A loss of each output element by itself, and its derivative; a model's loss is the mean over all elements of a batch.
/// A struct that implements it is specialised by the JIT: it costs what hand-written code would.
/// </summary>
/// <remarks>
/// Value and derivative come from one method, so that what they have in common is computed once and a batch is read once.
/// </remarks>
public interface ILoss
{
    /// <summary>l(output, target), lane by lane.</summary>
    /// <param name="output">What the model gave.</param>
    /// <param name="target">What it should have given.</param>
    /// <param name="derivative">∂l/∂output, lane by lane; its computation is left out where no gradient is wanted.</param>
    static abstract TVector Evaluate<TVector>(TVector output, TVector target, out TVector derivative)
        where TVector : struct, ISimdVector<TVector>;
}
