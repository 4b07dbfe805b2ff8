using System.ComponentModel;

namespace ModelDsl.CompilerServices;

/// <summary>Leaves the values as they are.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct NoEpilogue : IEpilogue
{
    /// <inheritdoc/>
    public void Invoke(Span<float> values, int row, int column)
    {
    }
}
