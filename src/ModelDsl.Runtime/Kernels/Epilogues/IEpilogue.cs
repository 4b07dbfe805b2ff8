using System.ComponentModel;

namespace ModelDsl.CompilerServices;

/// <summary>
/// What is done to the finished values of a result while they are in the cache: a bias, an activation, dropout. Kernels
/// call it from several threads at once, for each element exactly once and in no order that it may rely on.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IEpilogue
{
    /// <summary>Changes or reads a finished run of one row.</summary>
    /// <param name="values">The values at <paramref name="row"/>, from <paramref name="column"/> on.</param>
    /// <param name="row">The run's row in the result.</param>
    /// <param name="column">The first value's column in the result.</param>
    void Invoke(Span<float> values, int row, int column);
}
