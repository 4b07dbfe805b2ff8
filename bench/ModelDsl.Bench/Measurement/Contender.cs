namespace Benchmarks.Bench.Measurement;

/// <summary>One side of a comparison, ready to run.</summary>
/// <param name="run">The work, once.</param>
/// <param name="reset">
/// Restores what the work destroys, outside the measured time; where it is given, each sample is one run.
/// </param>
/// <param name="dispose">Gives back what the side holds.</param>
internal sealed class Contender(Action run, Action? reset = null, Action? dispose = null) : IDisposable
{
    /// <summary>The work, once.</summary>
    public Action Run { get; } = run;

    /// <summary>Restores what the work destroys, or null.</summary>
    public Action? Reset { get; } = reset;

    /// <summary>Reads what one run has computed, so that both sides can be seen to do the same; or null.</summary>
    public Func<float[]>? Result { get; init; }

    /// <summary>Says something about the runs that a time does not; or null.</summary>
    public Func<string>? Remark { get; init; }

    /// <inheritdoc />
    public void Dispose() => dispose?.Invoke();
}
