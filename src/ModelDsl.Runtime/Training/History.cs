using System.Collections.Immutable;

namespace ModelDsl;

/// <summary>The results of a training, epoch by epoch.</summary>
/// <param name="Epochs">One result for each epoch, in order.</param>
public sealed record History(ImmutableArray<EpochResult> Epochs)
{
    /// <summary>The last epoch's result.</summary>
    public EpochResult Last => Epochs[^1];
}
