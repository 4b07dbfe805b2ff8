namespace Benchmarks.Bench.Measurement;

/// <summary>The same work for both sides.</summary>
/// <remarks>The sides are made only when the row runs, so that one row's memory is gone before the next.</remarks>
internal sealed record Row
{
    /// <summary>The group in which the row stands.</summary>
    public required string Group { get; init; }

    /// <summary>What is done, in few words.</summary>
    public required string Name { get; init; }

    /// <summary>How much is done in one run.</summary>
    public required Work Work { get; init; }

    /// <summary>The ratio to reach: to ONNX Runtime's time where it has a side, else to libtorch's.</summary>
    public double? Goal { get; init; }

    /// <summary>Whether one run takes seconds: then one warms up, and three are measured.</summary>
    public bool IsLong { get; init; }

    /// <summary>Makes our side.</summary>
    public required Func<Contender> Ours { get; init; }

    /// <summary>Makes libtorch's side, or null where it has none.</summary>
    public Func<Contender>? Torch { get; init; }

    /// <summary>How far libtorch's results may be from ours, as a part of the largest.</summary>
    public float TorchTolerance { get; init; } = Agreement.TorchTolerance;

    /// <summary>Makes ONNX Runtime's side, or null where it has none.</summary>
    public Func<Contender>? OnnxRuntime { get; init; }

    /// <summary>Makes the loop that shows what the machine can do at most, measured along with the row, or null.</summary>
    public Func<Contender>? Limit { get; init; }

    /// <summary>
    /// Whether <see cref="Work"/> counts operations that a kernel may save, such as the direct sum's where Winograd's
    /// method runs: such a row may exceed its limit.
    /// </summary>
    public bool CountsSavedWork { get; init; }

    /// <summary>How much <see cref="Limit"/> does in one run.</summary>
    public Work LimitWork { get; init; }
}
